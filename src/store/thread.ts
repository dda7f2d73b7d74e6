import { deliveryState, type Author, type Mark, type Message } from '../domain/index.js';
import type { Pending } from './outbox.js';
import type { ThreadItem } from './thread-item.js';

export interface ThreadInput {
  messages: readonly Message[];
  pending: readonly Pending[];
  /** Whom the client belongs to; ids of contacts are not compared, a thread has one. */
  self: Author;
  /** How far the other side has come. */
  otherSide: Mark;
}

/** The rows of a thread: stored messages by position, then those on their way. */
export function threadItems({ messages, pending, self, otherSide }: ThreadInput): ThreadItem[] {
  const stored = new Set<string>();
  const items = messages.map((message): ThreadItem => {
    const own = isOwn(message, self);
    // Unique among one's own only: what others chose hides nothing that waits here.
    const key = own ? (message.clientId ?? message.id) : message.id;
    stored.add(key);
    return {
      kind: message.kind,
      author: message.author,
      text: message.text,
      format: message.format,
      system: message.system,
      attachments: message.attachments,
      mentions: message.mentions,
      email: message.email,
      createdAt: message.createdAt,
      editedAt: message.editedAt,
      deletedAt: message.deletedAt,
      key,
      id: message.id,
      position: message.position,
      own,
      // The contact never gets a comment, so nobody can have read it.
      state: own ? (message.kind === 'reply' ? deliveryState(message, otherSide) : 'sent') : null,
      error: null,
    };
  });
  for (const { key, kind, text, attachments, mentions, createdAt, state, error } of pending) {
    if (stored.has(key)) continue;
    items.push({
      kind,
      author: self,
      text,
      format: self.type === 'agent' ? 'markdown' : 'plain',
      system: null,
      attachments: attachments ?? [],
      mentions: mentions ?? [],
      email: null,
      createdAt,
      editedAt: null,
      deletedAt: null,
      key,
      id: null,
      position: null,
      own: true,
      state,
      error,
    });
  }
  return items;
}

/** Keys of what is on its way and stored by now, whether or not that was answered. */
export function arrivedKeys({ messages, pending, self }: Omit<ThreadInput, 'otherSide'>): string[] {
  if (pending.length === 0) return [];
  const waiting = new Set(pending.map(({ key }) => key));
  return messages.flatMap((message) =>
    message.clientId !== null && waiting.has(message.clientId) && isOwn(message, self)
      ? [message.clientId]
      : [],
  );
}

function isOwn({ author }: Message, self: Author): boolean {
  return author.type === self.type && (self.type === 'contact' || author.id === self.id);
}

/** Position of the newest message of somebody else; 0 when there is none. */
export function newestPosition(messages: readonly Message[], self: Author): number {
  return messages.findLast((message) => !isOwn(message, self))?.position ?? 0;
}

/** The later snapshot of one thing; one of a lower version is stale. */
export function later<T extends { version: number }>(known: T | null | undefined, next: T): T {
  return known && known.version > next.version ? known : next;
}
