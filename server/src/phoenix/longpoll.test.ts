import assert from 'node:assert/strict';
import { request } from 'node:http';
import { describe, test, type TestContext } from 'node:test';
import { memoryFanout } from './index.js';
import { LongpollTokens } from './longpoll-token.js';
import { connect, joined, pollOnce, post, type TextFrame } from './testing/raw-client.js';
import { answer, disconnected, nextEvent, realSocket } from './testing/real-client.js';
import {
  roomChannel,
  serve as serveWith,
  startServer,
  type TestOptions,
} from './testing/server.js';

async function serve(t: TestContext, options: TestOptions = {}) {
  const server = await serveWith(t, options);
  return { ...server, url: `${server.endpoint}/longpoll?vsn=2.0.0` };
}

async function open(url: string): Promise<{ token: string; headers: Record<string, string> }> {
  const { status, token } = await pollOnce(url);
  assert.equal(status, 410);
  assert.ok(token);
  return { token, headers: { 'x-phoenix-longpoll-token': token } };
}

const line = (...frame: readonly unknown[]): string => JSON.stringify(frame);
const frames = (messages: readonly string[] = []): TextFrame[] =>
  messages.map((message) => JSON.parse(message) as TextFrame);

/** A poll that waits has been given what was sent before. */
async function answered(): Promise<void> {
  await new Promise(setImmediate);
  await new Promise(setImmediate);
}

describe('longpoll', () => {
  test('a token is valid as it was signed, for its path and its secret', () => {
    const tokens = new LongpollTokens('secret', '/socket');
    const address = { node: 'one', session: 'a' };
    const token = tokens.sign(address);
    assert.deepEqual(tokens.verify(token), address);
    const [, signature = ''] = token.split('.');
    const other = Buffer.from(JSON.stringify(['one', 'b'])).toString('base64url');
    assert.equal(tokens.verify(`${other}.${signature}`), undefined);
    assert.equal(new LongpollTokens('secret', '/other').verify(token), undefined);
    assert.equal(new LongpollTokens('another', '/socket').verify(token), undefined);
  });

  test('line 20: a GET without a valid token opens, with one it gets messages or 204', async (t) => {
    const { url, phoenix } = await serve(t, { limits: { longpollWindowMs: 40 } });
    const response = await fetch(url);
    const opened = (await response.json()) as Record<string, unknown>;
    assert.equal(response.status, 200);
    assert.deepEqual([opened['status'], opened['messages']], [410, []]);
    const headers = { 'x-phoenix-longpoll-token': String(opened['token']) };
    assert.deepEqual(await pollOnce(url, headers), {
      status: 204,
      token: opened['token'],
      messages: [],
    });
    await post(url, headers, line('1', '1', 'room:1', 'phx_join', {}));
    phoenix.broadcast('room:1', 'news', { n: 1 });
    const polled = await pollOnce(url, headers);
    assert.equal(polled.status, 200);
    assert.deepEqual(
      frames(polled.messages).map((frame) => frame[3]),
      ['phx_reply', 'news'],
    );
    const waiting = pollOnce(url, headers);
    setImmediate(() => phoenix.broadcast('room:1', 'news', { n: 2 }));
    assert.equal(frames((await waiting).messages)[0]?.[4]['n'], 2);
    for (const token of ['nonsense', `${String(opened['token'])}x`, 'a.b', '']) {
      const again = await pollOnce(url, { 'x-phoenix-longpoll-token': token });
      assert.equal(again.status, 410);
      assert.notEqual(again.token, opened['token']);
    }
  });

  test('line 20: a second poll takes over, and what a lost poll would have got is kept', async (t) => {
    const { url, phoenix, requested, disconnected: lost } = await serve(t);
    const { headers } = await open(url);
    await post(url, headers, line('1', '1', 'room:1', 'phx_join', {}));
    await pollOnce(url, headers);
    const arrived = requested();
    const first = pollOnce(url, headers);
    await arrived;
    const controller = new AbortController();
    const second = pollOnce(url, headers, controller.signal).catch(() => 'aborted');
    assert.equal((await first).status, 204);
    const noticed = lost();
    controller.abort();
    assert.equal(await second, 'aborted');
    await noticed;
    phoenix.broadcast('room:1', 'news', {});
    await answered();
    assert.deepEqual(
      frames((await pollOnce(url, headers)).messages).map((frame) => frame[3]),
      ['news'],
    );
  });

  test('line 21: a POST takes lines in order: 200, 408 when they wait too long, 410 without a session', async (t) => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const { url } = await serve(t, {
      limits: { longpollWindowMs: 40, maxPendingFramesPerSocket: 2 },
      channels: {
        'room:*': {
          ...roomChannel,
          async handle(_context, event, payload) {
            if (event === 'slow') await gate;
            return { ok: payload as object };
          },
        },
      },
    });
    const { headers } = await open(url);
    const lines = [
      line('1', '1', 'room:1', 'phx_join', {}),
      line('1', '2', 'room:1', 'echo', { n: 2 }),
      line('1', '3', 'room:1', 'echo', { n: 3 }),
    ];
    assert.deepEqual(await post(url, headers, lines.join('\n')), { status: 200 });
    assert.deepEqual(
      frames((await pollOnce(url, headers)).messages).map((frame) => frame[1]),
      ['1', '2', '3'],
    );
    const slow = ['a', 'b', 'c'].map((ref) => line('1', ref, 'room:1', 'slow', {})).join('\r\n');
    assert.deepEqual(await post(url, headers, slow), { status: 408 });
    release();
    assert.deepEqual(await post(url, {}, lines.join('\n')), { status: 410 });
  });

  test('line 21: at most 100 lines, a body within its limit, and only frames', async (t) => {
    const { url, phoenix } = await serve(t, { limits: { longpollMaxBodyBytes: 50_000 } });
    const beats = (count: number) =>
      Array.from({ length: count }, (_, ref) =>
        line(null, String(ref), 'phoenix', 'heartbeat', {}),
      ).join('\n');
    const { headers } = await open(url);
    assert.deepEqual(await post(url, headers, `${beats(100)}\n`), { status: 200 });
    assert.equal((await pollOnce(url, headers)).messages?.length, 100);
    assert.deepEqual(await post(url, headers, 'x'.repeat(60_000)), { status: 410 });
    assert.equal(phoenix.socketCount(), 1);
    assert.deepEqual(await post(url, headers, beats(101)), { status: 410 });
    assert.equal(phoenix.socketCount(), 0);
    for (const nonsense of ['[1,2', '{}', '%%%', 'AAAA', '[null,null,1,2,3]']) {
      const session = await open(url);
      assert.deepEqual(await post(url, session.headers, nonsense), { status: 410 }, nonsense);
    }
    assert.equal(phoenix.socketCount(), 0);
  });

  test('line 21: a body that does not arrive in time is 408', async (t) => {
    const { url } = await serve(t, { limits: { longpollWindowMs: 30 } });
    const { headers } = await open(url);
    const body = await new Promise<string>((resolve, reject) => {
      const posting = request(url, { method: 'POST', headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve(text));
      });
      posting.on('error', reject);
      posting.write('[');
    });
    assert.equal(body, '{"status":408}');
  });

  test('line 22: a session dies some time after its last poll; a waiting poll keeps it', async (t) => {
    const { url, phoenix } = await serve(t, {
      limits: { longpollSessionMs: 200, longpollWindowMs: 300 },
    });
    const { headers } = await open(url);
    await post(url, headers, line('1', '1', 'room:1', 'phx_join', {}));
    await pollOnce(url, headers);
    assert.equal((await pollOnce(url, headers)).status, 204);
    assert.equal(phoenix.subscriberCount('room:1'), 1);
    while (phoenix.socketCount() > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(phoenix.subscriberCount('room:1'), 0);
    assert.deepEqual(await post(url, headers, line()), { status: 410 });
    assert.equal((await pollOnce(url, headers)).status, 410);
  });

  test('line 22: the token is accepted in the query, last of its name, and in the header', async (t) => {
    const params: unknown[] = [];
    const { url } = await serve(t, {
      limits: { longpollWindowMs: 10 },
      connect: ({ params: given }) => {
        params.push(given['token']);
        return { ok: true, assigns: { name: 'a' } };
      },
    });
    const { token } = await pollOnce(`${url}&token=own`);
    assert.ok(token);
    const query = `${url}&token=own&token=${encodeURIComponent(token)}`;
    assert.equal((await pollOnce(query)).status, 204);
    assert.deepEqual(await post(query, {}, line(null, '1', 'phoenix', 'heartbeat', {})), {
      status: 200,
    });
    assert.equal((await pollOnce(url, { 'x-phoenix-longpoll-token': token })).status, 200);
    assert.deepEqual(params, ['own']);
  });

  test('line 23: nothing is cached, and CORS and OPTIONS are answered', async (t) => {
    const { url, endpoint } = await serve(t, {
      checkOrigin: (origin) => origin === 'https://shop.example',
    });
    const origin = 'https://shop.example';
    const preflight = await fetch(url, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-headers': 'x-phoenix-authtoken' },
    });
    assert.equal(preflight.status, 200);
    assert.equal(await preflight.text(), '');
    assert.equal(preflight.headers.get('access-control-allow-headers'), 'x-phoenix-authtoken');
    assert.match(preflight.headers.get('access-control-allow-methods') ?? '', /post/i);
    const opened = await fetch(url, { headers: { origin } });
    const posted = await fetch(url, { method: 'POST', headers: { origin }, body: '' });
    for (const { headers } of [preflight, opened, posted]) {
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.equal(headers.get('access-control-allow-origin'), '*');
    }
    const put = await fetch(url, { method: 'PUT' });
    assert.deepEqual([put.status, await put.json()], [200, { status: 400 }]);
    assert.equal((await fetch(`${endpoint}/other`)).status, 404);
  });

  test('line 24: requests that land on another node are relayed to the session', async (t) => {
    const shared = { fanout: memoryFanout(), secret: 'shared', limits: { longpollWindowMs: 200 } };
    const one = await serve(t, { ...shared, nodeId: 'one' });
    const two = await serve(t, { ...shared, nodeId: 'two' });
    const { headers } = await open(one.url);
    assert.deepEqual(await post(two.url, headers, line('1', '1', 'room:1', 'phx_join', { a: 1 })), {
      status: 200,
    });
    assert.equal(one.phoenix.subscriberCount('room:1'), 1);
    assert.equal(two.phoenix.socketCount(), 0);
    const polled = await pollOnce(two.url, headers);
    assert.deepEqual(frames(polled.messages)[0]?.[4], {
      status: 'ok',
      response: { joined: { a: 1 } },
    });
    const waiting = pollOnce(two.url, headers);
    setImmediate(() => two.phoenix.broadcast('room:1', 'news', { n: 1 }));
    assert.equal(frames((await waiting).messages)[0]?.[3], 'news');
    assert.equal((await pollOnce(two.url, headers)).status, 204);
    const controller = new AbortController();
    const arrived = two.requested();
    const lost = pollOnce(two.url, headers, controller.signal).catch(() => 'aborted');
    await arrived;
    const noticed = two.disconnected();
    controller.abort();
    assert.equal(await lost, 'aborted');
    await noticed;
    one.phoenix.broadcast('room:1', 'news', { n: 2 });
    await answered();
    assert.equal(frames((await pollOnce(two.url, headers)).messages)[0]?.[4]['n'], 2);
  });

  test('line 24: an unknown node, and a session that is gone there, are 410', async (t) => {
    const fanout = memoryFanout();
    const shared = { fanout, secret: 'shared', limits: { longpollRelayMs: 30 } };
    const one = await startServer({ ...shared, nodeId: 'one' });
    const two = await serve(t, { ...shared, nodeId: 'two' });
    const url = `${one.endpoint}/longpoll?vsn=2.0.0`;
    const { headers } = await open(url);
    const other = await open(url);
    one.phoenix.disconnect('nobody');
    await one.stop();
    assert.deepEqual(await post(two.url, headers, line()), { status: 410 });
    const reopened = await pollOnce(two.url, other.headers);
    assert.equal(reopened.status, 410);
    assert.equal(two.phoenix.socketCount(), 1);
    const stranger = await serve(t, { fanout, secret: 'another', nodeId: 'three' });
    assert.deepEqual(await post(stranger.url, headers, line()), { status: 410 });
  });

  test('line 24: broadcasts and disconnects reach the sockets of every node', async (t) => {
    const fanout = memoryFanout();
    const one = await serve(t, { fanout });
    const two = await serve(t, { fanout });
    const ann = await joined('longpoll', one.endpoint, 'room:1', { query: 'vsn=2.0.0&name=ann' });
    const bob = await joined('websocket', two.endpoint, 'room:1', { query: 'vsn=2.0.0&name=bob' });
    ann.send(
      ['1', '2', 'room:1', 'shout', { n: 1 }],
      ['1', '3', 'room:1', 'shout-others', { n: 2 }],
    );
    await bob.frame((frame) => frame[4]['n'] === 2);
    assert.deepEqual(
      bob.frames.slice(1).map((frame) => frame[4]),
      [{ n: 1 }, { n: 2 }],
    );
    two.phoenix.broadcast('room:1', 'blob', Buffer.from([1]));
    one.phoenix.broadcast('room:1', 'blob', Buffer.from([2]));
    const blob = await bob.binary();
    assert.equal(blob.at(-1), 1);
    one.phoenix.disconnect('bob', 1012);
    two.phoenix.disconnect('ann');
    assert.equal(await bob.closed, 1012);
    assert.equal(await ann.closed, 410);
  });

  test('line 24: the npm client talks to two nodes by turns', async (t) => {
    const shared = { fanout: memoryFanout(), secret: 'shared' };
    const one = await serve(t, shared);
    const two = await serve(t, shared);
    let turn = 0;
    const plainFetch = globalThis.fetch;
    const alternating = (input: string, init?: RequestInit): Promise<Response> =>
      plainFetch(turn++ % 2 ? input.replace(`:${one.port}`, `:${two.port}`) : input, init);
    globalThis.fetch = alternating as typeof fetch;
    t.after(() => (globalThis.fetch = plainFetch));
    const socket = realSocket('longpoll', one.endpoint);
    socket.connect();
    const channel = socket.channel('room:1');
    await answer(channel.join());
    for (let n = 0; n < 6; n++) assert.deepEqual(await answer(channel.push('echo', { n })), { n });
    const shouted = nextEvent(channel, 'shout');
    two.phoenix.broadcast('room:1', 'shout', { n: 9 });
    assert.deepEqual(await shouted, { n: 9 });
    assert.ok(turn > 8);
    assert.equal(one.phoenix.socketCount() + two.phoenix.socketCount(), 1);
    await disconnected(socket);
  });

  test('the server ends while polls wait, and answers them', async (t) => {
    const { endpoint, phoenix } = await serve(t);
    const client = await connect('longpoll', endpoint);
    await phoenix.close();
    assert.ok([410, 500].includes(await client.closed));
  });
});
