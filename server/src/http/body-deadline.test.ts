import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { liftBodyTime, limitBodyTime } from './body-deadline.js';

/** What a client gets that promises a body of ten bytes and sends so much of it. */
async function answerTo(sent: string, listener: RequestListener): Promise<string> {
  const server = createServer({ requestTimeout: 0 }, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const answer = text(client);
  client.write(
    `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 10\r\n\r\n${sent}`,
  );
  const got = await answer;
  client.destroy();
  server.closeAllConnections();
  server.close();
  return got;
}

describe('the time for a body', () => {
  it('ends a request whose body does not come', async () => {
    const answer = await answerTo('12345', (request) => limitBodyTime(request, 30));
    assert.match(answer, /^HTTP\/1.1 408 /);
  });

  it('says nothing once the body has come, however long the answer takes', async () => {
    const answer = await answerTo('1234567890', (request, response) => {
      limitBodyTime(request, 10);
      request.resume();
      setTimeout(() => response.end('done'), 40);
    });
    assert.match(answer, /^HTTP\/1.1 200 [\s\S]*done/);
  });

  it('can be lifted', async () => {
    const answer = await answerTo('12345', (request, response) => {
      limitBodyTime(request, 10);
      liftBodyTime(request);
      setTimeout(() => response.end('done'), 40);
    });
    assert.match(answer, /^HTTP\/1.1 200 [\s\S]*done/);
  });
});
