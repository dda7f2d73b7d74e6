import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import type { Channel, EndReason } from './index.js';
import { connect, isText, joined, type RawClient } from './testing/raw-client.js';
import { answer, disconnected, nextEvent, realSocket } from './testing/real-client.js';
import { roomChannel, startServer, type Assigns, type TestOptions } from './testing/server.js';

const transports = ['websocket', 'longpoll'] as const;

async function serve(t: TestContext, options: TestOptions = {}) {
  const server = await startServer(options);
  t.after(() => server.stop());
  return server;
}

/** Everything that was sent before has been dealt with when this resolves. */
async function settle(client: RawClient, ref: string): Promise<void> {
  client.send([null, ref, 'phoenix', 'heartbeat', {}]);
  await client.reply(ref);
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

for (const transport of transports) {
  describe(`text frames over ${transport}`, () => {
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

    test(`line 06: a join is answered with its response, its reason, or its crash (${transport})`, async (t) => {
      const { endpoint, errors } = await serve(t, {
        channels: {
          'room:ok': { ...roomChannel, join: () => ({ ok: { welcome: true } }) },
          'room:no': { ...roomChannel, join: () => ({ error: { reason: 'members only' } }) },
          'room:crash': { ...roomChannel, join: () => Promise.reject(new Error('no database')) },
        },
      });
      const client = await connect(transport, endpoint);
      client.send(['1', '1', 'room:ok', 'phx_join', {}]);
      client.send(['2', '2', 'room:no', 'phx_join', {}]);
      client.send(['3', '3', 'room:crash', 'phx_join', {}]);
      const reply = async (ref: string) => [...(await client.reply(ref))];
      assert.deepEqual(await reply('1'), [
        '1',
        '1',
        'room:ok',
        'phx_reply',
        { status: 'ok', response: { welcome: true } },
      ]);
      assert.deepEqual((await reply('2'))[4], {
        status: 'error',
        response: { reason: 'members only' },
      });
      assert.deepEqual((await reply('3'))[4], {
        status: 'error',
        response: { reason: 'join crashed' },
      });
      assert.deepEqual(errors, ['join crashed']);
    });

    test(`line 06: subscribed before the ok reply, and nothing comes before it (${transport})`, async (t) => {
      const reading = deferred();
      const read = deferred();
      const channel: Channel<Assigns> = {
        ...roomChannel,
        async join(context) {
          context.afterJoin(() => context.push('third', {}));
          context.push('first', {});
          reading.resolve();
          await read.promise;
          return { ok: {} };
        },
      };
      const { endpoint, phoenix } = await serve(t, { channels: { 'room:*': channel } });
      const client = await connect(transport, endpoint);
      client.send(['1', '1', 'room:1', 'phx_join', {}], ['1', '2', 'room:1', 'echo', { n: 1 }]);
      await reading.promise;
      phoenix.broadcast('room:1', 'second', {});
      read.resolve();
      await client.reply('2');
      assert.deepEqual(
        client.frames.filter(isText).map((frame) => frame[3]),
        ['phx_reply', 'first', 'second', 'third', 'phx_reply'],
      );
    });

    test(`line 06: a refused join hears nothing and what waited for it is unmatched (${transport})`, async (t) => {
      const reading = deferred();
      const read = deferred();
      const channel: Channel<Assigns> = {
        ...roomChannel,
        async join(context) {
          context.push('secret', {});
          reading.resolve();
          await read.promise;
          return { error: { reason: 'no' } };
        },
      };
      const { endpoint, phoenix } = await serve(t, { channels: { 'room:*': channel } });
      const client = await connect(transport, endpoint);
      client.send(['1', '1', 'room:1', 'phx_join', {}], ['1', '2', 'room:1', 'echo', {}]);
      client.send(['1', '3', 'room:1', 'phx_leave', {}]);
      await reading.promise;
      phoenix.broadcast('room:1', 'secret', {});
      await settle(client, 'h');
      read.resolve();
      assert.deepEqual((await client.reply('3'))[4], { status: 'ok', response: {} });
      assert.deepEqual(
        [(await client.reply('2'))[0], (await client.reply('2'))[4]],
        [null, { status: 'error', response: { reason: 'unmatched topic' } }],
      );
      assert.ok(!client.frames.some((frame) => frame[3] === 'secret'));
      assert.equal(phoenix.subscriberCount('room:1'), 0);
    });

    test(`line 06: the npm client loses nothing that is broadcast while it joins (${transport})`, async (t) => {
      let sent = 0;
      const { endpoint, phoenix } = await serve(t, {
        channels: {
          'room:*': {
            ...roomChannel,
            async join() {
              const seen = sent;
              for (let index = 0; index < 5; index++) {
                await new Promise(setImmediate);
                phoenix.broadcast('room:1', 'news', { n: ++sent });
              }
              return { ok: { seen } };
            },
          },
        },
      });
      const socket = realSocket(transport, endpoint);
      socket.connect();
      const channel = socket.channel('room:1');
      const heard: unknown[] = [];
      const last = new Promise<void>((resolve) =>
        channel.on('news', ({ n }: { n: number }) => {
          heard.push(n);
          if (n === 5) resolve();
        }),
      );
      assert.deepEqual(await answer(channel.join()), { seen: 0 });
      await last;
      assert.deepEqual(heard, [1, 2, 3, 4, 5]);
      await disconnected(socket);
    });

    test(`line 07: what no channel is for is an unmatched topic (${transport})`, async (t) => {
      const { endpoint } = await serve(t);
      const client = await connect(transport, endpoint);
      client.send(['1', '1', 'nowhere', 'phx_join', {}]);
      client.send(['1', '2', 'room:1', 'echo', {}]);
      client.send([null, '3', 'phoenix', 'shout', {}]);
      const unmatched = { status: 'error', response: { reason: 'unmatched topic' } };
      for (const [ref, topic] of [
        ['1', 'nowhere'],
        ['2', 'room:1'],
        ['3', 'phoenix'],
      ] as const) {
        assert.deepEqual(await client.reply(ref), [null, ref, topic, 'phx_reply', unmatched]);
      }
    });

    test(`line 08: a channel too many is refused and the socket stays (${transport})`, async (t) => {
      const { endpoint } = await serve(t);
      const client = await connect(transport, endpoint);
      const joins = Array.from({ length: 101 }, (_, index) => {
        const ref = String(index + 1);
        return [ref, ref, `room:${ref}`, 'phx_join', {}];
      });
      client.send(...joins.slice(0, 100));
      client.send(...joins.slice(100));
      assert.deepEqual((await client.reply('101'))[4], {
        status: 'error',
        response: { reason: 'too many channels joined' },
      });
      assert.equal((await client.reply('100'))[4]['status'], 'ok');
      client.send(['1', 'a', 'room:1', 'phx_join', {}], ['1', 'b', 'room:1', 'echo', { n: 1 }]);
      assert.deepEqual((await client.reply('b'))[4], { status: 'ok', response: { n: 1 } });
    });

    test(`line 09: a second join of a topic stops the first, then joins (${transport})`, async (t) => {
      const ends: EndReason[] = [];
      const log: string[] = [];
      const { endpoint, phoenix } = await serve(t, {
        channels: {
          'room:*': {
            ...roomChannel,
            presence: true,
            join(context, payload) {
              log.push('join');
              context.track('me', payload as object);
              return { ok: {} };
            },
            async terminate(_context, reason) {
              await new Promise(setImmediate);
              ends.push(reason);
              log.push('terminate');
            },
          },
        },
      });
      const client = await joined(transport, endpoint, 'room:1');
      const watching = await joined(transport, endpoint, 'room:1');
      client.send(['2', '2', 'room:1', 'phx_join', { again: true }]);
      await client.reply('2');
      const own = client.frames.filter(isText).filter((frame) => frame[3].startsWith('phx_'));
      assert.deepEqual(own.slice(1), [
        ['1', '1', 'room:1', 'phx_close', {}],
        ['2', '2', 'room:1', 'phx_reply', { status: 'ok', response: {} }],
      ]);
      assert.deepEqual(ends, ['replaced']);
      assert.deepEqual(log, ['join', 'join', 'terminate', 'join']);
      assert.equal(phoenix.subscriberCount('room:1'), 2);
      const left = await watching.frame(
        (frame) =>
          frame[3] === 'presence_diff' && Object.keys(frame[4]['leaves'] as object).length === 1,
      );
      assert.deepEqual(left[4]['joins'], {});
      assert.equal(phoenix.presence.list('room:1')['me']?.metas.length, 2);
    });

    test(`line 09: a join that hangs is replaced after the time allowed (${transport})`, async (t) => {
      let joins = 0;
      const { endpoint } = await serve(t, {
        limits: { terminateTimeoutMs: 30 },
        channels: {
          'room:*': {
            ...roomChannel,
            join: () => (++joins === 1 ? new Promise(() => undefined) : { ok: { joins } }),
          },
        },
      });
      const client = await connect(transport, endpoint);
      client.send(['1', '1', 'room:1', 'phx_join', {}], ['1', '2', 'room:1', 'phx_leave', {}]);
      client.send(['3', '3', 'room:1', 'phx_join', {}]);
      assert.deepEqual((await client.reply('3'))[4], { status: 'ok', response: { joins: 2 } });
      assert.deepEqual((await client.reply('2'))[4], { status: 'ok', response: {} });
      assert.deepEqual((await client.event('phx_close')).slice(0, 2), ['1', '1']);
    });

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
