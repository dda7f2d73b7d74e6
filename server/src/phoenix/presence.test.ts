import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { Presence as RealPresence } from 'phoenix';
import { memoryFanout, type Channel, type PresenceDiff, type PresenceState } from './index.js';
import { joined, type RawClient } from './testing/raw-client.js';
import { answer, disconnected, realSocket } from './testing/real-client.js';
import {
  roomChannel,
  serve as serveWith,
  startServer,
  type Assigns,
  type TestOptions,
} from './testing/server.js';

/** Shows who joined, under the name that the socket came with. */
const presentChannel: Channel<Assigns> = {
  ...roomChannel,
  presence: true,
  join(context) {
    context.afterJoin(() => context.track(context.socket.assigns.name, { mood: 'new' }));
    return { ok: {} };
  },
  handle(context, event, payload) {
    if (event === 'mood') {
      context.update(context.socket.assigns.name, payload as object);
      return { ok: {} };
    }
    if (event === 'hide') {
      context.untrack(context.socket.assigns.name);
      return { ok: {} };
    }
    return roomChannel.handle(context, event, payload);
  },
};

const serve = (t: TestContext, options: TestOptions = {}) =>
  serveWith(t, { channels: { 'room:*': presentChannel }, ...options });

const as = (name: string) => ({ query: `vsn=2.0.0&name=${name}` });

function diffWith(client: RawClient, side: 'joins' | 'leaves', key: string) {
  return client
    .frame((frame) => frame[3] === 'presence_diff' && key in (frame[4][side] as object))
    .then((frame) => frame[4] as unknown as PresenceDiff);
}

for (const transport of ['websocket', 'longpoll'] as const) {
  describe(`presence over ${transport}`, () => {
    test(`line 17: presence_state follows the join's reply (${transport})`, async (t) => {
      const { endpoint } = await serve(t);
      const ann = await joined(transport, endpoint, 'room:1', as('ann'));
      await diffWith(ann, 'joins', 'ann');
      const bob = await joined(transport, endpoint, 'room:1', as('bob'));
      const state = await bob.event('presence_state');
      assert.deepEqual(
        bob.frames.slice(0, 2).map((frame) => frame[3]),
        ['phx_reply', 'presence_state'],
      );
      assert.deepEqual(state.slice(0, 3), ['1', null, 'room:1']);
      const { ann: shown } = state[4] as unknown as PresenceState;
      assert.equal(shown?.metas.length, 1);
      assert.equal(shown?.metas[0]?.['mood'], 'new');
      assert.match(String(shown?.metas[0]?.phx_ref), /^.{8,}$/);
    });

    test(`line 18: a diff has both keys, and an update leaves and joins (${transport})`, async (t) => {
      const { endpoint } = await serve(t);
      const ann = await joined(transport, endpoint, 'room:1', as('ann'));
      const first = await diffWith(ann, 'joins', 'ann');
      assert.deepEqual(first.leaves, {});
      const before = first.joins['ann']?.metas[0];
      ann.send(['1', '2', 'room:1', 'mood', { mood: 'busy' }]);
      const update = await diffWith(ann, 'leaves', 'ann');
      const after = update.joins['ann']?.metas[0];
      assert.deepEqual(update.leaves, { ann: { metas: [before] } });
      assert.deepEqual(after, {
        mood: 'busy',
        phx_ref: after?.phx_ref,
        phx_ref_prev: before?.phx_ref,
      });
      assert.notEqual(after?.phx_ref, before?.phx_ref);
      const frame = await ann.event('presence_diff');
      assert.deepEqual(frame.slice(0, 3), [null, null, 'room:1']);
    });

    test(`line 18: the npm client's Presence sees joins, updates and leaves (${transport})`, async (t) => {
      const { endpoint } = await serve(t);
      const socket = realSocket(transport, endpoint, { params: { name: 'ann' } });
      socket.connect();
      const channel = socket.channel('room:1');
      const presence = new RealPresence(channel);
      const seen = (wanted: (all: Record<string, string>) => boolean): Promise<void> =>
        new Promise((resolve) => {
          presence.onSync(() => {
            const all: Record<string, string> = {};
            presence.list((key: string, { metas }: { metas: { mood: string }[] }) => {
              all[key] = metas.map(({ mood }) => mood).join(' ');
            });
            if (wanted(all)) resolve();
          });
        });
      const self = seen(({ ann }) => ann === 'new');
      await answer(channel.join());
      await self;
      const two = seen(({ bob }) => bob === 'new new');
      const bob = await joined(transport, endpoint, 'room:1', as('bob'));
      const twin = await joined(transport, endpoint, 'room:1', as('bob'));
      await two;
      const busy = seen(({ bob: moods }) => moods === 'new busy' || moods === 'busy new');
      bob.send(['1', '2', 'room:1', 'mood', { mood: 'busy' }]);
      await busy;
      const gone = seen((all) => !('bob' in all));
      bob.send(['1', '3', 'room:1', 'phx_leave', {}]);
      twin.send(['1', '3', 'room:1', 'phx_leave', {}]);
      await gone;
      await disconnected(socket);
    });

    for (const [how, act] of [
      ['leave', (client: RawClient) => client.send(['1', '2', 'room:1', 'phx_leave', {}])],
      ['close by the server', (client: RawClient) => client.send(['1', '2', 'room:1', 'stop', {}])],
      ['crash', (client: RawClient) => client.send(['1', '2', 'room:1', 'crash', {}])],
      ['untrack', (client: RawClient) => client.send(['1', '2', 'room:1', 'hide', {}])],
      ['loss of the socket', (client: RawClient) => client.close()],
    ] as const) {
      test(`line 19: untracked on ${how} (${transport})`, async (t) => {
        const { endpoint, phoenix } = await serve(t, { limits: { longpollSessionMs: 300 } });
        const ann = await joined(transport, endpoint, 'room:1', as('ann'));
        const bob = await joined(transport, endpoint, 'room:1', as('bob'));
        await diffWith(ann, 'joins', 'bob');
        await act(bob);
        const { leaves, joins } = await diffWith(ann, 'leaves', 'bob');
        assert.deepEqual([Object.keys(leaves), joins], [['bob'], {}]);
        assert.deepEqual(Object.keys(phoenix.presence.list('room:1')), ['ann']);
      });
    }
  });
}

describe('presence of several nodes', () => {
  test('line 19: a node sees the others, also those there before it, and their end', async (t) => {
    const fanout = memoryFanout();
    const one = await serve(t, { fanout, nodeId: 'one' });
    const ann = await joined('websocket', one.endpoint, 'room:1', as('ann'));
    await diffWith(ann, 'joins', 'ann');
    const two = await startServer({
      fanout,
      nodeId: 'two',
      channels: { 'room:*': presentChannel },
    });
    const bob = await joined('websocket', two.endpoint, 'room:1', as('bob'));
    const state = await bob.event('presence_state');
    assert.deepEqual(Object.keys(state[4]), ['ann']);
    await diffWith(ann, 'joins', 'bob');
    bob.send(['1', '2', 'room:1', 'mood', { mood: 'busy' }]);
    await diffWith(ann, 'leaves', 'bob');
    assert.deepEqual(
      one.phoenix.presence.list('room:1')['bob']?.metas.map(({ mood }) => mood),
      ['busy'],
    );
    await two.stop();
    assert.deepEqual(Object.keys(one.phoenix.presence.list('room:1')), ['ann']);
  });

  test('track on a channel that does not declare presence names the fix', async (t) => {
    const { endpoint, errors } = await serve(t, {
      channels: {
        'room:*': {
          ...roomChannel,
          handle(context) {
            assert.throws(() => context.track('a', {}), /presence: true/);
            return { ok: {} };
          },
        },
      },
    });
    const client = await joined('websocket', endpoint, 'room:1');
    client.send(['1', '2', 'room:1', 'any', {}]);
    assert.equal((await client.reply('2'))[4]['status'], 'ok');
    assert.deepEqual(errors, []);
  });
});
