import type { ShownBefore } from './outbox.js';
import type { ThreadItem } from './thread-item.js';
import type { VisitorParts } from './visitor-acts.js';
import type { Rows } from './visitor-thread.js';

/**
 * Puts what the page showed by itself before the visitor's message with which it goes to the server,
 * or at the end while there is none.
 */
export function shownRows({ clock, $shown }: Pick<VisitorParts, 'clock' | '$shown'>): Rows {
  /** A row stays the object that it was, and keeps its time. */
  const made = new WeakMap<ShownBefore, ThreadItem>();
  let count = 0;

  function row(shown: ShownBefore): ThreadItem {
    const known = made.get(shown);
    if (known) return known;
    const item: ThreadItem = {
      kind: 'system',
      author: { type: 'system', id: null, name: null, avatarUrl: null },
      text: '',
      format: 'plain',
      system: { type: 'shown', ...shown },
      attachments: [],
      mentions: [],
      email: null,
      createdAt: clock.now(),
      editedAt: null,
      deletedAt: null,
      key: `shown/${++count}`,
      id: null,
      position: null,
      own: false,
      state: null,
      error: null,
    };
    made.set(shown, item);
    return item;
  }

  return (items, pending) => {
    const now = $shown.get();
    if (now.length === 0 && !pending.some(({ shown }) => shown)) return items;
    const before = new Map(pending.map(({ key, shown }) => [key, shown]));
    const rows = items.flatMap((item) => {
      // Once the message is stored, so are they.
      const shown = item.id === null ? before.get(item.key) : undefined;
      return shown ? [...shown.map(row), item] : [item];
    });
    return [...rows, ...now.map(row)];
  };
}
