import type { Thread, ThreadItem } from '../../store/thread-item.js';
import { isUnread, threadRows, type ThreadRow } from '../shared/thread-rows.js';

/** So many of the latest messages are enough for what is seen first. */
const latest = 150;

/**
 * The rows of a thread, of which only those are made anew that follow a change. Those of a long
 * thread begin near its end, until the page has time for all of them.
 */
export class RowMemory {
  rows: readonly ThreadRow[] = [];
  /** Whether every message has its row. */
  whole = false;
  #items: Thread['items'] = [];
  #newAfter: number | null = null;
  #from = 0;

  reset(): void {
    this.rows = [];
    this.whole = false;
    this.#items = [];
    this.#newAfter = null;
    this.#from = 0;
  }

  /** Makes rows of every message; true if that was not so before. */
  complete(): boolean {
    if (this.whole) return false;
    this.whole = true;
    return this.#from > 0;
  }

  follow({ items, newAfter }: Pick<Thread, 'items' | 'newAfter'>): readonly ThreadRow[] {
    if (items.length > 0 && items.length <= latest) this.whole = true;
    const from = this.whole ? 0 : Math.max(0, items.length - latest);
    if (items === this.#items && newAfter === this.#newAfter && from === this.#from) {
      return this.rows;
    }
    const kept = newAfter === this.#newAfter && from === this.#from ? this.#kept(items) : 0;
    if (kept < items.length || kept < this.#items.length) {
      this.rows =
        kept > from
          ? this.#after(items, kept, newAfter)
          : threadRows(items.slice(from), beginsIn(items, from, newAfter));
    }
    this.#items = items;
    this.#newAfter = newAfter;
    this.#from = from;
    return this.rows;
  }

  /** How many messages at the beginning are as they were. */
  #kept(items: Thread['items']): number {
    const shorter = Math.min(items.length, this.#items.length);
    let at = 0;
    while (at < shorter && items[at] === this.#items[at]) at++;
    return at;
  }

  /** The rows before the last message that stayed, and then new ones: what follows it may join it. */
  #after(items: Thread['items'], kept: number, newAfter: number | null): ThreadRow[] {
    let at = this.rows.length;
    for (let left = this.#items.length - kept + 1; left > 0 && at > 0;) {
      if (this.rows[--at]?.type === 'message') left--;
    }
    return threadRows(items.slice(kept - 1), newAfter, this.rows.slice(0, at));
  }
}

/** Null where the first unread message stands further up: it gets its divider with the rest. */
function beginsIn(
  items: readonly ThreadItem[],
  from: number,
  newAfter: number | null,
): number | null {
  if (newAfter === null) return null;
  for (let at = from - 1; at >= 0; at--) {
    const item = items[at];
    if (item && isUnread(item, newAfter)) return null;
    if (item && item.position !== null && item.position <= newAfter) break;
  }
  return newAfter;
}
