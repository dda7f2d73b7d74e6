import type { SortOrder } from '../../domain/index.js';
import type { StoredConversation } from './workspace.js';

interface Row {
  at: number;
  id: string;
  conversation: StoredConversation;
}

type Place = Pick<Row, 'at' | 'id'>;

/** Conversations by their last activity, so that a window of very many costs its own rows only. */
export interface Activity {
  /** Puts each where its `activeAt` says, whether it stood somewhere before or not. */
  place(conversations: readonly StoredConversation[]): void;
  remove(conversation: StoredConversation): void;
  /** All after a card, or from the start. */
  rows(
    order: SortOrder,
    after?: { activeAt: number; id: string } | null,
  ): Iterable<StoredConversation>;
}

const compare = (a: Place, b: Place): number =>
  a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

export function createActivity(): Activity {
  /** Oldest first. */
  let rows: Row[] = [];
  const placed = new Map<string, Row>();

  /** How many stand before the place. */
  function before(place: Place): number {
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = rows[middle];
      if (row && compare(row, place) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function remove({ id }: { id: string }): void {
    const row = placed.get(id);
    if (!row) return;
    placed.delete(id);
    rows.splice(before(row), 1);
  }

  return {
    place(conversations) {
      for (const conversation of conversations) {
        const { id, activeAt } = conversation;
        if (placed.get(id)?.at === activeAt) continue;
        remove(conversation);
        const row = { at: activeAt, id, conversation };
        placed.set(id, row);
        if (conversations.length > 1) rows.push(row);
        else rows.splice(before(row), 0, row);
      }
      if (conversations.length > 1) rows = rows.sort(compare);
    },
    remove,
    *rows(order, after = null) {
      const place = after && { at: after.activeAt, id: after.id };
      if (order === 'oldest') {
        let index = place ? before(place) : 0;
        if (place && rows[index]?.id === place.id) index++;
        for (let row = rows[index]; row; row = rows[++index]) yield row.conversation;
      } else {
        let index = (place ? before(place) : rows.length) - 1;
        for (let row = rows[index]; row; row = rows[--index]) yield row.conversation;
      }
    },
  };
}
