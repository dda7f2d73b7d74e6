import { atom, type ReadableAtom } from 'nanostores';
import type { Attachment, FormAnswers } from '../domain/index.js';
import { CodedError, type events } from '../protocol/index.js';
import type { Clock } from '../transport/clock.js';
import type { Random } from '../transport/random.js';
import type { Tabs } from '../transport/transport.js';
import { retryDelay } from './retry-policy.js';
import type { KeyValue } from './storage.js';
import { talkIn, type TabTalk } from './tab-talk.js';
import type { ShownError } from './thread-item.js';

/** What the page showed by itself before a visitor's message. */
export interface ShownBefore {
  text: string;
  targetedId: string | null;
}

/** A message that the server has not acknowledged, as it is stored under its own key. */
export interface OutboxEntry {
  /** The `clientId`; the order of keys is the order of writing. */
  key: string;
  /** One message at a time is on its way in a lane. */
  lane: string;
  kind: 'reply' | 'comment';
  text: string;
  /** No message: another event of the topic, which waits and is sent as messages are. */
  act?: typeof events.formSubmit | typeof events.groupChoose;
  answers?: FormAnswers;
  /** Questions that were asked with the answers. */
  asked?: readonly string[];
  group?: string | null;
  shown?: readonly ShownBefore[];
  /** Uploaded files that go with it; entries that older versions stored have none. */
  attachments?: readonly Attachment[];
  /** Ids of agents whom a comment names. */
  mentions?: readonly string[];
  /** Epoch ms on the server's clock. */
  createdAt: number;
  /** Set once it was refused for good. */
  failed: ShownError | null;
}

export interface Pending extends OutboxEntry {
  state: 'queued' | 'sending' | 'failed';
  /** Why it failed, or why it waits. */
  error: ShownError | null;
}

export interface Outbox {
  /** In the order of writing. */
  readonly $pending: ReadableAtom<readonly Pending[]>;
  /**
   * Takes the entries under a prefix, and keeps new ones there from now on. Called again, it takes
   * what other tabs have left. Entries under another prefix stay there, and are no longer sent.
   */
  open(prefix: string): Promise<void>;
  add(entry: Omit<OutboxEntry, 'failed'>): void;
  /** A message whose files are gone goes without them, where it has words. */
  retry(key: string): void;
  discard(key: string): void;
  /** The server has it, as its thread shows: the answer to this tab may be late, or never come. */
  arrived(key: string): void;
  /** Holds and keeps nothing until it is opened again; resolves when nothing is being stored. */
  forget(): Promise<void>;
  /** Tries a lane at once: its topic was joined. */
  wake(lane: string): void;
  /** From now on the leading tab sends what any of them has, and all show the same. */
  share(tabs: Tabs | undefined): void;
  stop(): void;
}

export interface OutboxOptions {
  storage: KeyValue;
  clock: Clock;
  random: Random;
  /** Resolves when the server has stored it; rejects with a `CodedError`. */
  send(entry: OutboxEntry): Promise<void>;
}

/** How long storage may take to say what an earlier page left, in ms: some never answers. */
const readingLimitMs = 3_000;

/**
 * Keeps what was written until the server has it. Each entry has a key of its own, so that two
 * tabs do not overwrite each other. The same `clientId` is sent until it is acknowledged, which
 * the server answers alike each time.
 */
export function createOutbox({ storage, clock, random, send }: OutboxOptions): Outbox {
  const $pending = atom<readonly Pending[]>([]);
  /** By lane, what is on its way, or waits for its next try and how not to. */
  const busy = new Map<string, { key: string; cancel: (() => void) | null }>();
  /** Each key that was held here, so that what is done with does not come back. */
  const seen = new Set<string>();
  /** Keys that were written or tried again here, which nobody else may know. */
  const written = new Set<string>();
  let { talk, stop: stopTalking } = talkIn(undefined, { onHeard });
  let prefix: string | null = null;
  /** Ends the wait for what was written before this page; nothing may overtake that. */
  let endReading: (() => void) | null = null;
  let stopped = false;
  let writes = Promise.resolve();

  /** Storage that is full or denied costs the survival of a reload, nothing more. */
  function write(change: () => Promise<void>): void {
    writes = writes.then(change).catch(() => undefined);
  }

  function keep({ state: _state, error: _error, ...entry }: Pending): void {
    if (prefix !== null) write(() => storage.set(prefix + entry.key, entry));
  }

  function change(key: string, patch: Partial<Pending>): void {
    $pending.set(
      $pending.get().map((entry) => (entry.key === key ? { ...entry, ...patch } : entry)),
    );
  }

  function find(key: string): Pending | undefined {
    return $pending.get().find((entry) => entry.key === key);
  }

  /** Done with: what is written after it need not wait for an answer any more. */
  function drop(key: string): void {
    const entry = find(key);
    if (!entry) return;
    $pending.set($pending.get().filter((other) => other !== entry));
    const held = busy.get(entry.lane);
    if (held?.key !== key) return;
    held.cancel?.();
    busy.delete(entry.lane);
  }

  function remove(key: string): void {
    drop(key);
    if (prefix === null) return;
    const from = prefix;
    write(() => storage.delete(from + key));
    // A tab that starts meanwhile must not read it from storage after it was told.
    void writes.then(() => talk.say({ about: 'outbox', prefix: from, gone: key }));
  }

  function tell(key: string): void {
    const entry = find(key);
    if (entry && prefix !== null) talk.say({ about: 'outbox', prefix, entry });
  }

  function onHeard(message: TabTalk): void {
    if (message.about !== 'outbox') return;
    // Who leads may show nothing that would have opened it.
    if (prefix === null && talk.leading) void outbox.open(message.prefix);
    if (message.prefix !== prefix) return;
    if ('gone' in message) {
      seen.add(message.gone);
      const lane = find(message.gone)?.lane;
      drop(message.gone);
      return lane === undefined ? undefined : next(lane);
    }
    const { key } = message.entry;
    // Nobody but who leads sends it: another tab that says so has hung meanwhile.
    const entry = talk.leading ? { ...message.entry, state: rest(message.entry) } : message.entry;
    const known = find(key);
    if (known) {
      // What this tab sends it knows best; but a failed one may be tried again from anywhere.
      if (!talk.leading || known.state === 'failed') change(key, entry);
    } else if (!seen.has(key)) insert([entry]);
    if (talk.leading) next(entry.lane);
  }

  function insert(entries: Pending[]): void {
    for (const { key } of entries) seen.add(key);
    $pending.set([...$pending.get(), ...entries].sort((a, b) => (a.key < b.key ? -1 : 1)));
  }

  function onLeading(leading: boolean): void {
    for (const [lane, { cancel }] of busy) {
      if (!cancel) continue;
      cancel();
      busy.delete(lane);
    }
    if (!leading) return void written.forEach(tell);
    for (const { key, lane, state } of $pending.get()) {
      if (state === 'sending' && !busy.has(lane)) change(key, { state: 'queued' });
    }
    if (prefix !== null) void outbox.open(prefix);
  }

  function next(lane: string, tries = 0): void {
    if (stopped || endReading || !talk.leading || busy.has(lane)) return;
    const entry = $pending.get().find((item) => item.lane === lane && item.state === 'queued');
    if (entry) void attempt(entry, tries);
  }

  /** Holds nothing any more; what is stored stays. */
  function clear(): void {
    $pending.set([]);
    seen.clear();
    written.clear();
    for (const { cancel } of busy.values()) cancel?.();
    busy.clear();
  }

  function sendAll(): void {
    endReading?.();
    endReading = null;
    for (const lane of new Set($pending.get().map((entry) => entry.lane))) next(lane);
  }

  async function attempt(entry: Pending, tries: number): Promise<void> {
    const { key, lane } = entry;
    const mine = { key, cancel: null };
    busy.set(lane, mine);
    change(key, { state: 'sending' });
    tell(key);
    try {
      await send(entry);
      if (busy.get(lane) !== mine) return;
      remove(key);
    } catch (reason) {
      if (stopped || busy.get(lane) !== mine) return;
      const error = reason instanceof CodedError ? reason : new CodedError('internal');
      const shown = { code: error.code, message: error.message };
      const delay = retryDelay(error, tries, random);
      if (delay !== null && !talk.leading) {
        busy.delete(lane);
        return change(key, { state: 'queued', error: shown });
      }
      if (delay !== null && find(key)) {
        change(key, { state: 'queued', error: shown });
        tell(key);
        const again = (): void => {
          busy.delete(lane);
          next(lane, tries + 1);
        };
        busy.set(lane, { key, cancel: clock.after(delay, again) });
        return;
      }
      change(key, { state: 'failed', error: shown, failed: shown });
      tell(key);
      const failed = find(key);
      if (failed) keep(failed);
    }
    busy.delete(lane);
    next(lane);
  }

  const outbox: Outbox = {
    $pending,
    async open(to) {
      if (prefix !== to) {
        if (prefix !== null) clear();
        prefix = to;
        $pending.get().forEach(keep);
        written.forEach(tell);
        endReading?.();
        endReading = clock.after(readingLimitMs, sendAll);
      }
      const stored = await storage.entries(to).catch(() => []);
      if (stopped || prefix !== to) return;
      const loaded = stored
        .map(([, value]) => value as OutboxEntry)
        .filter(({ key }) => !seen.has(key))
        .map((entry): Pending => ({ ...entry, state: rest(entry), error: entry.failed }));
      if (loaded.length > 0) insert(loaded);
      sendAll();
    },
    add(entry) {
      const pending: Pending = { ...entry, failed: null, state: 'queued', error: null };
      insert([pending]);
      keep(pending);
      written.add(entry.key);
      tell(entry.key);
      next(entry.lane);
    },
    retry(key) {
      const entry = find(key);
      if (entry?.state !== 'failed') return;
      // Its files are gone from the server; its words need not be.
      const wordsAlone = entry.failed?.code === 'file_not_found' && entry.text.trim() !== '';
      const attachments = wordsAlone ? [] : (entry.attachments ?? []);
      const again: Pending = { ...entry, attachments, state: 'queued', error: null, failed: null };
      change(key, again);
      keep(again);
      written.add(key);
      tell(key);
      next(entry.lane);
    },
    discard(key) {
      const entry = find(key);
      if (!entry || entry.state === 'sending') return;
      remove(key);
      next(entry.lane);
    },
    arrived(key) {
      const lane = find(key)?.lane;
      if (lane === undefined) return;
      remove(key);
      next(lane);
    },
    wake(lane) {
      const waiting = busy.get(lane);
      if (waiting) {
        if (!waiting.cancel) return;
        waiting.cancel();
        busy.delete(lane);
      }
      next(lane);
    },
    async forget() {
      endReading?.();
      endReading = prefix = null;
      clear();
      await writes;
    },
    share(tabs) {
      stopTalking();
      ({ talk, stop: stopTalking } = talkIn(tabs, { onHeard, onLeading }));
      onLeading(talk.leading);
    },
    stop() {
      stopped = true;
      stopTalking();
      endReading?.();
      for (const { cancel } of busy.values()) cancel?.();
    },
  };
  return outbox;
}

/** The state of an entry that nobody sends just now. */
function rest({ failed }: OutboxEntry): Pending['state'] {
  return failed ? 'failed' : 'queued';
}

/** What a message and its files are sent as. */
export function outgoing({ key, text, attachments = [], mentions = [], shown }: OutboxEntry): {
  clientId: string;
  text: string;
  attachmentIds?: string[];
  mentions?: string[];
  shown?: readonly ShownBefore[];
} {
  return {
    clientId: key,
    text,
    ...(attachments.length > 0 ? { attachmentIds: attachments.map(({ id }) => id) } : {}),
    ...(mentions.length > 0 ? { mentions: [...mentions] } : {}),
    ...(shown ? { shown } : {}),
  };
}
