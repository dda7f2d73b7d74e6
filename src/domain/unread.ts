import type { AuthorType, Message } from './message.js';

/** Messages of the other side that `viewer` has not read; deleted and system lines do not count. */
export function unreadCount(
  messages: Iterable<Pick<Message, 'kind' | 'author' | 'position' | 'deletedAt'>>,
  readPosition: number,
  viewer: Exclude<AuthorType, 'system'>,
): number {
  let count = 0;
  for (const message of messages) {
    if (message.kind !== 'reply' || message.deletedAt !== null) continue;
    if (message.author.type !== viewer && message.position > readPosition) count++;
  }
  return count;
}
