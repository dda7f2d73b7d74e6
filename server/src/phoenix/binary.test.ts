import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import type { Channel } from './index.js';
import { joined } from './testing/raw-client.js';
import { answer, disconnected, nextEvent, realSocket } from './testing/real-client.js';
import { roomChannel, serve as serveWith, type Assigns } from './testing/server.js';

/** Speaks bytes: what comes in goes out as the event says. */
const bytesChannel: Channel<Assigns> = {
  ...roomChannel,
  handle(context, event, payload) {
    if (event === 'make') return { ok: Buffer.from([1]) };
    if (!Buffer.isBuffer(payload)) return { error: { reason: 'not bytes' } };
    switch (event) {
      case 'push':
        context.push('pushed', payload);
        return undefined;
      case 'shout':
        context.broadcast('shouted', payload);
        return undefined;
      case 'refuse':
        return { error: payload };
      case 'length':
        return { ok: { length: payload.length } };
      default:
        return { ok: payload };
    }
  },
};

const serve = (t: TestContext) => serveWith(t, { channels: { 'room:*': bytesChannel } });

function clientPush(names: readonly string[], bytes: readonly number[]): Buffer {
  const encoded = names.map((name) => Buffer.from(name));
  return Buffer.concat([
    Buffer.from([0, ...encoded.map((name) => name.length)]),
    ...encoded,
    Buffer.from(bytes),
  ]);
}

describe('binary frames', () => {
  for (const transport of ['websocket', 'longpoll'] as const) {
    test(`line 14: a client's binary push reaches the channel as bytes (${transport})`, async (t) => {
      const { endpoint } = await serve(t);
      const client = await joined(transport, endpoint, 'room:ü');
      client.send(clientPush(['1', '2', 'room:ü', 'length'], [1, 2, 255]));
      assert.deepEqual(await client.reply('2'), [
        '1',
        '2',
        'room:ü',
        'phx_reply',
        { status: 'ok', response: { length: 3 } },
      ]);
    });

    test(`line 14: a binary frame that is cut short ends the socket, not the server (${transport})`, async (t) => {
      const { endpoint, phoenix } = await serve(t);
      const client = await joined(transport, endpoint, 'room:1');
      client.send(Buffer.from([0, 200, 200, 200, 200, 1]));
      assert.equal(await client.closed, transport === 'websocket' ? 1007 : 410);
      assert.equal(phoenix.socketCount(), 0);
      await joined(transport, endpoint, 'room:1');
    });

    test(`line 14: the npm client pushes an ArrayBuffer (${transport})`, async (t) => {
      const { endpoint } = await serve(t);
      const socket = realSocket(transport, endpoint);
      socket.connect();
      const channel = socket.channel('room:1');
      await answer(channel.join());
      const bytes = new Uint8Array([5, 6, 7, 8]).buffer;
      assert.deepEqual(await answer(channel.push('length', bytes)), { length: 4 });
      await disconnected(socket);
    });
  }

  test('line 15: push, reply and broadcast each have their header (websocket)', async (t) => {
    const { endpoint } = await serve(t);
    const client = await joined('websocket', endpoint, 'room:1');
    const header = (kind: number, names: readonly string[]) =>
      Buffer.concat([
        Buffer.from([kind, ...names.map((name) => name.length)]),
        Buffer.from(names.join('')),
        Buffer.from([9, 8]),
      ]);
    const received: Buffer[] = [];
    for (const event of ['push', 'echo', 'refuse', 'shout']) {
      client.send(clientPush(['1', '22', 'room:1', event], [9, 8]));
    }
    client.send([null, 'h', 'phoenix', 'heartbeat', {}]);
    await client.reply('h');
    received.push(...client.frames.filter(Buffer.isBuffer));
    assert.deepEqual(received, [
      header(0, ['1', 'room:1', 'pushed']),
      header(1, ['1', '22', 'room:1', 'ok']),
      header(1, ['1', '22', 'room:1', 'error']),
      header(2, ['room:1', 'shouted']),
    ]);
  });

  test('line 15: the npm client reads binary pushes, replies and broadcasts (websocket)', async (t) => {
    const { endpoint } = await serve(t);
    const socket = realSocket('websocket', endpoint);
    socket.connect();
    const channel = socket.channel('room:1');
    await answer(channel.join());
    const bytes = new Uint8Array([1, 2, 3]).buffer;
    const pushed = nextEvent(channel, 'pushed');
    const shouted = nextEvent(channel, 'shouted');
    channel.push('push', bytes, 50);
    channel.push('shout', bytes, 50);
    const replied = await answer(channel.push('echo', bytes));
    for (const payload of [replied, await pushed, await shouted]) {
      assert.deepEqual(new Uint8Array(payload as ArrayBuffer), new Uint8Array([1, 2, 3]));
    }
    await disconnected(socket);
  });

  test('line 15: a large binary broadcast arrives whole at everyone (websocket)', async (t) => {
    const { endpoint, phoenix } = await serve(t);
    const clients = await Promise.all([1, 2].map(() => joined('websocket', endpoint, 'room:1')));
    for (const size of [0, 125, 126, 65_535, 65_536, 200_000]) {
      phoenix.broadcast('room:1', 'blob', Buffer.alloc(size, 7));
    }
    phoenix.broadcast('room:1', 'end', { text: 'é'.repeat(40_000) });
    for (const client of clients) {
      assert.equal((await client.event('end'))[4]['text'], 'é'.repeat(40_000));
      assert.deepEqual(
        client.frames.filter(Buffer.isBuffer).map((frame) => frame.length - 3 - 10),
        [0, 125, 126, 65_535, 65_536, 200_000],
      );
    }
  });

  test('line 15: a name that does not fit one byte crashes that channel only', async (t) => {
    const { endpoint, errors } = await serve(t);
    const topic = `room:${'x'.repeat(300)}`;
    const client = await joined('websocket', endpoint, topic);
    client.send(['2', '2', 'room:1', 'phx_join', {}]);
    await client.reply('2');
    client.send(['1', '3', topic, 'make', {}]);
    assert.deepEqual(await client.event('phx_error'), ['1', '1', topic, 'phx_error', {}]);
    client.send(['2', '4', 'room:1', 'make', {}]);
    assert.equal((await client.binary()).at(-1), 1);
    assert.deepEqual(errors, ['channel crashed']);
  });

  test('line 16: a longpoll client is never sent binary', async (t) => {
    const { endpoint, phoenix } = await serve(t);
    const client = await joined('longpoll', endpoint, 'room:1');
    phoenix.broadcast('room:1', 'blob', Buffer.from([1, 2, 3]));
    client.send(clientPush(['1', '2', 'room:1', 'push'], [1]));
    client.send(clientPush(['1', '3', 'room:1', 'echo'], [1]));
    assert.deepEqual((await client.reply('3'))[4], {
      status: 'error',
      response: { reason: 'binary over longpoll' },
    });
    phoenix.broadcast('room:1', 'text', {});
    await client.event('text');
    assert.equal(client.frames.length, 3);
  });
});
