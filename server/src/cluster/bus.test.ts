import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { MemoryWires } from '../adapters/memory-wire.js';
import { createStamp } from '../stamps.js';
import { ClusterBus } from './bus.js';

const quiet = { warn: () => undefined };
const times = { beatMs: 20, leaseMs: 100 };

describe('the bus between servers', () => {
  it('tells the others, not itself, in order', async (t) => {
    const [a, b] = nodes(t, new MemoryWires(), 'a', 'b');
    await connected(a, b);
    const own = heard(a);
    const other = heard(b);
    for (let number = 1; number <= 50; number++) a.publish('event', 'key', number);
    await until(() => other.length === 50);
    assert.deepEqual(
      other,
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
    assert.deepEqual(own, []);
  });

  it('knows that a message was lost by the next one', async (t) => {
    const wires = new MemoryWires();
    const [a, b] = nodes(t, wires, 'a', 'b');
    await connected(a, b);
    const losses = lossesOf(b);
    const messages = heard(b);
    a.publish('event', 'key', 'first');
    await until(() => messages.length === 1);
    wires.loses = (text) => text.includes('second');
    a.publish('event', 'key', 'second');
    a.publish('event', 'key', 'third');
    await until(() => messages.length === 2);
    assert.deepEqual(messages, ['first', 'third']);
    assert.deepEqual(losses, ['a']);
  });

  it('knows that the last message was lost by the next beat', async (t) => {
    const wires = new MemoryWires();
    const [a, b] = nodes(t, wires, 'a', 'b');
    await connected(a, b);
    const messages = heard(b);
    a.publish('event', 'key', 'first');
    await until(() => messages.length === 1);
    const losses = lossesOf(b);
    wires.loses = (text) => text.includes('last');
    a.publish('event', 'key', 'last');
    await until(() => losses.length > 0);
    assert.deepEqual(losses, ['a']);
  });

  it('forgets one that is silent for its lease, and at once one that says goodbye', async (t) => {
    const wires = new MemoryWires();
    const [a, b, c] = nodes(t, wires, 'a', 'b', 'c');
    await connected(a, b, c);
    const gone: string[] = [];
    a.onGone((node, politely) => gone.push(`${node} ${politely}`));
    await c.close();
    await until(() => gone.length === 1);
    wires.loses = (text) => text.startsWith('["b"');
    await until(() => gone.length === 2);
    assert.deepEqual(gone, ['c true', 'b false']);
    assert.equal(a.isConnected, true);
  });

  it('forgets nobody while it does not even hear itself', async (t) => {
    const wires = new MemoryWires();
    const [a, b] = nodes(t, wires, 'a', 'b');
    await connected(a, b);
    const gone: string[] = [];
    a.onGone((node) => gone.push(node));
    wires.loses = () => true;
    await until(() => !a.isConnected);
    const silentSince = performance.now();
    await until(() => performance.now() - silentSince > 3 * times.leaseMs);
    assert.deepEqual([gone, a.peers], [[], ['b']]);
    const losses = lossesOf(a);
    wires.loses = () => false;
    await until(() => a.isConnected && losses.includes(null));
    assert.deepEqual(a.peers, ['b']);
  });

  it('takes stamps after those of the others, whatever its clock says', async (t) => {
    const wires = new MemoryWires();
    const fast = createStamp({ now: () => 9_000 });
    const slow = createStamp({ now: () => 1_000 });
    const a = node(t, wires, 'a', fast);
    const b = node(t, wires, 'b', slow);
    fast();
    await connected(a, b);
    const messages = heard(b);
    a.publish('event', 'key', 'x');
    await until(() => messages.length === 1);
    assert.ok(slow() > 9_000);
  });

  it('goes on after a message that it cannot read', async (t) => {
    const wires = new MemoryWires();
    const [a, b] = nodes(t, wires, 'a', 'b');
    await connected(a, b);
    const stranger = wires.join();
    stranger.start(
      () => undefined,
      () => undefined,
    );
    for (const text of ['', 'null', '[1]', '{"a":', '["x","1",2,"event"]']) stranger.send(0, text);
    const messages = heard(b);
    b.subscribe('event', () => {
      throw new Error('a listener that throws');
    });
    a.publish('event', 'key', 'x');
    await until(() => messages.length === 1);
  });
});

function node(
  t: TestContext,
  wires: MemoryWires,
  name: string,
  stamp = createStamp(Date),
): ClusterBus {
  const bus = new ClusterBus({ node: name, wire: wires.join(), stamp, log: quiet, ...times });
  bus.start();
  t.after(() => bus.close());
  return bus;
}

function nodes<Names extends string[]>(
  t: TestContext,
  wires: MemoryWires,
  ...names: Names
): { [Index in keyof Names]: ClusterBus } {
  return names.map((name) => node(t, wires, name)) as { [Index in keyof Names]: ClusterBus };
}

async function connected(...buses: ClusterBus[]): Promise<void> {
  await until(() => buses.every((bus) => bus.isConnected && bus.peers.length === buses.length - 1));
}

function heard(bus: ClusterBus): unknown[] {
  const messages: unknown[] = [];
  bus.subscribe('event', (message) => messages.push(message));
  return messages;
}

function lossesOf(bus: ClusterBus): (string | null)[] {
  const losses: (string | null)[] = [];
  bus.onLoss((node) => losses.push(node));
  return losses;
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`still not: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
