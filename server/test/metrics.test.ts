import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { clientId, startFixture, type Fixture } from './app-fixture.js';
import { RawSocket } from './raw-socket.js';
import { post, uploaded } from './upload.js';

const token = 'a token of the tests';

describe('metrics', () => {
  let fixture: Fixture;
  let visitor: RawSocket;
  let topic: string;

  before(async () => {
    fixture = await startFixture({ environment: { METRICS_TOKEN: token } });
    const { caller, token: channelToken } = await fixture.visitor();
    visitor = await RawSocket.open(fixture.url, channelToken);
    topic = `visitor:${caller.contactId}`;
    await visitor.join(topic);
    await visitor.push(topic, 'message:send', { clientId: clientId(), text: 'a secret wish' });
    await assert.rejects(visitor.push(topic, 'message:send', { clientId: clientId(), text: ' ' }));
    await assert.rejects(visitor.push(topic, 'cake:bake', {}));
    await fetch(`${fixture.url}/v1/config?workspace=${fixture.workspace.id}`);
    await uploaded(fixture.url, { token: channelToken, name: 'a.txt', content: 'a text' });
    await post(fixture.url, { token: channelToken, name: 'b.txt', content: '' });
  });
  after(async () => {
    await visitor.close();
    await fixture.close();
  });

  const read = async (): Promise<string> => {
    const reply = await fetch(`${fixture.url}/metrics`, {
      headers: { authorization: `Bearer ${token}` },
    });
    assert.equal(reply.status, 200);
    assert.match(reply.headers.get('content-type') ?? '', /^text\/plain; version=/);
    return reply.text();
  };

  it('count sockets, channels, joins, pushes, messages and their time', async () => {
    const shown = await read();
    for (const line of [
      'convkit_sockets{transport="websocket"} 1',
      'convkit_sockets{transport="longpoll"} 0',
      'convkit_channels{topic="visitor"} 1',
      'convkit_joins_total{topic="visitor",outcome="ok"} 1',
      'convkit_pushes_total{event="message:send",outcome="ok"} 1',
      'convkit_pushes_total{event="message:send",outcome="message_empty"} 1',
      'convkit_messages_stored_total{kind="reply"} 1',
      'convkit_message_acknowledgement_seconds_count 1',
      'convkit_database_connections{state="waiting"} 0',
      'convkit_uploads_total{outcome="ok"} 1',
      'convkit_uploads_total{outcome="file_empty"} 1',
    ]) {
      assert.ok(shown.includes(`${line}\n`), `${line} in\n${shown}`);
    }
    assert.match(shown, /convkit_http_request_seconds_count\{.*route="\/v1\/config".*\} 1/);
  });

  it('hold nothing that a user chose', async () => {
    const shown = await read();
    for (const chosen of [fixture.workspace.id, topic, 'cake', 'wish']) {
      assert.ok(!shown.includes(chosen), chosen);
    }
  });

  it('forget a channel that is left', async () => {
    await visitor.leave(topic);
    assert.match(await read(), /^convkit_channels\{topic="visitor"\} 0$/m);
    await visitor.join(topic);
  });

  it('are shown to whoever has the token, and to nobody else', async () => {
    const reply = await fetch(`${fixture.url}/metrics`);
    assert.equal(reply.status, 403);
    const wrong = { authorization: `Bearer ${token}!` };
    assert.equal((await fetch(`${fixture.url}/metrics`, { headers: wrong })).status, 403);
  });

  it('are shown to this machine where there is no token, but to nobody whom a proxy passes on', async () => {
    const { url, close } = await startFixture({ environment: { TRUST_PROXY: 'true' } });
    try {
      assert.equal((await fetch(`${url}/metrics`)).status, 200);
      for (const address of ['127.0.0.1', '203.0.113.7']) {
        const headers = { 'x-forwarded-for': address };
        assert.equal((await fetch(`${url}/metrics`, { headers })).status, 403);
      }
    } finally {
      await close();
    }
  });
});

describe('a request', () => {
  let fixture: Fixture;
  before(async () => {
    fixture = await startFixture({ environment: { LOG_LEVEL: 'debug' } });
  });
  after(() => fixture.close());

  const linesOf = (requestId: string): Record<string, unknown>[] =>
    fixture
      .logged()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => line['requestId'] === requestId);

  it('keeps the id that a proxy gave it, in the answer and in one line', async () => {
    const requestId = 'proxy-4711-a';
    const workspaceId = fixture.workspace.id;
    const reply = await fetch(`${fixture.url}/v1/config?workspace=${workspaceId}`, {
      headers: { 'x-request-id': requestId },
    });
    assert.equal(reply.headers.get('x-request-id'), requestId);
    const [line, ...others] = linesOf(requestId);
    assert.deepEqual(others, []);
    assert.equal(line?.['workspaceId'], workspaceId);
    assert.deepEqual([line['route'], line['status'], line['method']], ['/v1/config', 200, 'GET']);
    assert.equal(typeof line['ms'], 'number');
  });

  it('is given an id of its own where the given one could deceive', async () => {
    for (const given of ['short', `${'x'.repeat(200)}`, 'with a space in it']) {
      const reply = await fetch(`${fixture.url}/v1/none`, { headers: { 'x-request-id': given } });
      const made = reply.headers.get('x-request-id') ?? '';
      assert.match(made, /^[0-9a-f-]{36}$/);
      assert.equal(linesOf(made)[0]?.['status'], 404);
    }
  });

  it('that machines send every few seconds leaves no line', async () => {
    for (const path of ['/health/live', '/health/ready', '/metrics']) {
      const requestId = `quiet${path.replaceAll('/', '-')}`;
      const reply = await fetch(`${fixture.url}${path}`, {
        headers: { 'x-request-id': requestId },
      });
      assert.equal(reply.status, 200);
      assert.deepEqual(linesOf(requestId), []);
    }
  });

  it('over longpoll has an id too', async () => {
    const url = new URL(`${fixture.url}/socket/longpoll?vsn=2.0.0`);
    const id = await new Promise((resolve, reject) => {
      request(url, (reply) => {
        reply.resume();
        resolve(reply.headers['x-request-id']);
      })
        .on('error', reject)
        .end();
    });
    assert.match(String(id), /^[0-9a-f-]{36}$/);
  });

  it('that fails says so in the log, with its id', async () => {
    const { storage } = fixture;
    const { get } = storage.workspaces;
    storage.workspaces.get = () => Promise.reject(new Error('the disk is gone'));
    try {
      const reply = await fetch(`${fixture.url}/v1/config?workspace=ws_1`);
      assert.equal(reply.status, 500);
      const lines = linesOf(reply.headers.get('x-request-id') ?? '');
      assert.deepEqual(
        lines.map(({ level, msg }) => [level, msg]),
        [
          [50, 'a request failed'],
          [40, 'request'],
        ],
      );
    } finally {
      storage.workspaces.get = get;
    }
  });
});

describe('readiness', () => {
  it('ends with the database, and not with the process', async () => {
    const { url, storage, close } = await startFixture();
    try {
      const ready = await fetch(`${url}/health/ready`);
      assert.deepEqual([ready.status, await ready.json()], [200, { status: 'ok' }]);
      storage.ping = () => Promise.reject(new Error('away'));
      assert.equal((await fetch(`${url}/health/ready`)).status, 503);
      assert.equal((await fetch(`${url}/health/live`)).status, 200);
    } finally {
      await close();
    }
  });
});
