import type { ThreadItem } from '../../store/thread-item.js';

/** One message and where it stands among its neighbours. */
export interface MessageRow {
  type: 'message';
  key: string;
  item: ThreadItem;
  /** First and last of a run: one author, one kind, one minute. */
  first: boolean;
  last: boolean;
}

/** Something between messages: the day that begins, or the first unread message. */
export type ThreadRow =
  MessageRow | { type: 'day'; key: string; at: number } | { type: 'new'; key: string };

/**
 * Rows of a thread: day dividers, the divider of new messages, and runs of messages by one author
 * within one minute (S3.18). They are added to `rows` of earlier messages.
 */
export function threadRows(
  items: readonly ThreadItem[],
  newAfter: number | null,
  rows: ThreadRow[] = [],
): ThreadRow[] {
  const last = rows.at(-1);
  const day = rows.findLast((row) => row.type === 'day');
  let before: MessageRow | null = last?.type === 'message' ? last : null;
  let divided = newAfter === null || rows.some(({ type }) => type === 'new');
  let tomorrow = day ? dayAfter(day.at) : -Infinity;
  for (const item of items) {
    let joined: boolean = before !== null && isSameRun(before.item, item);
    if (item.createdAt >= tomorrow) {
      rows.push({ type: 'day', key: `day:${item.key}`, at: item.createdAt });
      tomorrow = dayAfter(item.createdAt);
      joined = false;
    }
    if (!divided && isUnread(item, newAfter ?? 0)) {
      rows.push({ type: 'new', key: 'new' });
      divided = true;
      joined = false;
    }
    if (before && joined) before.last = false;
    before = { type: 'message', key: item.key, item, first: !joined, last: true };
    rows.push(before);
  }
  return rows;
}

function dayAfter(at: number): number {
  return new Date(at).setHours(24, 0, 0, 0);
}

function isSameRun(a: ThreadItem, b: ThreadItem): boolean {
  return (
    a.kind === b.kind &&
    a.kind !== 'system' &&
    a.own === b.own &&
    a.author.type === b.author.type &&
    a.author.id === b.author.id &&
    Math.floor(a.createdAt / 60_000) === Math.floor(b.createdAt / 60_000)
  );
}

/** Whether a message comes after this position, and is one that somebody else wrote. */
export function isUnread(item: ThreadItem, newAfter: number): boolean {
  return !item.own && item.kind !== 'system' && item.position !== null && item.position > newAfter;
}
