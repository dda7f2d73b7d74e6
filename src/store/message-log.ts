import { atom, type ReadableAtom } from 'nanostores';
import type { Message } from '../domain/index.js';
import { mayPass } from '../transport/refusal.js';
import { CodedError, type MessagePage, type MessagesList, type Since } from '../protocol/index.js';
import type { Clock } from '../transport/clock.js';
import { fullJitter, type Random } from '../transport/random.js';

/** What is known of one conversation's messages. */
export interface Log {
  conversationId: string | null;
  /** By position; from some message on all that there are. */
  messages: readonly Message[];
  hasOlder: boolean;
  loadingOlder: boolean;
}

export interface MessageLog {
  readonly $log: ReadableAtom<Log>;
  /** The cursor to join with; undefined where nothing is known. */
  since(): Since | undefined;
  /** A page that came with a join. */
  joined(page: MessagePage): void;
  /** A new, edited or deleted message, from an event or a reply. */
  changed(message: Message): void;
  loadOlder(): void;
  /** Begins anew with another conversation, of which nothing is known; null for none. */
  restart(conversationId: string | null): void;
  stop(): void;
}

export interface MessageLogOptions {
  clock: Clock;
  random: Random;
  list(query: MessagesList): Promise<MessagePage>;
}

/** How long a missing number may be late before it is asked for, in ms: replies overtake events. */
const gapGraceMs = 200;

const nothing: Log = { conversationId: null, messages: [], hasOlder: false, loadingOlder: false };

/**
 * Follows the changes of one conversation by their dense numbers. What is missing is fetched; what
 * came twice or late changes nothing; a message's place never moves.
 */
export function createMessageLog({ clock, random, list }: MessageLogOptions): MessageLog {
  const $log = atom<Log>(nothing);
  /** All changes up to it are known. */
  let cursor = 0;
  /** Numbers beyond a gap that are known already. */
  let ahead = new Set<number>();
  /** Answers to questions of an earlier epoch are stale. */
  let epoch = 0;
  let cancelFetch: (() => void) | null = null;
  let fetching = false;
  /** What changed while older messages were on their way, whose page may not show it. */
  let meanwhile: Message[] = [];

  function begin(): void {
    epoch++;
    ahead = new Set();
    cancelFetch?.();
    cancelFetch = null;
    fetching = false;
  }

  function moveCursor(to: number): void {
    cursor = Math.max(cursor, to);
    while (ahead.delete(cursor + 1)) cursor++;
    for (const seq of ahead) if (seq <= cursor) ahead.delete(seq);
    if (ahead.size === 0 && !fetching) {
      cancelFetch?.();
      cancelFetch = null;
    }
  }

  function start(page: MessagePage): void {
    begin();
    cursor = page.seq;
    $log.set({
      conversationId: page.conversationId,
      messages: merge([], page.messages),
      hasOlder: page.more,
      loadingOlder: false,
    });
  }

  /** A message above the oldest shown belongs to a page that was not loaded. */
  function take(messages: readonly Message[]): void {
    const log = $log.get();
    if (log.loadingOlder) meanwhile.push(...messages);
    const oldest = log.hasOlder ? (log.messages[0]?.position ?? 0) : 0;
    const shown = messages.filter(({ position }) => position >= oldest);
    if (shown.length > 0) $log.set({ ...log, messages: merge(log.messages, shown) });
  }

  function fetchLater(delayMs: number, tries: number): void {
    if (cancelFetch || fetching) return;
    cancelFetch = clock.after(delayMs, () => {
      cancelFetch = null;
      void fetchMissing(tries);
    });
  }

  async function fetchMissing(tries: number): Promise<void> {
    const { conversationId } = $log.get();
    if (fetching || conversationId === null) return;
    fetching = true;
    const mine = epoch;
    let failure: unknown = null;
    try {
      for (let more = true; more;) {
        const page = await list({ conversationId, after: cursor });
        if (mine !== epoch) return;
        if (page.reset) return start(page);
        take(page.messages);
        more = page.more && page.seq > cursor;
        moveCursor(page.seq);
      }
    } catch (error) {
      failure = error;
    }
    if (mine !== epoch) return;
    fetching = false;
    if (failure === null) return ahead.size > 0 ? fetchLater(gapGraceMs, 0) : undefined;
    // After a lost connection the next join brings what is missing.
    const code = failure instanceof CodedError ? failure.code : 'internal';
    if (code === 'connection_lost' || !mayPass(code)) return;
    fetchLater(fullJitter(tries, random, { baseMs: 1_000, capMs: 30_000 }), tries + 1);
  }

  async function fetchOlder(): Promise<void> {
    const log = $log.get();
    const before = log.messages[0]?.position;
    const { conversationId } = log;
    if (log.loadingOlder || !log.hasOlder || before === undefined || !conversationId) return;
    const mine = epoch;
    meanwhile = [];
    $log.set({ ...log, loadingOlder: true });
    try {
      const page = await list({ conversationId, before });
      if (mine !== epoch) return;
      const now = $log.get();
      $log.set({
        ...now,
        messages: merge(now.messages, page.messages),
        hasOlder: page.more,
        loadingOlder: false,
      });
      take(meanwhile);
    } catch {
      if (mine === epoch) $log.set({ ...$log.get(), loadingOlder: false });
    }
  }

  return {
    $log,
    since() {
      const { conversationId } = $log.get();
      return conversationId === null ? undefined : { conversationId, seq: cursor };
    },
    joined(page) {
      const log = $log.get();
      if (page.reset || log.conversationId !== page.conversationId) return start(page);
      begin();
      if (log.loadingOlder) $log.set({ ...log, loadingOlder: false });
      take(page.messages);
      moveCursor(page.seq);
      if (page.more) void fetchMissing(0);
    },
    changed(message) {
      if (message.conversationId !== $log.get().conversationId) return;
      if (message.seq <= cursor) return;
      take([message]);
      ahead.add(message.seq);
      moveCursor(cursor);
      if (ahead.size > 0) fetchLater(gapGraceMs, 0);
    },
    loadOlder: () => void fetchOlder(),
    restart(conversationId) {
      begin();
      cursor = 0;
      $log.set({ ...nothing, conversationId });
      if (conversationId !== null) fetchLater(gapGraceMs, 0);
    },
    stop: begin,
  };
}

/** The latest form of each message, by position; what stands before the first change is not visited. */
function merge(known: readonly Message[], incoming: readonly Message[]): readonly Message[] {
  const changes = [...incoming].sort((a, b) => a.position - b.position || a.seq - b.seq);
  const [first] = changes;
  if (!first) return known;
  let at = placeOf(known, first.position);
  if (at === known.length && changes.length === 1) return known.concat(changes);
  const messages = known.slice(0, at);
  for (const change of changes) {
    for (let next = known[at]; next && next.position <= change.position; next = known[++at]) {
      messages.push(next);
    }
    const before = messages.at(-1);
    if (before?.position !== change.position) messages.push(change);
    else if (before.seq < change.seq) messages[messages.length - 1] = change;
  }
  return messages.concat(known.slice(at));
}

/** Index of the first message that does not stand before a position. */
function placeOf(messages: readonly Message[], position: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle]?.position ?? position) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
