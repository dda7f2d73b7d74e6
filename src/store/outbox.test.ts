import { expect } from '@open-wc/testing';
import { CodedError } from '../protocol/index.js';
import { createFakeClock, settled } from '../testing.js';
import { createOutbox, type Outbox, type OutboxEntry } from './outbox.js';
import { memoryStorage, type KeyValue } from './storage.js';

const prefix = 'outbox/ws/me/';

interface Bench {
  outbox: Outbox;
  clock: ReturnType<typeof createFakeClock>;
  /** What was sent, in order. */
  sent: string[];
  /** Answers the oldest unanswered send. */
  answer(error?: CodedError): Promise<void>;
}

function createBench(storage: KeyValue = memoryStorage()): Bench {
  const clock = createFakeClock();
  const sent: string[] = [];
  const waiting: { resolve(): void; reject(error: unknown): void }[] = [];
  const outbox = createOutbox({
    storage,
    clock,
    random: () => 0.5,
    send: ({ key }) =>
      new Promise((resolve, reject) => {
        sent.push(key);
        waiting.push({ resolve, reject });
      }),
  });
  return {
    outbox,
    clock,
    sent,
    async answer(error) {
      const oldest = waiting.shift();
      if (error) oldest?.reject(error);
      else oldest?.resolve();
      await settled();
    },
  };
}

function entry(key: string, lane = 'cv_1'): Omit<OutboxEntry, 'failed'> {
  return { key, lane, kind: 'reply', text: key, createdAt: 0 };
}

function states({ outbox }: Bench): string[] {
  return outbox.$pending.get().map(({ key, state }) => `${key} ${state}`);
}

describe('outbox', () => {
  it('sends one message at a time in each conversation, in the order of writing', async () => {
    const bench = createBench();
    bench.outbox.add(entry('a1', 'a'));
    bench.outbox.add(entry('a2', 'a'));
    bench.outbox.add(entry('b1', 'b'));

    expect(bench.sent).to.deep.equal(['a1', 'b1']);
    expect(states(bench)).to.deep.equal(['a1 sending', 'a2 queued', 'b1 sending']);

    await bench.answer();
    expect(bench.sent).to.deep.equal(['a1', 'b1', 'a2']);
    await bench.answer();
    await bench.answer();
    expect(states(bench)).to.deep.equal([]);
  });

  it('sends the same key again after trouble that passes, and keeps the order', async () => {
    const bench = createBench();
    bench.outbox.add(entry('1'));
    bench.outbox.add(entry('2'));
    await bench.answer(new CodedError('timeout'));

    expect(states(bench)).to.deep.equal(['1 queued', '2 queued']);
    expect(bench.outbox.$pending.get()[0]?.error?.code).to.equal('timeout');
    await bench.clock.advance(250);
    await bench.answer();
    expect(bench.sent).to.deep.equal(['1', '1', '2']);
  });

  it('fails for good when refused, and lets the next one pass', async () => {
    const bench = createBench();
    bench.outbox.add(entry('1'));
    bench.outbox.add(entry('2'));
    await bench.answer(new CodedError('message_too_long'));

    expect(states(bench)).to.deep.equal(['1 failed', '2 sending']);
    expect(bench.outbox.$pending.get()[0]?.error?.code).to.equal('message_too_long');
    await bench.clock.advance(600_000);
    expect(bench.sent).to.deep.equal(['1', '2']);
  });

  it('comes back when a refusal says so', async () => {
    const bench = createBench();
    bench.outbox.add(entry('1'));
    await bench.answer(new CodedError('rate_limited', { retryAfterMs: 5_000 }));

    await bench.clock.advance(4_999);
    expect(bench.sent).to.deep.equal(['1']);
    await bench.clock.advance(500);
    expect(bench.sent).to.deep.equal(['1', '1']);
  });

  it('tries a failed message again with the same key when asked', async () => {
    const bench = createBench();
    bench.outbox.add(entry('1'));
    await bench.answer(new CodedError('internal'));
    bench.outbox.retry('1');

    expect(bench.sent).to.deep.equal(['1', '1']);
    expect(states(bench)).to.deep.equal(['1 sending']);
  });

  it('tries again without files that are gone, so that the words can still be sent', async () => {
    const sent: unknown[] = [];
    const outbox = createOutbox({
      storage: memoryStorage(),
      clock: createFakeClock(),
      random: () => 0.5,
      async send({ text, attachments = [] }) {
        sent.push([text, attachments.length]);
        if (attachments.length > 0) throw new CodedError('file_not_found');
      },
    });
    const attachment = { id: 'at', name: 'a', size: 1, mediaType: 'text/plain', image: null };
    outbox.add({ ...entry('1'), attachments: [attachment] });
    await settled();
    expect(outbox.$pending.get()[0]?.error?.code).to.equal('file_not_found');
    outbox.retry('1');
    await settled();
    expect(sent).to.deep.equal([
      ['1', 1],
      ['1', 0],
    ]);
    expect(outbox.$pending.get()).to.deep.equal([]);
  });

  it('discards what failed or waits, never what is on its way', async () => {
    const bench = createBench();
    bench.outbox.add(entry('1'));
    bench.outbox.add(entry('2'));
    bench.outbox.discard('1');
    bench.outbox.discard('2');

    expect(states(bench)).to.deep.equal(['1 sending']);
  });

  it('does not wait for its time once the topic is joined again', async () => {
    const bench = createBench();
    bench.outbox.add(entry('1'));
    await bench.answer(new CodedError('connection_lost'));
    bench.outbox.wake('cv_1');

    expect(bench.sent).to.deep.equal(['1', '1']);
    await bench.clock.advance(60_000);
    expect(bench.sent).to.deep.equal(['1', '1']);
  });

  it('goes on after a message that the thread shows, although its answer is late', async () => {
    const bench = createBench();
    for (const key of ['1', '2', '3']) bench.outbox.add(entry(key));
    bench.outbox.arrived('1');

    expect(bench.sent).to.deep.equal(['1', '2']);
    expect(states(bench)).to.deep.equal(['2 sending', '3 queued']);
    await bench.answer(new CodedError('timeout'));
    expect(states(bench)).to.deep.equal(['2 sending', '3 queued']);
    await bench.answer();
    expect(bench.sent).to.deep.equal(['1', '2', '3']);
  });

  it('does not send again what arrived while it waited for its next try', async () => {
    const bench = createBench();
    bench.outbox.add(entry('1'));
    bench.outbox.add(entry('2'));
    await bench.answer(new CodedError('timeout'));
    bench.outbox.arrived('1');
    await bench.clock.advance(60_000);

    expect(bench.sent).to.deep.equal(['1', '2']);
  });

  it('goes on at once after what was discarded while it waited for its next try', async () => {
    const bench = createBench();
    bench.outbox.add(entry('1'));
    bench.outbox.add(entry('2'));
    await bench.answer(new CodedError('timeout'));
    bench.outbox.discard('1');

    expect(bench.sent).to.deep.equal(['1', '2']);
  });

  it('survives a reload with what failed and what was on its way', async () => {
    const storage = memoryStorage();
    const before = createBench(storage);
    await before.outbox.open(prefix);
    before.outbox.add(entry('1'));
    before.outbox.add(entry('2'));
    await before.answer(new CodedError('not_author'));
    before.outbox.stop();

    const after = createBench(storage);
    await after.outbox.open(prefix);
    expect(states(after)).to.deep.equal(['1 failed', '2 sending']);
    expect(after.outbox.$pending.get()[0]?.error?.code).to.equal('not_author');
    await after.answer();
    expect((await storage.entries(prefix)).map(([key]) => key)).to.deep.equal([`${prefix}1`]);
  });

  it('keeps entries under a key of their own', async () => {
    const storage = memoryStorage();
    const bench = createBench(storage);
    bench.outbox.add(entry('early'));
    await bench.outbox.open(prefix);
    bench.outbox.add(entry('late'));
    await settled();

    const keys = (await storage.entries('')).map(([key]) => key);
    expect(keys).to.deep.equal([`${prefix}early`, `${prefix}late`]);
  });

  it('sends although nothing can be stored', async () => {
    const refuse = (): Promise<never> => Promise.reject(new Error('quota'));
    const bench = createBench({ get: refuse, set: refuse, delete: refuse, entries: refuse });
    await bench.outbox.open(prefix);
    bench.outbox.add(entry('1'));
    await bench.answer();

    expect(bench.sent).to.deep.equal(['1']);
    expect(states(bench)).to.deep.equal([]);
  });

  it('takes what another tab has left when it is opened again', async () => {
    const storage = memoryStorage();
    const left = createBench(storage);
    const stays = createBench(storage);
    await stays.outbox.open(prefix);
    await left.outbox.open(prefix);
    left.outbox.add(entry('1'));
    left.outbox.stop();
    await settled();
    await stays.outbox.open(prefix);

    expect(stays.sent).to.deep.equal(['1']);
  });

  it('does not take back what was sent or discarded while the storage was read', async () => {
    const storage = memoryStorage();
    let answer = (): void => undefined;
    const bench = createBench({
      ...storage,
      async entries(from) {
        const found = await storage.entries(from);
        await new Promise<void>((resolve) => (answer = resolve));
        return found;
      },
    });
    const first = bench.outbox.open(prefix);
    await settled();
    answer();
    await first;
    bench.outbox.add(entry('1'));
    bench.outbox.add(entry('2'));
    await settled();
    const again = bench.outbox.open(prefix);
    await settled();
    bench.outbox.discard('2');
    await bench.answer();
    answer();
    await again;

    expect(bench.sent).to.deep.equal(['1']);
    expect(states(bench)).to.deep.equal([]);
  });

  it('tries again in the order of writing when older ones were loaded meanwhile', async () => {
    const storage = memoryStorage();
    await storage.set(`${prefix}1`, { ...entry('1'), failed: null });
    const bench = createBench(storage);
    bench.outbox.add(entry('2'));
    await bench.answer(new CodedError('connection_lost'));
    await bench.outbox.open(prefix);
    await bench.clock.advance(1_000);
    await bench.answer();

    expect(bench.sent).to.deep.equal(['2', '1', '2']);
  });

  it('sends nothing new before it knows what an earlier page has left', async () => {
    const storage = memoryStorage();
    await storage.set(`${prefix}1`, { ...entry('1'), failed: null });
    let answer = (): void => undefined;
    const bench = createBench({
      ...storage,
      async entries(from) {
        await new Promise<void>((resolve) => (answer = resolve));
        return storage.entries(from);
      },
    });
    const opened = bench.outbox.open(prefix);
    bench.outbox.add(entry('2'));
    bench.outbox.wake('cv_1');
    await settled();
    answer();
    await opened;
    await bench.answer();

    expect(bench.sent).to.deep.equal(['1', '2']);
  });

  it('sends although storage never answers', async () => {
    const bench = createBench({
      ...memoryStorage(),
      entries: () => new Promise(() => undefined),
    });
    void bench.outbox.open(prefix);
    bench.outbox.add(entry('1'));
    await bench.clock.advance(3_000);

    expect(bench.sent).to.deep.equal(['1']);
  });
});
