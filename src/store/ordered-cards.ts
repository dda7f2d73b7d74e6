import {
  compareInView,
  type Conversation,
  type DotForecast,
  type SortOrder,
} from '../domain/index.js';
import type { Card } from './list.js';

/**
 * The cards of a list in their order. A change costs what it touches and one copy of the row of
 * references, whether there are 50 cards or 100,000 (S3.13).
 */
export interface OrderedCards {
  readonly size: number;
  /** How many of them have a dot. */
  readonly dots: number;
  has(id: string): boolean;
  /** As the last `update` left them; never changed in place. */
  readonly cards: readonly Card[];
  /** A new member, which the next `update` shows if `find` knows it. */
  admit(id: string): void;
  drop(id: string): void;
  /** Looked at again by the next `update`; what is no member is left alone. */
  touch(id: string): void;
  touchAll(): void;
  /** Those that wait for an answer of one of these agents. */
  touchWaitingFor(agentIds: Iterable<string>): void;
  /** Brings all that was touched, or is due by `now`, up to date. */
  update(now: number): readonly Card[];
  /** When the next dot changes by itself, epoch ms; null where none will. */
  nextDue(): number | null;
  /** How many cards stand before this place. */
  before(place: Pick<Conversation, 'activeAt' | 'id'>): number;
}

export interface OrderedCardsOptions {
  order: SortOrder;
  /** The conversation of a member; undefined where it has no place any more. */
  find(id: string): Conversation | undefined;
  forecast(conversation: Conversation): DotForecast;
}

interface Due {
  id: string;
  at: number;
}

interface Change {
  from: Card | undefined;
  to: Card | null;
}

/** From so many changes at once on, and this share of all, the whole row is sorted anew. */
const manyAtOnce = 50;
const shareAtOnce = 0.02;

export function createOrderedCards({ order, find, forecast }: OrderedCardsOptions): OrderedCards {
  const members = new Set<string>();
  /** The cards that stand in the row, by id. */
  const shown = new Map<string, Card>();
  const touched = new Set<string>();
  const dueAt = new Map<string, number>();
  const waitingFor = new Map<string, Set<string>>();
  let due: Due[] = [];
  let cards: readonly Card[] = [];
  let dots = 0;

  function place(row: readonly Card[], at: Pick<Conversation, 'activeAt' | 'id'>): number {
    let low = 0;
    let high = row.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const card = row[middle];
      if (card && compareInView(card.conversation, at, order) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function awaitDue(id: string, at: number | null): void {
    if (at === null) dueAt.delete(id);
    else if (dueAt.get(id) !== at) {
      dueAt.set(id, at);
      push(due, { id, at });
      if (due.length > dueAt.size * 2 + manyAtOnce) {
        due = [];
        for (const [each, time] of dueAt) push(due, { id: each, at: time });
      }
    }
  }

  function follow(known: Conversation | undefined, next: Conversation | undefined): void {
    const agentsOf = (conversation: Conversation | undefined): readonly string[] =>
      conversation?.waitingSince == null ? [] : conversation.assigneeIds;
    for (const agent of agentsOf(known)) waitingFor.get(agent)?.delete(known?.id ?? '');
    for (const agent of agentsOf(next)) {
      const ids = waitingFor.get(agent) ?? new Set();
      waitingFor.set(agent, ids.add(next?.id ?? ''));
    }
  }

  /** Null where it has no place any more. */
  function renewed(id: string, known: Card | undefined): Card | null {
    const conversation = members.has(id) ? find(id) : undefined;
    if (known?.conversation !== conversation) follow(known?.conversation, conversation);
    if (!conversation) {
      members.delete(id);
      awaitDue(id, null);
      return null;
    }
    const { dot, changesAt } = forecast(conversation);
    awaitDue(id, changesAt);
    const same = known?.conversation === conversation && known.dot === dot;
    return same ? known : { conversation, dot };
  }

  function takeDue(now: number): void {
    for (let first = due[0]; first && first.at <= now; first = due[0]) {
      pop(due);
      if (dueAt.get(first.id) !== first.at) continue;
      dueAt.delete(first.id);
      touched.add(first.id);
    }
  }

  function update(now: number): readonly Card[] {
    takeDue(now);
    const changes: Change[] = [];
    for (const id of touched) {
      const from = shown.get(id);
      const to = renewed(id, from);
      if ((from ?? null) === to) continue;
      changes.push({ from, to });
      dots += hasDot(to) - hasDot(from);
      if (to) shown.set(id, to);
      else shown.delete(id);
    }
    touched.clear();
    if (changes.length === 0) return cards;
    const many = changes.length > Math.max(manyAtOnce, cards.length * shareAtOnce);
    return (cards = many ? sortAnew() : changeSome(changes));
  }

  function sortAnew(): Card[] {
    return [...shown.values()].sort((a, b) => compareInView(a.conversation, b.conversation, order));
  }

  function changeSome(changes: readonly Change[]): Card[] {
    const row = cards.slice();
    for (const { from, to } of changes) {
      const at = from ? place(row, from.conversation) : -1;
      if (to && from?.conversation.activeAt === to.conversation.activeAt) {
        row[at] = to;
        continue;
      }
      if (from) row.splice(at, 1);
      if (to) row.splice(place(row, to.conversation), 0, to);
    }
    return row;
  }

  return {
    get size() {
      return members.size;
    },
    get dots() {
      return dots;
    },
    has: (id) => members.has(id),
    get cards() {
      return cards;
    },
    admit(id) {
      members.add(id);
      touched.add(id);
    },
    drop(id) {
      if (members.delete(id)) touched.add(id);
    },
    touch(id) {
      if (members.has(id)) touched.add(id);
    },
    touchAll() {
      for (const id of members) touched.add(id);
    },
    touchWaitingFor(agentIds) {
      for (const agent of agentIds) {
        for (const id of waitingFor.get(agent) ?? []) touched.add(id);
      }
    },
    update,
    nextDue: () => due[0]?.at ?? null,
    before: (at) => place(cards, at),
  };
}

function hasDot(card: Card | null | undefined): number {
  return card && card.dot !== 'none' ? 1 : 0;
}

function push(heap: Due[], added: Due): void {
  let at = heap.length;
  heap.push(added);
  while (at > 0) {
    const above = (at - 1) >>> 1;
    const parent = heap[above];
    if (!parent || parent.at <= added.at) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = added;
}

function pop(heap: Due[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let at = 0;
  for (;;) {
    let below = at * 2 + 1;
    const [left, right] = [heap[below], heap[below + 1]];
    if (right && left && right.at < left.at) below++;
    const child = heap[below];
    if (!child || child.at >= last.at) break;
    heap[at] = child;
    at = below;
  }
  heap[at] = last;
}
