import { atom } from 'nanostores';
import {
  compareInView,
  forecastDot,
  isInView,
  type Conversation,
  type View,
} from '../domain/index.js';
import {
  CodedError,
  events,
  limits,
  type ConversationWindow,
  type ErrorCode,
} from '../protocol/index.js';
import type { Clock } from '../transport/clock.js';
import { mayPass } from '../transport/refusal.js';
import type { Card, List, ListStore } from './list.js';
import type { ConversationCache } from './conversation-cache.js';
import type { Inbox } from './inbox.js';
import { createRetained, retainWhileObserved } from './retained.js';

/** How long after a fetch that failed a list which still shows cards is fetched again, in ms. */
const retryMs = 5_000;

export interface ListStoreOptions {
  view: View;
  inbox: Inbox;
  cache: ConversationCache;
  clock: Clock;
}

/** A window over one view; it is fetched anew after each join and follows changes in between. */
export function createListStore({ view, inbox, cache, clock }: ListStoreOptions): ListStore {
  const $list = atom<List>({
    status: 'loading',
    error: null,
    cards: [],
    more: false,
    loadingMore: false,
  });
  let ids = new Set<string>();
  let held: string | null = null;
  /** Conversations that changed since the window was asked for; its pages may be older. */
  let changedMeanwhile = new Set<string>();
  let fetchNumber = 0;
  let cancelTimer: (() => void) | null = null;
  let cancelRetry: (() => void) | null = null;

  function belongs(conversation: Conversation): boolean {
    return isInView(conversation, view, inbox.$me.get()?.id ?? '');
  }

  /** Sorts what is known, and comes back at the moment when the next dot changes. */
  function show(patch: Partial<List> = {}): void {
    const me = inbox.$me.get()?.id ?? '';
    const agents = inbox.$agents.get();
    const now = inbox.now();
    const missedAfterMs = inbox.$missedAfterMs.get();
    const before = new Map($list.get().cards.map((card) => [card.conversation.id, card]));
    const cards: Card[] = [];
    let next = Infinity;
    for (const id of ids) {
      const conversation = cache.get(id);
      if (!conversation || !(belongs(conversation) || id === held)) {
        ids.delete(id);
        continue;
      }
      const { dot, changesAt } = forecastDot({ conversation, agents, me, now, missedAfterMs });
      next = Math.min(next, changesAt ?? Infinity);
      const same = before.get(id);
      const fresh = !same || same.conversation !== conversation || same.dot !== dot;
      cards.push(fresh ? { conversation, dot } : same);
    }
    cards.sort((a, b) => compareInView(a.conversation, b.conversation, view.order));
    $list.set({ ...$list.get(), ...patch, cards });
    cancelTimer?.();
    cancelTimer = next === Infinity ? null : clock.after(Math.max(0, next - now), () => show());
  }

  /** The last card that was fetched as part of the view. */
  function lastInView(): Conversation | undefined {
    return $list.get().cards.findLast(({ conversation }) => belongs(conversation))?.conversation;
  }

  function onChange(id: string): void {
    changedMeanwhile.add(id);
    const conversation = cache.get(id);
    if (!conversation || $list.get().status === 'loading') return;
    if (!ids.has(id)) {
      if (!belongs(conversation)) return;
      const last = lastInView();
      const beyond = last && compareInView(conversation, last, view.order) > 0;
      if (beyond && $list.get().more) return;
      ids.add(id);
    }
    show();
  }

  function take(window: ConversationWindow, replace: boolean): void {
    window.conversations.forEach(cache.put);
    const fetched = window.conversations.map(({ id }) => id);
    const last = window.conversations.at(-1);
    const fresh = [...changedMeanwhile].filter((id) => {
      const conversation = cache.get(id);
      if (!conversation) return false;
      return !window.more || !last || compareInView(conversation, last, view.order) <= 0;
    });
    const before = replace ? (held === null ? [] : [held]) : ids;
    ids = new Set([...before, ...fetched, ...fresh]);
    show({ status: 'ready', error: null, more: window.more, loadingMore: false });
  }

  function limit(): number {
    return Math.min(limits.maxPageSize, Math.max(limits.pageSize, ids.size));
  }

  async function fetch(): Promise<void> {
    const mine = ++fetchNumber;
    cancelRetry?.();
    changedMeanwhile = new Set();
    try {
      const window = await inbox.push<ConversationWindow>(events.conversationsList, {
        view,
        limit: limit(),
      });
      if (mine === fetchNumber) take(window, true);
    } catch (error) {
      if (mine !== fetchNumber) return;
      const code = fail(error);
      // Cards that are shown would be stale until the next join.
      const again = code !== 'connection_lost' && mayPass(code) && !$list.get().error;
      if (again) cancelRetry = clock.after(retryMs, () => void fetch());
    }
  }

  function fail(error: unknown): ErrorCode {
    const { code, message } = error instanceof CodedError ? error : new CodedError('internal');
    // The next join fetches again; cards that are shown stay.
    const silent = code === 'connection_lost' || $list.get().cards.length > 0;
    $list.set({
      ...$list.get(),
      loadingMore: false,
      ...(silent ? {} : { status: 'error' as const, error: { code, message } }),
    });
    return code;
  }

  async function fetchMore(): Promise<void> {
    const last = lastInView();
    const list = $list.get();
    if (!last || !list.more || list.loadingMore || !inbox.joined) return;
    const mine = fetchNumber;
    $list.set({ ...list, loadingMore: true });
    try {
      const { activeAt, id } = last;
      const window = await inbox.push<ConversationWindow>(events.conversationsList, {
        view,
        after: { activeAt, id },
      });
      if (mine === fetchNumber) take(window, false);
    } catch (error) {
      if (mine === fetchNumber) fail(error);
    }
  }

  const retained = createRetained(clock, () => {
    const stops = [
      cache.listen(onChange),
      cache.claim((id) => ids.has(id)),
      inbox.$agents.listen(() => show()),
      inbox.$missedAfterMs.listen(() => show()),
      inbox.addWindow({
        view,
        get limit() {
          return limit();
        },
        joined(window) {
          if (!window) return void fetch();
          fetchNumber++;
          cancelRetry?.();
          changedMeanwhile = new Set();
          take(window, true);
        },
        refused: (error) => $list.set({ ...$list.get(), status: 'error', error }),
      }),
      inbox.retain(),
    ];
    if (inbox.joined) void fetch();
    return () => {
      fetchNumber++;
      cancelRetry?.();
      cancelTimer?.();
      cancelTimer = null;
      for (const stop of stops) stop();
    };
  });
  retainWhileObserved([$list], retained.retain);

  return {
    view,
    $list,
    loadMore: () => void fetchMore(),
    retry() {
      $list.set({ ...$list.get(), status: 'loading', error: null });
      inbox.retry();
      if (inbox.joined) void fetch();
    },
    hold(conversationId) {
      if (held === conversationId) return;
      held = conversationId;
      if (conversationId !== null && !ids.has(conversationId)) {
        const conversation = cache.get(conversationId);
        if (conversation && belongs(conversation)) ids.add(conversationId);
      }
      if ($list.get().status === 'ready') show();
    },
  };
}
