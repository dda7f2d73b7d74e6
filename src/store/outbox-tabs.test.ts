import { expect } from '@open-wc/testing';
import { CodedError } from '../protocol/index.js';
import { createFakeClock, settled } from '../testing.js';
import { createOutbox, type Pending } from './outbox.js';
import { memoryStorage, type KeyValue } from './storage.js';
import type { TabTalk } from './tab-talk.js';

const prefix = 'outbox/ws/me/';

/** One tab's outbox, and the other tabs by hand. */
function createBench({
  leading,
  storage = memoryStorage(),
}: {
  leading: boolean;
  storage?: KeyValue;
}) {
  const clock = createFakeClock();
  const sent: string[] = [];
  const said: TabTalk[] = [];
  const waiting: { resolve(): void; reject(error: unknown): void }[] = [];
  let hear: (message: object) => void = () => undefined;
  let lead: (leading: boolean) => void = () => undefined;
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
  outbox.share({
    leading,
    onLeading: (listener) => ((lead = listener), () => undefined),
    say: (message) => said.push(message as TabTalk),
    onHeard: (listener) => ((hear = listener), () => undefined),
  });
  return {
    outbox,
    sent,
    said,
    anotherLeads: () => lead(false),
    hear: (entry: Pending) => hear({ about: 'outbox', prefix, entry }),
    states: () => outbox.$pending.get().map(({ key, state }) => `${key} ${state}`),
    async answer(error?: CodedError) {
      const oldest = waiting.shift();
      if (error) oldest?.reject(error);
      else oldest?.resolve();
      await settled();
    },
  };
}

function entry(key: string, state: Pending['state']): Pending {
  const failed = state === 'failed' ? { code: 'not_author' as const, message: 'no' } : null;
  return { key, lane: 'a', kind: 'reply', text: key, createdAt: 0, state, failed, error: failed };
}

describe('outbox of several tabs', () => {
  it('is not left sending for ever by a tab that hung while it led', async () => {
    const bench = createBench({ leading: true });
    await bench.outbox.open(prefix);
    bench.hear(entry('1', 'queued'));
    await bench.answer(new CodedError('message_too_long'));
    expect(bench.states()).to.deep.equal(['1 failed']);

    // It runs again, and tells what it last knew.
    bench.hear(entry('1', 'sending'));
    expect(bench.sent).to.deep.equal(['1', '1']);
    await bench.answer(new CodedError('message_too_long'));
    expect(bench.states()).to.deep.equal(['1 failed']);
  });

  it('takes what another tab wrote although nothing was opened in the leading one', async () => {
    const bench = createBench({ leading: true });
    bench.hear(entry('1', 'queued'));
    await settled();
    expect(bench.sent).to.deep.equal(['1']);
  });

  it('tells the next leader what was tried again while nobody heard it', async () => {
    const storage = memoryStorage();
    await storage.set(`${prefix}1`, entry('1', 'failed'));
    const bench = createBench({ leading: false, storage });
    await bench.outbox.open(prefix);
    bench.outbox.retry('1');
    bench.said.length = 0;

    bench.anotherLeads();
    const [told] = bench.said;
    expect(told && 'entry' in told && `${told.entry.key} ${told.entry.state}`).to.equal('1 queued');
  });
});
