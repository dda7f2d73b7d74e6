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

export type Stored = Omit<ThreadInput, 'pending'>;

/** The rows of a thread: stored messages by position, then those on their way. */
export function threadItems(input: ThreadInput): readonly ThreadItem[] {
  return withWaiting(storedItems(input), input);
}

export function withWaiting(
  stored: readonly ThreadItem[],
  input: ThreadInput,
): readonly ThreadItem[] {
  const waiting = waitingItems(input, stored);
  return waiting.length === 0 ? stored : [...stored, ...waiting];
}

export function storedItems(input: Stored): readonly ThreadItem[] {
  return input.messages.map((message) => storedItem(message, input));
}

export function storedItem(message: Message, input: Stored): ThreadItem {
  const own = isOwn(message, input.self);
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
    // Unique among one's own only: what others chose hides nothing that waits here.
    key: own ? (message.clientId ?? message.id) : message.id,
    id: message.id,
    position: message.position,
    own,
    state: stateOf(message, input),
    error: null,
  };
}

export function stateOf(message: Message, { self, otherSide }: Stored): ThreadItem['state'] {
  if (!isOwn(message, self)) return null;
  // The contact never gets a comment, so nobody can have read it.
  return message.kind === 'reply' ? deliveryState(message, otherSide) : 'sent';
}

function waitingItems({ pending, self }: ThreadInput, stored: readonly ThreadItem[]): ThreadItem[] {
  if (pending.length === 0) return [];
  const waiting = new Map(pending.map((entry) => [entry.key, entry]));
  for (const { own, key } of stored) if (own) waiting.delete(key);
  return Array.from(
    waiting.values(),
    ({ key, kind, text, attachments, mentions, createdAt, state, error }): ThreadItem => ({
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
    }),
  );
}

/** Keys of what is on its way and stored by now, whether or not that was answered. */
export function arrivedKeys({ messages, pending, self }: Omit<ThreadInput, 'otherSide'>): string[] {
  if (pending.length === 0) return [];
  const waiting = new Set(pending.map(({ key }) => key));
  const arrived: string[] = [];
  for (const message of messages) {
    const { clientId } = message;
    if (clientId !== null && waiting.has(clientId) && isOwn(message, self)) arrived.push(clientId);
  }
  return arrived;
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
