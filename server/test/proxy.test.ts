import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createNetServer, type AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { createRemoteAddress } from '../src/remote-address.js';
import { skipProxy, startProxy } from './proxy.js';

describe('the proxy of compose.yaml', { skip: skipProxy }, () => {
  it('tells the address that it is reached from, after what proxies before it told', async (t) => {
    const server = createServer((request, response) => {
      const addresses = [1, 2].map((proxies) => createRemoteAddress(proxies)(request));
      response.end(JSON.stringify(addresses));
    }).listen(0, '127.0.0.1');
    t.after(() => server.close());
    await once(server, 'listening');
    const port = await freePort();
    const proxy = await startProxy(port, [`http://127.0.0.1:${portOf(server.address())}`]);
    t.after(() => proxy.close());
    const reply = await fetch(`http://127.0.0.1:${port}/`, {
      headers: { 'x-forwarded-for': '198.51.100.1, 203.0.113.9', connection: 'close' },
    });
    // TRUST_PROXY=1 believes nothing that came with the request, 2 the proxy before this one.
    assert.deepEqual(await reply.json(), ['127.0.0.1', '203.0.113.9']);
  });
});

async function freePort(): Promise<number> {
  const server = createNetServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server.address());
  server.close();
  await once(server, 'close');
  return port;
}

function portOf(address: string | AddressInfo | null): number {
  return (address as AddressInfo).port;
}
