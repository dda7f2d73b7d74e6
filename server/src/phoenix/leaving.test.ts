import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EndReason } from './index.js';
import { joined } from './testing/raw-client.js';
import { answer, disconnected, realSocket } from './testing/real-client.js';
import { roomChannel, serve } from './testing/server.js';

for (const transport of ['websocket', 'longpoll'] as const) {
  describe(`leaving over ${transport}`, () => {
    test(`line 10: a leave is answered, then the channel closes (${transport})`, async (t) => {
      const ends: EndReason[] = [];
      const { endpoint, phoenix } = await serve(t, {
        channels: {
          'room:*': { ...roomChannel, terminate: (_context, reason) => void ends.push(reason) },
        },
      });
      const client = await joined(transport, endpoint, 'room:1');
      client.send(['1', '5', 'room:1', 'phx_leave', {}]);
      client.send(['9', '6', 'room:unknown', 'phx_leave', {}]);
      await client.reply('6');
      assert.deepEqual(client.frames.slice(1), [
        ['1', '5', 'room:1', 'phx_reply', { status: 'ok', response: {} }],
        ['1', '1', 'room:1', 'phx_close', {}],
        ['9', '6', 'room:unknown', 'phx_reply', { status: 'ok', response: {} }],
      ]);
      assert.equal(phoenix.subscriberCount('room:1'), 0);
      assert.deepEqual(ends, ['leave']);
    });

    test(`line 10: a stale join_ref is dropped in silence, a null one is legal (${transport})`, async (t) => {
      const { endpoint, phoenix } = await serve(t);
      const client = await joined(transport, endpoint, 'room:1');
      client.send(['0', 'a', 'room:1', 'echo', {}], ['0', 'b', 'room:1', 'phx_leave', {}]);
      client.send([null, 'c', 'room:1', 'echo', { n: 1 }]);
      assert.deepEqual(await client.reply('c'), [
        '1',
        'c',
        'room:1',
        'phx_reply',
        { status: 'ok', response: { n: 1 } },
      ]);
      assert.equal(client.frames.length, 2);
      assert.equal(phoenix.subscriberCount('room:1'), 1);
      client.send([null, 'd', 'room:1', 'phx_leave', {}]);
      await client.event('phx_close');
      client.send([null, 'e', 'room:1', 'phx_join', {}]);
      assert.equal((await client.reply('e'))[4]['status'], 'error');
    });

    test(`line 10: the npm client leaves and joins again (${transport})`, async (t) => {
      const { endpoint } = await serve(t);
      const socket = realSocket(transport, endpoint);
      socket.connect();
      for (let round = 0; round < 3; round++) {
        const channel = socket.channel('room:1', { round });
        assert.deepEqual(await answer(channel.join()), { joined: { round } });
        const closed = new Promise<void>((resolve) => channel.onClose(() => resolve()));
        await answer(channel.leave());
        await closed;
      }
      await disconnected(socket);
    });

    test(`line 11: a crash is phx_error, the socket stays and the client rejoins (${transport})`, async (t) => {
      const ends: EndReason[] = [];
      const { endpoint, errors } = await serve(t, {
        channels: {
          'room:*': { ...roomChannel, terminate: (_context, reason) => void ends.push(reason) },
        },
      });
      const raw = await joined(transport, endpoint, 'room:1');
      raw.send(['1', '2', 'room:1', 'crash', {}]);
      assert.deepEqual(await raw.event('phx_error'), ['1', '1', 'room:1', 'phx_error', {}]);
      raw.send(['1', '3', 'room:1', 'echo', {}]);
      assert.deepEqual((await raw.reply('3'))[4]['response'], { reason: 'unmatched topic' });
      assert.ok(!raw.frames.some((frame) => frame[1] === '2'));
      assert.deepEqual(ends, ['crashed']);
      assert.deepEqual(errors, ['channel crashed']);

      const socket = realSocket(transport, endpoint);
      socket.connect();
      const channel = socket.channel('room:1');
      let joins = 0;
      const rejoined = new Promise<void>((resolve) => {
        channel.join().receive('ok', () => {
          if (++joins === 1) channel.push('crash', {}, 50);
          else resolve();
        });
      });
      await rejoined;
      assert.deepEqual(await answer(channel.push('echo', { n: 1 })), { n: 1 });
      await disconnected(socket);
    });

    test(`line 11: a normal stop is phx_close and the client does not rejoin (${transport})`, async (t) => {
      const ends: EndReason[] = [];
      const { endpoint, phoenix } = await serve(t, {
        channels: {
          'room:*': { ...roomChannel, terminate: (_context, reason) => void ends.push(reason) },
        },
      });
      const socket = realSocket(transport, endpoint);
      socket.connect();
      const channel = socket.channel('room:1');
      await answer(channel.join());
      const closed = new Promise<void>((resolve) => channel.onClose(() => resolve()));
      assert.deepEqual(await answer(channel.push('stop', {})), { stopping: true });
      await closed;
      assert.equal(channel.state, 'closed');
      assert.equal(phoenix.subscriberCount('room:1'), 0);
      assert.deepEqual(ends, ['stopped']);
      await disconnected(socket);
    });
  });
}
