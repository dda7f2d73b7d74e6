import type { ReadableAtom } from 'nanostores';
import type {
  Attachment,
  Contact,
  ContactBlock,
  ContactPatch,
  Conversation,
  Visit,
} from '../domain/index.js';
import type { ContactEarlier, ConversationWindow } from '../protocol/index.js';
import type { FileSource } from './file-source.js';
import type { Thread, Typist } from './thread-item.js';
import type { Uploads } from './uploads.js';

export interface Draft {
  kind: 'reply' | 'comment';
  reply: string;
  comment: string;
}

/** A message that waits for its files. */
export interface Waiting {
  text: string;
  mentions: readonly string[];
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
  /** True once somebody deleted the conversation; `$thread` says so as an error then. */
  readonly $removed: ReadableAtom<boolean>;
  /** What `sendWhenReady` holds, by kind; null where nothing waits. */
  readonly $waiting: ReadableAtom<Readonly<Record<Draft['kind'], Waiting | null>>>;
  /** Changing a text that waits for its files takes the message back. */
  setDraft(draft: Partial<Draft>): void;
  /**
   * Puts the message into the outbox; never fails, never blocks. Without text and files it is
   * ignored. False where nothing was taken: also while `$me` is null, since it could not be kept
   * for its author alone, and in an earlier or deleted conversation. `mentions` are ids of agents,
   * for comments only (S3.29).
   */
  send(
    kind: Draft['kind'],
    text: string,
    attachments?: readonly Attachment[],
    mentions?: readonly string[],
  ): boolean;
  /**
   * Sends the text with what was added to `uploads(kind)`, as soon as all of that is there: at once
   * where it is (S3.26). Until then text and files stay where they are; a file that fails holds the
   * message until it is tried again or removed. The draft of that kind is emptied when it is sent.
   * False where nothing was taken, as for `send`.
   */
  sendWhenReady(kind: Draft['kind'], text: string, mentions?: readonly string[]): boolean;
  /** Takes back what waits for its files. */
  cancelWaiting(kind: Draft['kind']): void;
  /** Files for the next reply or comment; null where the client was made without `upload`. */
  uploads(kind: Draft['kind']): Uploads | null;
  /** Addresses of files in this conversation. */
  signFiles: FileSource['signFiles'];
  /** Epoch ms on the server's clock. */
  now(): number;
  retry(key: string): void;
  discard(key: string): void;
  edit(messageId: string, text: string): Promise<void>;
  delete(messageId: string): Promise<void>;
  /** Hands a reply that could not be sent by email over once more. Rejects with a `CodedError`. */
  retryEmail(messageId: string): Promise<void>;
  loadOlder(): void;
  /** Tells that all up to the newest message was seen. */
  markRead(): void;
  setTyping(kind: Draft['kind'], typing: boolean): void;
  /** These reject with a `CodedError` when refused, and what was shown is undone. */
  assign(assigneeIds: string[]): Promise<void>;
  assignGroup(groupId: string | null): Promise<void>;
  close(): Promise<void>;
  reopen(): Promise<void>;
  /** Edits of different fields by several agents all last (S3.35). */
  updateContact(patch: ContactPatch): Promise<void>;
  block(how: ContactBlock): Promise<void>;
  unblock(): Promise<void>;
  /** Deletes the conversation with its messages and files. */
  remove(): Promise<void>;
  /** Earlier conversations of the contact, the newest first, after the last one of a page. */
  earlier(before?: ContactEarlier['before']): Promise<ConversationWindow>;
  /** Tries again after `$thread` shows an error. */
  reload(): void;
}
