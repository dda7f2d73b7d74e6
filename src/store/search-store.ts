import { atom } from 'nanostores';
import { forecastDot, type Conversation } from '../domain/index.js';
import {
  CodedError,
  events,
  limits,
  type ConversationsSearch,
  type SearchMatch,
  type SearchWindow,
} from '../protocol/index.js';
import type { Clock } from '../transport/clock.js';
import type { ConversationCache } from './conversation-cache.js';
import type { Inbox } from './inbox.js';
import type { Search, SearchResult, SearchStore } from './list.js';
import { createRetained, retainWhileObserved } from './retained.js';

/** How long typing pauses before it is asked, in ms. */
const pauseMs = 200;

const idle: Search = {
  query: '',
  status: 'idle',
  error: null,
  results: [],
  more: false,
  loadingMore: false,
};

export interface SearchStoreOptions {
  inbox: Inbox;
  cache: ConversationCache;
  clock: Clock;
}

/** One search field: asks once the typing pauses, and drops answers to what was typed before. */
export function createSearchStore({ inbox, cache, clock }: SearchStoreOptions): SearchStore {
  const $search = atom<Search>(idle);
  let found = new Map<string, readonly SearchMatch[]>();
  /** The last one as it was found: the next page begins after it. */
  let last: ConversationsSearch['after'];
  let callNumber = 0;
  let cancelPause: (() => void) | null = null;
  let cancelTimer: (() => void) | null = null;

  /** Shows what was found as it is now, and comes back when the next dot changes. */
  function show(patch: Partial<Search> = {}): void {
    const before = new Map($search.get().results.map((result) => [result.conversation.id, result]));
    const now = inbox.now();
    let next = Infinity;
    const results = [...found].flatMap(([id, matches]): SearchResult[] => {
      const conversation = cache.get(id);
      if (!conversation) return [];
      const { dot, changesAt } = forecast(conversation, now);
      next = Math.min(next, changesAt ?? Infinity);
      const same = before.get(id);
      const kept =
        same?.conversation === conversation && same.dot === dot && same.matches === matches;
      return [kept ? same : { conversation, dot, matches }];
    });
    $search.set({ ...$search.get(), ...patch, results });
    cancelTimer?.();
    cancelTimer = next === Infinity ? null : clock.after(Math.max(0, next - now), () => show());
  }

  function forecast(conversation: Conversation, now: number): ReturnType<typeof forecastDot> {
    return forecastDot({
      conversation,
      agents: inbox.$agents.get(),
      me: inbox.$me.get()?.id ?? '',
      now,
      missedAfterMs: inbox.$missedAfterMs.get(),
    });
  }

  async function ask(after?: ConversationsSearch['after']): Promise<void> {
    const mine = ++callNumber;
    const query = $search.get().query.trim().slice(0, limits.queryLength);
    try {
      const window = await inbox.push<SearchWindow>(events.conversationsSearch, {
        query,
        ...(after ? { after } : {}),
      });
      if (mine === callNumber) take(window, after !== undefined);
    } catch (error) {
      if (mine === callNumber) fail(error);
    }
  }

  function take({ results, more }: SearchWindow, append: boolean): void {
    if (!append) found = new Map();
    for (const { conversation, matches } of results) {
      found.set(conversation.id, matches);
      cache.put(conversation);
    }
    const end = results.at(-1)?.conversation;
    if (end) last = { activeAt: end.activeAt, id: end.id };
    show({ status: 'ready', error: null, more: more && end !== undefined, loadingMore: false });
  }

  function fail(error: unknown): void {
    const { code, message } = error instanceof CodedError ? error : new CodedError('internal');
    const { loadingMore } = $search.get();
    // A page that did not come can be asked for again; what was found stays.
    if (loadingMore) return $search.set({ ...$search.get(), loadingMore: false });
    $search.set({ ...$search.get(), status: 'error', error: { code, message } });
  }

  function askAnew(delayMs: number): void {
    callNumber++;
    cancelPause?.();
    cancelPause = clock.after(delayMs, () => {
      cancelPause = null;
      void ask();
    });
  }

  function clear(): void {
    callNumber++;
    cancelPause?.();
    cancelPause = null;
    found = new Map();
    last = undefined;
    show(idle);
  }

  const retained = createRetained(clock, () => {
    const refresh = (): void => {
      if (found.size > 0) show();
    };
    const stops = [
      inbox.retain(),
      cache.claim((id) => found.has(id)),
      cache.listen((id) => {
        if (!found.has(id)) return;
        if (cache.removed(id)) found.delete(id);
        show();
      }),
      inbox.$agents.listen(refresh),
      inbox.$missedAfterMs.listen(refresh),
      // What was cut is asked again; results that are shown may have changed meanwhile.
      inbox.onJoined(() => {
        if ($search.get().status !== 'idle' && !cancelPause) void ask();
      }),
    ];
    refresh();
    if ($search.get().status === 'loading' && inbox.joined) void ask();
    return () => {
      callNumber++;
      cancelPause?.();
      cancelPause = null;
      cancelTimer?.();
      cancelTimer = null;
      for (const stop of stops) stop();
    };
  });
  retainWhileObserved([$search], retained.retain);

  return {
    $search,
    search(query) {
      const before = $search.get();
      if (query.trim() === '') return clear();
      if (before.query.trim() === query.trim() && before.status !== 'error') {
        return $search.set({ ...before, query });
      }
      $search.set({ ...before, query, status: 'loading', error: null, loadingMore: false });
      askAnew(before.status === 'error' ? 0 : pauseMs);
    },
    loadMore() {
      const { status, more, loadingMore } = $search.get();
      if (status !== 'ready' || !more || loadingMore || !last) return;
      $search.set({ ...$search.get(), loadingMore: true });
      void ask(last);
    },
    clear,
  };
}
