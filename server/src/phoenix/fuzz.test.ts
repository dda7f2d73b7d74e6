import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Channel } from './index.js';
import { connect, joined, post, pollOnce } from './testing/raw-client.js';
import { seeded } from './testing/seeded.js';
import { roomChannel, startServer, type Assigns } from './testing/server.js';

const CLIENTS = 40;
const FRAMES = process.env['TEST_LONG'] ? 2_400 : 40;
const FRAMES_AT_ONCE = 8;

const channel: Channel<Assigns> = {
  ...roomChannel,
  presence: true,
  async join(context, payload) {
    context.afterJoin(() => context.track('someone', {}));
    if (Array.isArray(payload)) throw new Error('no arrays');
    if (typeof payload === 'string') return { error: { reason: 'no strings' } };
    await new Promise(setImmediate);
    return { ok: {} };
  },
};

type Random = () => number;

function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)] as Item;
}

function bytes(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
}

/** Mostly sensible frames in a senseless order, then broken ones. */
function textFrame(random: Random): string {
  const payloads = [{}, { n: 1 }, [], 'text', null, 7, { __proto__: null }, [[[[]]]]];
  const frame: unknown[] = [
    pick(random, ['1', '2', '3', null, 4]),
    pick(random, ['1', '2', null, 'x'.repeat(300)]),
    pick(random, ['room:1', 'room:2', 'room:__proto__', 'phoenix', '', 'nowhere', '\ud800']),
    pick(random, [
      'phx_join',
      'phx_join',
      'phx_leave',
      'phx_close',
      'heartbeat',
      'shout',
      'crash',
      'stop',
      'echo',
      '',
    ]),
    pick(random, payloads),
  ];
  if (random() < 0.02) frame.splice(Math.floor(random() * 5), 1);
  if (random() < 0.02) frame[Math.floor(random() * 5)] = {};
  const text = JSON.stringify(frame);
  return random() < 0.02 ? text.slice(0, Math.floor(random() * text.length)) : text;
}

function binaryFrame(random: Random): Buffer {
  if (random() < 0.1) return bytes(random, Math.floor(random() * 40));
  const names = ['1', '2', 'room:1', pick(random, ['echo', 'shout', 'phx_join', 'crash'])];
  const encoded = names.map((name) => Buffer.from(name));
  const lengths = encoded.map((name) => name.length);
  return Buffer.concat([Buffer.from([0, ...lengths]), ...encoded, bytes(random, 5)]);
}

function frame(random: Random): string | Buffer {
  return random() < 0.2 ? binaryFrame(random) : textFrame(random);
}

describe('random frames', () => {
  for (const transport of ['websocket', 'longpoll'] as const) {
    test(`never crash the server, and nothing stays behind (${transport})`, async (t) => {
      const crashes: unknown[] = [];
      const crashed = (error: unknown): void => void crashes.push(error);
      process.on('uncaughtException', crashed);
      process.on('unhandledRejection', crashed);
      t.after(() => {
        process.off('uncaughtException', crashed);
        process.off('unhandledRejection', crashed);
      });
      const { phoenix, endpoint, stop } = await startServer({
        channels: { 'room:*': channel },
        limits: { longpollSessionMs: 400, longpollWindowMs: 50, terminateTimeoutMs: 50 },
      });
      t.after(stop);
      const clients = Array.from({ length: CLIENTS }, async (_, seed) => {
        const random = seeded(seed + 1);
        const client = await connect(transport, endpoint);
        for (let sent = 0; sent < FRAMES; sent += FRAMES_AT_ONCE) {
          client.send(...Array.from({ length: FRAMES_AT_ONCE }, () => frame(random)));
        }
        const beat = [null, 'last', 'phoenix', 'heartbeat', {}];
        client.send(beat);
        await Promise.race([client.reply('last').catch(() => undefined), client.closed]);
        await client.close();
      });
      await Promise.all(clients);
      const witness = await joined(transport, endpoint, 'room:1');
      witness.send(['1', '2', 'room:1', 'echo', { n: 1 }]);
      assert.deepEqual((await witness.reply('2'))[4]['response'], { n: 1 });
      await witness.close();
      while (phoenix.socketCount() > 0) await new Promise((resolve) => setTimeout(resolve, 5));
      for (const topic of ['room:1', 'room:2', 'room:__proto__']) {
        assert.equal(phoenix.subscriberCount(topic), 0);
        assert.deepEqual(Object.keys(phoenix.presence.list(topic)), []);
      }
      assert.deepEqual(crashes, []);
    });
  }

  test('random bytes as a WebSocket handshake, a token or a body change nothing', async (t) => {
    const { endpoint, phoenix, stop } = await startServer();
    t.after(stop);
    const random = seeded(99);
    const url = `${endpoint}/longpoll?vsn=2.0.0`;
    const { token } = await pollOnce(url);
    for (let count = 0; count < 50; count++) {
      const noise = bytes(random, 30).toString('base64url');
      const forged = pick(random, [noise, `${noise}.${noise}`, `${String(token)}${noise}`, '.']);
      const headers = { 'x-phoenix-longpoll-token': forged };
      assert.deepEqual(await post(url, headers, noise), { status: 410 });
    }
    assert.equal(phoenix.socketCount(), 1);
    assert.equal((await fetch(`${endpoint}/longpoll?%E0%A4%A&vsn=%`)).status, 200);
  });
});
