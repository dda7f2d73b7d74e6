import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { memoryFanout, type Fanout, type FanoutMessage } from './fanout.js';
import { Presence, type PresenceDiff } from './presence.js';
import { PresenceReplica } from './presence-replica.js';
import { seeded } from './testing/seeded.js';

const BEAT_MS = 1_000;

interface Node {
  readonly presence: Presence;
  readonly replica: PresenceReplica;
  readonly diffs: PresenceDiff[];
  stop(): void;
}

function startNode(t: TestContext, name: string, fanout: Fanout): Node {
  const diffs: PresenceDiff[] = [];
  const presence: Presence = new Presence(
    name,
    (_topic, diff) => diffs.push(diff),
    (change) => replica.changed(change),
  );
  const replica = new PresenceReplica(name, fanout, presence, BEAT_MS);
  const stop = fanout.subscribe((message) => {
    if (message.type === 'presence' && message.node !== name) replica.receive(message);
  });
  replica.start();
  t.after(() => replica.close());
  return { presence, replica, diffs, stop };
}

const names = (node: Node, topic = 't') =>
  Object.entries(node.presence.list(topic))
    .flatMap(([key, { metas }]) => metas.map((meta) => `${key} ${meta.phx_ref}`))
    .sort();

describe('presence', () => {
  test('several channels may show one key, and any key is an ordinary one', () => {
    const presence = new Presence(
      'one',
      () => undefined,
      () => undefined,
    );
    const [tab, otherTab] = [{}, {}];
    presence.track(tab, 't', '__proto__', { n: 1, phx_ref: 'forged' });
    presence.track(otherTab, 't', '__proto__', { n: 2 });
    const metas = presence.list('t')['__proto__']?.metas ?? [];
    assert.deepEqual(
      metas.map(({ n }) => n),
      [1, 2],
    );
    assert.ok(metas.every(({ phx_ref: ref }) => ref !== 'forged'));
    assert.match(JSON.stringify(presence.list('t')), /^\{"__proto__":/);
    presence.untrackAll(tab, 't');
    presence.untrackAll(tab, 't');
    presence.untrack(otherTab, 't', '__proto__');
    assert.deepEqual(Object.keys(presence.list('t')), []);
  });

  test('what one channel shows leaves in one diff', () => {
    const diffs: PresenceDiff[] = [];
    const presence = new Presence(
      'one',
      (_topic, diff) => diffs.push(diff),
      () => undefined,
    );
    const owner = {};
    presence.track(owner, 't', 'a', {});
    presence.track(owner, 't', 'b', {});
    presence.untrackAll(owner, 't');
    assert.equal(diffs.length, 3);
    assert.deepEqual(Object.keys(diffs[2]?.leaves ?? {}), ['a', 'b']);
  });
});

describe('presence of several nodes', () => {
  test('a node that falls silent is forgotten after three beats, and one that is back is not', (t) => {
    t.mock.timers.enable({ apis: ['setInterval', 'Date'] });
    const fanout = memoryFanout();
    let cut = false;
    const cuttable: Fanout = {
      publish: (topic, message) => {
        if (!cut) fanout.publish(topic, message);
      },
      subscribe: (listener) => fanout.subscribe((message) => cut || listener(message)),
    };
    const one = startNode(t, 'one', fanout);
    const two = startNode(t, 'two', cuttable);
    two.presence.track({}, 't', 'bob', {});
    assert.equal(names(one).length, 1);
    t.mock.timers.tick(10 * BEAT_MS);
    assert.equal(names(one).length, 1);
    cut = true;
    t.mock.timers.tick(5 * BEAT_MS);
    assert.deepEqual(names(one), []);
    assert.deepEqual(Object.keys(one.diffs.at(-1)?.leaves ?? {}), ['bob']);
    cut = false;
    t.mock.timers.tick(2 * BEAT_MS);
    assert.deepEqual(names(one), names(two));
    assert.equal(names(one).length, 1);
  });

  test('nodes agree after any loss, once a beat comes through', (t) => {
    t.mock.timers.enable({ apis: ['setInterval', 'Date'] });
    for (let seed = 1; seed <= 20; seed++) {
      const random = seeded(seed);
      const fanout = memoryFanout();
      let losing = true;
      const lossy: Fanout = {
        publish: (topic, message) => fanout.publish(topic, message),
        subscribe: (listener) =>
          fanout.subscribe((message: FanoutMessage) => {
            if (!losing || random() > 0.4) listener(message);
          }),
      };
      const nodes = ['one', 'two', 'three'].map((name) => startNode(t, name, lossy));
      const owners = Array.from({ length: 6 }, () => ({}));
      for (let step = 0; step < 60; step++) {
        const index = Math.floor(random() * owners.length);
        const node = nodes[index % nodes.length];
        const owner = owners[index];
        assert.ok(node && owner);
        if (random() < 0.7) node.presence.track(owner, 't', `key ${index % 2}`, { step });
        else node.presence.untrackAll(owner, 't');
        if (random() < 0.1) t.mock.timers.tick(BEAT_MS);
      }
      losing = false;
      t.mock.timers.tick(2 * BEAT_MS);
      const [one, two, three] = nodes.map((node) => names(node));
      assert.deepEqual(two, one, `seed ${seed}`);
      assert.deepEqual(three, one, `seed ${seed}`);
      for (const node of nodes) node.stop();
    }
  });
});
