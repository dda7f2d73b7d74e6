import type { ReadableAtom } from 'nanostores';
import type {
  Agent,
  AgentStatus,
  Contact,
  ContactPatch,
  Conversation,
  Counts,
  Dot,
  Group,
  Me,
  View,
  Visit,
} from '../domain/index.js';
import type { Connection } from '../transport/transport.js';
import type { ShownError, Thread, Typist } from './thread-item.js';

export interface Card {
  conversation: Conversation;
  /** Changes by itself at the second it should (S2.5). */
  dot: Dot;
}

export interface List {
  status: 'loading' | 'ready' | 'error';
  error: ShownError | null;
  /** Sorted as the view says, the held conversation included (S3.14). */
  cards: readonly Card[];
  more: boolean;
  loadingMore: boolean;
}

/** A live window over one view. Loads with its first subscriber, rests after its last. */
export interface ListStore {
  readonly view: View;
  readonly $list: ReadableAtom<List>;
  loadMore(): void;
  retry(): void;
  /** Keeps this conversation's card although it left the view; null lets go. */
  hold(conversationId: string | null): void;
}

/** One conversation, live. Joins its topic with the first subscriber of any store, leaves after the last. */
export interface ConversationStore {
  readonly id: string;
  readonly $thread: ReadableAtom<Thread>;
  readonly $conversation: ReadableAtom<Conversation | null>;
  readonly $contact: ReadableAtom<Contact | null>;
  readonly $visit: ReadableAtom<Visit | null>;
  readonly $typing: ReadableAtom<readonly Typist[]>;
  /** Ids of other agents who look at it. */
  readonly $viewers: ReadableAtom<readonly string[]>;
  readonly $draft: ReadableAtom<Draft>;
  setDraft(draft: Partial<Draft>): void;
  /** Puts the message into the outbox; never fails, never blocks. Empty text is ignored. */
  send(kind: 'reply' | 'comment', text: string): void;
  retry(key: string): void;
  discard(key: string): void;
  edit(messageId: string, text: string): Promise<void>;
  delete(messageId: string): Promise<void>;
  loadOlder(): void;
  /** Tells that all up to the newest message was seen. */
  markRead(): void;
  setTyping(kind: 'reply' | 'comment', typing: boolean): void;
  /** These reject with a `CodedError` when refused, and what was shown is undone. */
  assign(assigneeIds: string[]): Promise<void>;
  close(): Promise<void>;
  reopen(): Promise<void>;
  updateContact(patch: ContactPatch): Promise<void>;
  /** Tries again after `$thread` shows an error. */
  reload(): void;
}

export interface Draft {
  kind: 'reply' | 'comment';
  reply: string;
  comment: string;
}

/** Everything an agent's screens need, with no element at all. */
export interface AgentClient {
  readonly $connection: ReadableAtom<Connection>;
  readonly $workspace: ReadableAtom<{ id: string; name: string } | null>;
  readonly $me: ReadableAtom<Me | null>;
  /** By id; me included. */
  readonly $agents: ReadableAtom<ReadonlyMap<string, Agent>>;
  readonly $groups: ReadableAtom<readonly Group[]>;
  readonly $counts: ReadableAtom<Counts | null>;
  /** One store per distinct view. */
  list(view: View): ListStore;
  /** One store per conversation. */
  conversation(id: string): ConversationStore;
  setStatus(status: AgentStatus): Promise<void>;
  /** Epoch ms on the server's clock. */
  now(): number;
  connect(): void;
  disconnect(): void;
}
