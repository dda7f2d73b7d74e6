import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Channel, EndReason } from './index.js';
import { deferred } from './testing/deferred.js';
import { connect, isText, joined, settle } from './testing/raw-client.js';
import { answer, disconnected, realSocket } from './testing/real-client.js';
import { roomChannel, serve, type Assigns } from './testing/server.js';

for (const transport of ['websocket', 'longpoll'] as const) {
  describe(`joining over ${transport}`, () => {
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
  });
}
