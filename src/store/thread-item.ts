import type { Attachment, DeliveryState, Message } from '../domain/index.js';
import type { ErrorCode } from '../protocol/index.js';

export interface ShownError {
  code: ErrorCode;
  message: string;
}

/** One row of a thread: a stored message, or one still on its way. */
export interface ThreadItem extends Pick<
  Message,
  | 'kind'
  | 'author'
  | 'text'
  | 'format'
  | 'system'
  | 'email'
  | 'createdAt'
  | 'editedAt'
  | 'deletedAt'
> {
  attachments: readonly Attachment[];
  /** Ids of the agents whom a comment names (S3.29). */
  mentions: readonly string[];
  /** Stable from typing to storage: the `clientId` of one's own where there is one, else the id. */
  key: string;
  /** Null until stored. */
  id: string | null;
  /** Null until stored. */
  position: number | null;
  /** Written by whom the client belongs to. */
  own: boolean;
  /** Of one's own messages only. */
  state: DeliveryState | null;
  /** Why it failed, or why it waits. */
  error: ShownError | null;
}

export interface Thread {
  /** `empty`: there is no conversation yet (visitors only). */
  status: 'loading' | 'ready' | 'empty' | 'error';
  error: ShownError | null;
  /** Stored ones by position, then those on their way in the order of writing. */
  items: readonly ThreadItem[];
  hasOlder: boolean;
  loadingOlder: boolean;
  /** `position` after which messages were unread when the thread was opened; null when none. */
  newAfter: number | null;
}

/** Somebody who writes just now. */
export interface Typist {
  type: 'contact' | 'agent';
  id: string;
  name: string | null;
  avatarUrl: string | null;
}
