import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, joined, pollOnce } from './testing/raw-client.js';
import { answer, disconnected, realSocket } from './testing/real-client.js';
import { serve } from './testing/server.js';
import { upgrade } from './testing/upgrade.js';

const transports = ['websocket', 'longpoll'] as const;

describe('opening', () => {
  test('line 01: only vsn 2.0.x opens a socket, else 403 with an empty body (websocket)', async (t) => {
    const { endpoint } = await serve(t);
    for (const query of ['', 'vsn=1.0.0', 'vsn=2.1.0', 'vsn=3.0.0', 'vsn=nonsense', 'vsn=2']) {
      const { status, body } = await upgrade(endpoint, { query });
      assert.deepEqual([query, status, body], [query, 403, '']);
    }
    assert.equal((await upgrade(endpoint, { query: 'vsn=2.0.0' })).status, 101);
    assert.equal((await upgrade(endpoint, { query: 'vsn=2.0.7' })).status, 101);
  });

  test('line 01: only vsn 2.0.x opens a session, else status 403 in a 200 (longpoll)', async (t) => {
    const { endpoint } = await serve(t);
    for (const query of ['', 'vsn=1.0.0', 'vsn=2.1.0']) {
      const response = await fetch(`${endpoint}/longpoll?${query}`);
      assert.equal(response.status, 200);
      assert.deepEqual(await response.json(), { status: 403 });
    }
    assert.equal((await pollOnce(`${endpoint}/longpoll?vsn=2.0.0`)).status, 410);
  });

  test('line 01: a refused connect is 403 and leaves nothing behind (both)', async (t) => {
    const { endpoint, phoenix } = await serve(t, { connect: () => ({ ok: false }) });
    assert.equal((await upgrade(endpoint)).status, 403);
    const response = await fetch(`${endpoint}/longpoll?vsn=2.0.0`);
    assert.deepEqual([response.status, await response.json()], [200, { status: 403 }]);
    assert.equal(phoenix.socketCount(), 0);
  });

  test('line 01: a connect that throws or hangs refuses and is logged (both)', async (t) => {
    const throws = await serve(t, { connect: () => Promise.reject(new Error('no database')) });
    assert.equal((await upgrade(throws.endpoint)).status, 500);
    assert.deepEqual(await pollOnce(`${throws.endpoint}/longpoll?vsn=2.0.0`), { status: 500 });
    assert.equal(throws.errors.length, 2);
    const hangs = await serve(t, {
      connect: () => new Promise(() => undefined),
      limits: { connectTimeoutMs: 20 },
    });
    assert.equal((await upgrade(hangs.endpoint)).status, 500);
  });

  test('line 02: an Origin that is not allowed is 403 before connect, none is allowed (websocket)', async (t) => {
    let connects = 0;
    const { endpoint } = await serve(t, {
      checkOrigin: (origin) => Promise.resolve(origin === 'https://shop.example'),
      connect: () => ({ ok: true, assigns: { name: String(++connects) } }),
    });
    const refused = await upgrade(endpoint, { headers: { origin: 'https://evil.example' } });
    assert.deepEqual([refused.status, refused.body, connects], [403, '', 0]);
    const allowed = await upgrade(endpoint, { headers: { origin: 'https://shop.example' } });
    assert.equal(allowed.status, 101);
    assert.equal((await upgrade(endpoint)).status, 101);
    assert.equal(connects, 2);
  });

  test('line 02: an Origin that is not allowed is 403 before connect, none is allowed (longpoll)', async (t) => {
    let connects = 0;
    const { endpoint } = await serve(t, {
      checkOrigin: (origin) => origin === 'https://shop.example',
      connect: () => ({ ok: true, assigns: { name: String(++connects) } }),
    });
    const url = `${endpoint}/longpoll?vsn=2.0.0`;
    assert.deepEqual(await pollOnce(url, { origin: 'https://evil.example' }), { status: 403 });
    assert.equal(connects, 0);
    assert.equal((await pollOnce(url, { origin: 'https://shop.example' })).status, 410);
    const { token } = await pollOnce(url);
    const posted = await fetch(url, {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'x-phoenix-longpoll-token': token ?? '' },
      body: '[]',
    });
    assert.deepEqual(await posted.json(), { status: 403 });
  });

  test('line 02: other methods than GET on the WebSocket path are 400', async (t) => {
    const { endpoint } = await serve(t);
    assert.equal((await upgrade(endpoint, { method: 'POST' })).status, 400);
    assert.equal((await upgrade(endpoint, { method: 'PUT' })).status, 400);
    assert.equal((await fetch(`${endpoint}/websocket?vsn=2.0.0`, { method: 'POST' })).status, 400);
    assert.equal((await fetch(`${endpoint}/websocket?vsn=2.0.0`)).status, 400);
  });

  test('line 03: the token comes as a sub-protocol and is never echoed (websocket)', async (t) => {
    const tokens: (string | undefined)[] = [];
    const { endpoint } = await serve(t, {
      connect: ({ authToken }) => {
        tokens.push(authToken);
        return { ok: true, assigns: { name: 'a' } };
      },
    });
    const token = 'eyJhbGciOiJIUzI1NiJ9.e30.x~';
    const encoded = btoa(token).replace(/=/g, '');
    const { status, headers } = await upgrade(endpoint, {
      headers: { 'sec-websocket-protocol': `phoenix, base64url.bearer.phx.${encoded}` },
    });
    assert.equal(status, 101);
    assert.equal(headers['sec-websocket-protocol'], 'phoenix');
    assert.ok(!JSON.stringify(headers).includes(encoded));
    const without = await upgrade(endpoint);
    assert.equal(without.headers['sec-websocket-protocol'], undefined);
    assert.deepEqual(tokens, [token, undefined]);
  });

  test('line 03: the token comes in X-Phoenix-AuthToken on GET (longpoll)', async (t) => {
    const tokens: (string | undefined)[] = [];
    const { endpoint } = await serve(t, {
      connect: ({ authToken }) => {
        tokens.push(authToken);
        return { ok: true, assigns: { name: 'a' } };
      },
    });
    await pollOnce(`${endpoint}/longpoll?vsn=2.0.0`, { 'x-phoenix-authtoken': 'secret' });
    assert.deepEqual(tokens, ['secret']);
  });

  for (const transport of transports) {
    test(`line 03: the npm client's authToken and params arrive (${transport})`, async (t) => {
      const seen: unknown[] = [];
      const { endpoint } = await serve(t, {
        connect: ({ authToken, params, transport: used }) => {
          seen.push([authToken, params['name'], params['vsn'], used]);
          return { ok: true, assigns: { name: 'a' } };
        },
      });
      const socket = realSocket(transport, endpoint, { authToken: 'tök', params: { name: 'ann' } });
      socket.connect();
      await answer(socket.channel('room:1').join());
      await disconnected(socket);
      assert.deepEqual(seen, [['tök', 'ann', '2.0.0', transport]]);
    });
  }

  test('line 04: a larger frame than allowed closes the socket with 1009 (websocket)', async (t) => {
    const { endpoint, phoenix } = await serve(t, { limits: { maxFrameBytes: 1_000 } });
    const client = await joined('websocket', endpoint, 'room:1');
    client.send(['1', '2', 'room:1', 'echo', { text: 'x'.repeat(500) }]);
    await client.reply('2');
    client.send(['1', '3', 'room:1', 'echo', { text: 'x'.repeat(1_000) }]);
    assert.equal(await client.closed, 1009);
    assert.equal(phoenix.subscriberCount('room:1'), 0);
  });

  test('line 04: a larger frame than allowed ends the session (longpoll)', async (t) => {
    const { endpoint, phoenix } = await serve(t, { limits: { maxFrameBytes: 1_000 } });
    const client = await joined('longpoll', endpoint, 'room:1');
    client.send(['1', '3', 'room:1', 'echo', { text: 'x'.repeat(1_000) }]);
    assert.equal(await client.closed, 410);
    assert.equal(phoenix.subscriberCount('room:1'), 0);
  });

  test('line 04: a silent socket is closed, one with heartbeats stays (websocket)', async (t) => {
    const { endpoint } = await serve(t, { limits: { idleTimeoutMs: 250 } });
    const silent = await joined('websocket', endpoint, 'room:1');
    const beating = await joined('websocket', endpoint, 'room:1');
    const beat = setInterval(() => beating.send([null, 'h', 'phoenix', 'heartbeat', {}]), 25);
    t.after(() => clearInterval(beat));
    assert.equal(await silent.closed, 1001);
    await sleep(60);
    beating.send(['1', '2', 'room:1', 'echo', {}]);
    await beating.reply('2');
  });

  test('line 04: a client that reads nothing is cut off (websocket)', async (t) => {
    const { endpoint, phoenix } = await serve(t, { limits: { maxBufferedBytes: 50_000 } });
    const client = await joined('websocket', endpoint, 'room:1');
    const other = await joined('websocket', endpoint, 'room:1');
    // All in one turn: nothing can be written to the network in between.
    for (let index = 0; index < 200 && phoenix.socketCount() > 0; index++) {
      phoenix.broadcast('room:1', 'flood', { text: 'x'.repeat(65_536) });
    }
    assert.equal(phoenix.socketCount(), 0);
    assert.equal(await client.closed, 1006);
    assert.equal(await other.closed, 1006);
  });

  test('line 04: what waits for a client that does not poll is bounded (longpoll)', async (t) => {
    const { endpoint, phoenix } = await serve(t, { limits: { maxBufferedBytes: 5_000 } });
    const client = await connect('longpoll', endpoint);
    client.send(['1', '1', 'room:1', 'phx_join', {}]);
    await client.reply('1');
    for (let index = 0; index < 10; index++) {
      phoenix.broadcast('room:1', 'flood', { text: 'x'.repeat(1_000) });
    }
    assert.equal(phoenix.socketCount(), 0);
    assert.equal(await client.closed, 410);
  });
});
