import { atom } from 'nanostores';
import {
  compareInView,
  forecastDot,
  isInView,
  type Agent,
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
import type { ConversationCache } from './conversation-cache.js';
import type { Inbox } from './inbox.js';
import type { List, ListStore } from './list.js';
import { createOrderedCards } from './ordered-cards.js';
import { createPacer } from './pacer.js';
import { createRetained, retainWhileObserved } from './retained.js';

/** How long after a fetch that failed a list which still shows cards is fetched again, in ms. */
const retryMs = 5_000;
/** So many cards are fetched anew after a join; those beyond are loaded again when they are shown. */
const deepest = 2_000;

type Place = Pick<Conversation, 'activeAt' | 'id'>;

export interface ListStoreOptions {
  view: View;
  inbox: Inbox;
  cache: ConversationCache;
  clock: Clock;
}

/** A list that knows how many of its cards have a dot. */
export interface CountedList extends ListStore {
  readonly dots: number;
  /** Needs the list without showing it; returns the way out. */
  onCount(listener: () => void): () => void;
}

/** A window over one view; it is fetched anew after each join and follows changes in between. */
export function createListStore({ view, inbox, cache, clock }: ListStoreOptions): CountedList {
  const $list = atom<List>({
    status: 'loading',
    error: null,
    cards: [],
    more: false,
    loadingMore: false,
  });
  const ordered = createOrderedCards({
    order: view.order,
    find(id) {
      const conversation = cache.get(id);
      return conversation && (belongs(conversation) || id === held) ? conversation : undefined;
    },
    forecast: (conversation) =>
      forecastDot({
        conversation,
        agents: inbox.$agents.get(),
        me: inbox.$me.get()?.id ?? '',
        now: inbox.now(),
        missedAfterMs: inbox.$missedAfterMs.get(),
      }),
  });
  const pacer = createPacer(clock, () => show());
  let held: string | null = null;
  /** So many of the subscribers only count. */
  let counting = 0;
  /** Conversations that changed since the window was asked for; its pages may be older. */
  let changedMeanwhile = new Set<string>();
  let fetchNumber = 0;
  let refreshing = false;
  /** The next page was asked for while the others were fetched anew. */
  let moreAsked = false;
  let taking = false;
  let cancelTimer: (() => void) | null = null;
  let cancelRetry: (() => void) | null = null;

  function belongs(conversation: Conversation): boolean {
    return conversation.live && isInView(conversation, view, inbox.$me.get()?.id ?? '');
  }

  /** Brings the cards up to date, and comes back at the moment when the next dot changes. */
  function show(patch: Partial<List> = {}): void {
    pacer.done();
    const now = inbox.now();
    const cards = ordered.update(now);
    const list = $list.get();
    if (cards !== list.cards || Object.keys(patch).length > 0) {
      $list.set({ ...list, ...patch, cards });
    }
    cancelTimer?.();
    const due = ordered.nextDue();
    cancelTimer = due === null ? null : clock.after(Math.max(0, due - now), () => show());
  }

  /** The last card that was fetched as part of the view. */
  function lastInView(): Conversation | undefined {
    return ordered.cards.findLast(({ conversation }) => belongs(conversation))?.conversation;
  }

  function onChange(id: string): void {
    changedMeanwhile.add(id);
    if (taking || $list.get().status === 'loading') return;
    if (!ordered.has(id)) {
      const conversation = cache.get(id);
      if (!conversation || !belongs(conversation)) return;
      const last = lastInView();
      const beyond = last && compareInView(conversation, last, view.order) > 0;
      if (beyond && $list.get().more) return;
      ordered.admit(id);
    }
    ordered.touch(id);
    pacer.changed();
  }

  /** Takes the page that follows `after`: what stood there and is not in it, left the view. */
  function take({ conversations, more }: ConversationWindow, after: Place | null): void {
    const since = changedMeanwhile;
    changedMeanwhile = new Set(since);
    const last = conversations.at(-1);
    const fetched = new Set(conversations.map(({ id }) => id));
    // Members first: the cache may look for what it can forget.
    for (const id of fetched) ordered.admit(id);
    taking = true;
    conversations.forEach(cache.put);
    taking = false;
    ordered.update(inbox.now());
    const from = after ? ordered.before(after) : 0;
    const to = more && last ? ordered.before(last) : ordered.size;
    for (const { conversation } of ordered.cards.slice(from, to)) {
      const { id } = conversation;
      if (fetched.has(id) || since.has(id) || id === held || id === after?.id) continue;
      ordered.drop(id);
    }
    for (const id of since) {
      const conversation = cache.get(id);
      if (!conversation || !belongs(conversation)) continue;
      if (more && last && compareInView(conversation, last, view.order) > 0) continue;
      ordered.admit(id);
    }
    changedMeanwhile = since;
    show({ status: 'ready', error: null, more, loadingMore: false });
  }

  function limit(): number {
    return Math.min(limits.maxPageSize, Math.max(limits.pageSize, ordered.size));
  }

  function list(after: Place | null, size?: number): Promise<ConversationWindow> {
    return inbox.push<ConversationWindow>(events.conversationsList, {
      view,
      ...(after ? { after } : {}),
      ...(size === undefined ? {} : { limit: size }),
    });
  }

  /** From the start as far as it was loaded; the first page may have come with the join. */
  async function refresh(joined: ConversationWindow | null = null): Promise<void> {
    const mine = ++fetchNumber;
    const wanted = Math.min(deepest, ordered.size);
    cancelRetry?.();
    changedMeanwhile = new Set();
    refreshing = true;
    try {
      let after: Place | null = null;
      let page = joined ?? (await list(null, limit()));
      for (let seen = 0; mine === fetchNumber;) {
        take(page, after);
        seen += page.conversations.length;
        after = placeOf(page.conversations.at(-1));
        if (!page.more || !after || seen >= wanted) break;
        page = await list(after, limits.maxPageSize);
      }
      if (mine !== fetchNumber) return;
      if (page.more && after) cut(after);
    } catch (error) {
      if (mine !== fetchNumber) return;
      const code = fail(error);
      // Cards that are shown would be stale until the next join.
      const again = code !== 'connection_lost' && mayPass(code) && !$list.get().error;
      if (again) cancelRetry = clock.after(retryMs, () => void refresh());
    } finally {
      if (mine === fetchNumber) refreshing = false;
    }
    if (mine === fetchNumber && moreAsked) void fetchMore();
  }

  /** Forgets what was loaded beyond a place. */
  function cut(after: Place): void {
    for (const { conversation } of ordered.cards.slice(ordered.before(after))) {
      const { id } = conversation;
      if (id !== after.id && id !== held) ordered.drop(id);
    }
    show();
  }

  function fail(error: unknown): ErrorCode {
    const { code, message } = error instanceof CodedError ? error : new CodedError('internal');
    // The next join fetches again; cards that are shown stay.
    const silent = code === 'connection_lost' || ordered.size > 0;
    $list.set({
      ...$list.get(),
      loadingMore: false,
      ...(silent ? {} : { status: 'error' as const, error: { code, message } }),
    });
    return code;
  }

  async function fetchMore(): Promise<void> {
    const after = placeOf(lastInView());
    const { more, loadingMore } = $list.get();
    if (!after || !more || loadingMore || !inbox.joined) return;
    moreAsked = refreshing;
    if (refreshing) return;
    const mine = fetchNumber;
    $list.set({ ...$list.get(), loadingMore: true });
    try {
      // Who has come so far down goes on.
      const window = await list(after, limit());
      if (mine === fetchNumber) take(window, after);
    } catch (error) {
      if (mine === fetchNumber) fail(error);
    }
  }

  let agents: ReadonlyMap<string, Agent> = new Map();

  function followAgents(next: ReadonlyMap<string, Agent>): void {
    const before = agents;
    agents = next;
    const ids = new Set([...before.keys(), ...next.keys()]);
    const changed = [...ids].filter((id) => {
      const [was, is] = [before.get(id), next.get(id)];
      return was?.status !== is?.status || was?.availableSince !== is?.availableSince;
    });
    if (changed.length === 0) return;
    ordered.touchWaitingFor(changed);
    pacer.changed();
  }

  function lookAgain(): void {
    ordered.touchAll();
    pacer.changed();
  }

  const retained = createRetained(clock, () => {
    let me = inbox.$me.get()?.id;
    agents = inbox.$agents.get();
    const stops = [
      cache.listen(onChange),
      cache.claim(ordered.has),
      inbox.$agents.listen(followAgents),
      inbox.$missedAfterMs.listen(lookAgain),
      inbox.$me.listen((next) => {
        if (next?.id === me) return;
        me = next?.id;
        lookAgain();
      }),
      inbox.addWindow({
        view,
        get shown() {
          return $list.lc > counting;
        },
        get limit() {
          return limit();
        },
        joined: (window) => void refresh(window),
        refused: (error) => $list.set({ ...$list.get(), status: 'error', error }),
      }),
      inbox.retain(),
    ];
    // What changed while it rested is fetched; what is known is shown as it is now.
    ordered.touchAll();
    if (inbox.joined) void refresh();
    return () => {
      fetchNumber++;
      refreshing = false;
      cancelRetry?.();
      cancelTimer?.();
      cancelTimer = null;
      pacer.done();
      for (const stop of stops) stop();
    };
  });
  retainWhileObserved([$list], retained.retain);

  return {
    view,
    $list,
    get dots() {
      return ordered.dots;
    },
    onCount(listener) {
      counting += 1;
      const stop = $list.listen(listener);
      return () => {
        counting -= 1;
        stop();
      };
    },
    loadMore: () => void fetchMore(),
    retry() {
      $list.set({ ...$list.get(), status: 'loading', error: null });
      inbox.retry();
      if (inbox.joined) void refresh();
    },
    hold(conversationId) {
      if (held === conversationId) return;
      const before = held;
      held = conversationId;
      if (before !== null) ordered.touch(before);
      const conversation = conversationId === null ? undefined : cache.get(conversationId);
      if (conversation && belongs(conversation)) ordered.admit(conversation.id);
      if ($list.get().status === 'ready') show();
    },
  };
}

function placeOf(conversation: Conversation | undefined): Place | null {
  return conversation ? { activeAt: conversation.activeAt, id: conversation.id } : null;
}
