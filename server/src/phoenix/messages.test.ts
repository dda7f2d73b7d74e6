import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryFanout, type EndReason } from './index.js';
import { deferred } from './testing/deferred.js';
import { connect, isText, joined, settle } from './testing/raw-client.js';
import { answer, disconnected, nextEvent, realSocket } from './testing/real-client.js';
import { roomChannel, serve } from './testing/server.js';

for (const transport of ['websocket', 'longpoll'] as const) {
  describe(`messages over ${transport}`, () => {
    test(`line 05: a heartbeat is answered (${transport})`, async (t) => {
      const { endpoint } = await serve(t);
      const client = await connect(transport, endpoint);
      client.send([null, '7', 'phoenix', 'heartbeat', {}]);
      assert.deepEqual(await client.reply('7'), [
        null,
        '7',
        'phoenix',
        'phx_reply',
        { status: 'ok', response: {} },
      ]);
    });

    test(`line 12: pushes and broadcasts have their form, and broadcast-from leaves the sender out (${transport})`, async (t) => {
      const { endpoint } = await serve(t, {
        channels: {
          'room:*': {
            ...roomChannel,
            join(context) {
              context.afterJoin(() => context.push('hello', {}));
              return { ok: {} };
            },
          },
        },
      });
      const sender = await joined(transport, endpoint, 'room:1');
      const other = await joined(transport, endpoint, 'room:1');
      sender.send(['1', '2', 'room:1', 'shout-others', { n: 1 }]);
      sender.send(['1', '3', 'room:1', 'shout', { n: 2 }]);
      sender.send(['1', '4', 'room:1', 'quiet', {}], ['1', null, 'room:1', 'echo', {}]);
      await sender.reply('3');
      await settle(sender, 'h');
      await other.frame((frame) => frame[4]['n'] === 2);
      assert.deepEqual(other.frames.slice(1), [
        ['1', null, 'room:1', 'hello', {}],
        [null, null, 'room:1', 'shout', { n: 1 }],
        [null, null, 'room:1', 'shout', { n: 2 }],
      ]);
      assert.deepEqual(
        sender.frames.slice(1).map((frame) => [frame[1], frame[3]]),
        [
          [null, 'hello'],
          ['2', 'phx_reply'],
          [null, 'shout'],
          ['3', 'phx_reply'],
          ['h', 'phx_reply'],
        ],
      );
    });

    test(`line 12: one channel answers in order while another one waits (${transport})`, async (t) => {
      const gate = deferred();
      const order: string[] = [];
      const { endpoint, phoenix } = await serve(t, {
        channels: {
          'room:*': {
            ...roomChannel,
            async handle(context, event, payload) {
              if (event === 'slow') await gate.promise;
              order.push(event);
              context.push('handled', { event });
              return { ok: payload as object };
            },
          },
        },
      });
      const client = await joined(transport, endpoint, 'room:1');
      client.send(['2', 'j', 'room:2', 'phx_join', {}]);
      await client.reply('j');
      client.send(['1', 'a', 'room:1', 'slow', {}], ['1', 'b', 'room:1', 'fast', {}]);
      client.send(['2', 'c', 'room:2', 'other', {}]);
      await client.reply('c');
      for (let n = 0; n < 50; n++) phoenix.broadcast('room:1', 'count', { n });
      await client.frame((frame) => frame[4]['n'] === 49);
      gate.resolve();
      await client.reply('b');
      assert.deepEqual(order, ['other', 'slow', 'fast']);
      const room1 = client.frames.filter(isText).filter((frame) => frame[2] === 'room:1');
      assert.deepEqual(
        room1.filter((frame) => frame[3] === 'count').map((frame) => frame[4]['n']),
        Array.from({ length: 50 }, (_, n) => n),
      );
      assert.deepEqual(
        room1.slice(-4).map((frame) => frame[4]['event'] ?? frame[1]),
        ['slow', 'a', 'fast', 'b'],
      );
    });

    test(`line 12: a client that sends faster than it is served waits, and nothing is lost (${transport})`, async (t) => {
      const gate = deferred();
      let handled = 0;
      const { endpoint } = await serve(t, {
        limits: { maxPendingFramesPerSocket: 4 },
        channels: {
          'room:*': {
            ...roomChannel,
            async handle() {
              await gate.promise;
              return { ok: { handled: ++handled } };
            },
          },
        },
      });
      const client = await joined(transport, endpoint, 'room:1');
      const refs = Array.from({ length: 40 }, (_, index) => `p${index}`);
      client.send(...refs.map((ref) => ['1', ref, 'room:1', 'echo', {}]));
      gate.resolve();
      assert.deepEqual((await client.reply('p39'))[4]['response'], { handled: 40 });
    });

    test(`a local broadcast reaches the subscribers of its node only (${transport})`, async (t) => {
      const fanout = memoryFanout();
      const near = await serve(t, { fanout });
      const far = await serve(t, { fanout });
      const here = await joined(transport, near.endpoint, 'room:1');
      const there = await joined(transport, far.endpoint, 'room:1');
      near.phoenix.broadcastLocal('room:1', 'shout', { n: 1 });
      near.phoenix.broadcast('room:1', 'shout', { n: 2 });
      await Promise.all([settle(here, 'h'), settle(there, 'h')]);
      const shouted = ({ frames }: typeof here) =>
        frames.filter((frame) => isText(frame) && frame[3] === 'shout').length;
      assert.deepEqual([shouted(here), shouted(there)], [2, 1]);
    });

    test(`line 13: a forced close is 1001, and the npm client comes back (${transport})`, async (t) => {
      const { endpoint, phoenix } = await serve(t);
      const raw = await joined(transport, endpoint, 'room:1', { query: 'vsn=2.0.0&name=ann' });
      const socket = realSocket(transport, endpoint, { params: { name: 'bob' } });
      socket.connect();
      const channel = socket.channel('room:1');
      const joining = channel.join();
      await answer(joining);
      // The first call is for the answer that is already there.
      let answers = 0;
      const rejoined = new Promise<void>((resolve) => {
        joining.receive('ok', () => ++answers === 2 && resolve());
      });
      phoenix.disconnect('ann');
      assert.equal(await raw.closed, transport === 'websocket' ? 1001 : 410);
      assert.equal(phoenix.socketCount(), 1);
      phoenix.disconnect('bob');
      await rejoined;
      const back = nextEvent(channel, 'shout');
      phoenix.broadcast('room:1', 'shout', { n: 1 });
      assert.deepEqual(await back, { n: 1 });
      await disconnected(socket);
    });

    test(`line 13: draining closes with 1012 over a time and ends the channels (${transport})`, async (t) => {
      const ends: EndReason[] = [];
      const { endpoint, phoenix } = await serve(t, {
        channels: {
          'room:*': {
            ...roomChannel,
            async terminate(_context, reason) {
              await new Promise(setImmediate);
              ends.push(reason);
            },
          },
        },
      });
      const clients = await Promise.all(
        Array.from({ length: 3 }, () => joined(transport, endpoint, 'room:1')),
      );
      const startedAt = performance.now();
      await phoenix.close({ code: 1012, overMs: 60 });
      assert.ok(performance.now() - startedAt >= 39);
      assert.deepEqual(ends, ['shutdown', 'shutdown', 'shutdown']);
      assert.equal(phoenix.socketCount(), 0);
      const code = transport === 'websocket' ? 1012 : 500;
      const codes = await Promise.all(clients.map(({ closed }) => closed));
      for (const closed of codes) assert.ok([code, 410].includes(closed), String(closed));
      await assert.rejects(connect(transport, endpoint));
    });
  });
}
