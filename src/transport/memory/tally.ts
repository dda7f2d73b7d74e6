import type { Counts } from '../../domain/index.js';
import type { StoredConversation } from './workspace.js';

/** Open conversations per view, kept up to date one by one. */
export interface Tally {
  update(conversation: StoredConversation): void;
  remove(conversation: Pick<StoredConversation, 'id'>): void;
  counts(): Counts;
  /** Open conversations of each agent. */
  readonly open: ReadonlyMap<string, number>;
}

export function createTally(): Tally {
  const counted = new Map<string, readonly string[]>();
  const open = new Map<string, number>();
  let unassigned = 0;

  function add(assigneeIds: readonly string[], by: 1 | -1): void {
    if (assigneeIds.length === 0) unassigned += by;
    for (const id of assigneeIds) {
      const next = (open.get(id) ?? 0) + by;
      if (next === 0) open.delete(id);
      else open.set(id, next);
    }
  }

  function remove({ id }: Pick<StoredConversation, 'id'>): void {
    const before = counted.get(id);
    if (!before) return;
    counted.delete(id);
    add(before, -1);
  }

  return {
    open,
    remove,
    update(conversation) {
      remove(conversation);
      const { id, live, state, assigneeIds } = conversation;
      if (!live || state !== 'open') return;
      counted.set(id, [...assigneeIds]);
      add(assigneeIds, 1);
    },
    counts: () => ({ unassigned, all: counted.size, byAgent: Object.fromEntries(open) }),
  };
}
