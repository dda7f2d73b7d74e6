import type { ReadableAtom } from 'nanostores';
import type {
  Agent,
  AgentStatus,
  Attachment,
  Conversation,
  Counts,
  EmailTemplate,
  Group,
  Hours,
  Me,
  Preferences,
  SavedReply,
  View,
} from '../domain/index.js';
import type {
  BlockedContacts,
  ContactsBlocked,
  ContactsFound,
  ConversationStart,
  GroupSave,
  Mail,
  ReplySave,
  TemplateSave,
} from '../protocol/index.js';
import type { Connection } from '../transport/transport.js';
import type { ConversationStore } from './conversation.js';
import type { ListStore, SearchStore } from './list.js';
import type { OnRing } from './ring.js';
import type { Uploads } from './uploads.js';

/** An email that starts a conversation (S3.4). */
export interface NewEmail {
  to: ConversationStart['to'];
  subject: string;
  text: string;
  attachments?: readonly Attachment[];
}

/** An email that is not sent yet. */
export interface EmailDraft {
  /** Of the contact that was chosen; null where an address was typed. */
  contactId: string | null;
  /** The contact's name or address, or the typed address. */
  to: string;
  subject: string;
  text: string;
}

export type FoundContact = ContactsFound['contacts'][number];

/**
 * What an agent is told of on the desktop (S3.36).
 * - `message`: a contact wrote.
 * - `assigned`: somebody else assigned the conversation to the agent (S3.16).
 * - `mentioned`: a comment names the agent (S3.29).
 */
export interface Notice {
  kind: 'message' | 'assigned' | 'mentioned';
  /** One for each thing told: a `Notification`'s tag. */
  key: string;
  /** As it is when the notice is due. */
  conversation: Conversation;
}

/** Everything an agent's screens need, with no element at all. */
export interface AgentClient {
  readonly $connection: ReadableAtom<Connection>;
  readonly $workspace: ReadableAtom<{ id: string; name: string } | null>;
  /** With one's own changes that are not confirmed yet. */
  readonly $me: ReadableAtom<Me | null>;
  /** By id; me included. */
  readonly $agents: ReadableAtom<ReadonlyMap<string, Agent>>;
  readonly $groups: ReadableAtom<readonly Group[]>;
  /** Shared ones and one's own, by shortcut (S3.24). */
  readonly $replies: ReadableAtom<readonly SavedReply[]>;
  /** By name (S3.25). */
  readonly $templates: ReadableAtom<readonly EmailTemplate[]>;
  /** Whether emails can be sent, and as whom; null before the first join. */
  readonly $mail: ReadableAtom<Mail | null>;
  readonly $counts: ReadableAtom<Counts | null>;
  /** Conversations with a dot within the scope of `preferences.badge`, at most 100 (S3.36). */
  readonly $badge: ReadableAtom<number>;
  /** One store per distinct view. */
  list(view: View): ListStore;
  /** A search field's own store, a new one each time. */
  search(): SearchStore;
  /** One store per conversation. */
  conversation(id: string): ConversationStore;
  /** These show at once, and reject with a `CodedError` when refused: what was shown is undone. */
  setStatus(status: AgentStatus): Promise<void>;
  setPreferences(patch: Partial<Preferences>): Promise<void>;
  setHours(hours: Hours | null): Promise<void>;
  /** These reject with a `CodedError`; the stores follow once the server says so. */
  saveGroup(group: GroupSave): Promise<Group>;
  deleteGroup(id: string): Promise<void>;
  saveReply(reply: ReplySave): Promise<SavedReply>;
  deleteReply(id: string): Promise<void>;
  saveTemplate(template: TemplateSave): Promise<EmailTemplate>;
  deleteTemplate(id: string): Promise<void>;
  /**
   * Closes, reopens or deletes many (S3.10). Resolves with the ids that were done: others are gone.
   * A closing is shown at once. Rejects with a `CodedError`: what was not done is undone on screen.
   */
  closeConversations(ids: readonly string[]): Promise<string[]>;
  reopenConversations(ids: readonly string[]): Promise<string[]>;
  deleteConversations(ids: readonly string[]): Promise<string[]>;
  /**
   * Sends an email to somebody (S3.4). Tried again with the same content after it failed, it starts
   * no second conversation. Rejects with a `CodedError`.
   */
  startConversation(email: NewEmail): Promise<Conversation>;
  /** The email that is being written; it survives a reload. */
  readonly $emailDraft: ReadableAtom<EmailDraft>;
  setEmailDraft(draft: Partial<EmailDraft>): void;
  /** Files for a new email, a new store each time; null where the client was made without `files`. */
  uploads(): Uploads | null;
  /** Contacts by the beginning of a name or address, at most 20. */
  findContacts(query: string): Promise<FoundContact[]>;
  /** Contacts that may not write, the latest first (S3.17). */
  blockedContacts(before?: ContactsBlocked['before']): Promise<BlockedContacts>;
  liftBlock(contactId: string): Promise<void>;
  /** Epoch ms on the server's clock. */
  now(): number;
  /** Calls when a sound is due, as `preferences.sound` says, in one tab; never while offline. */
  onRing(listener: OnRing): () => void;
  /** Calls when a desktop notification is due, as `preferences.desktop` says, in one tab. */
  onNotice(listener: (notice: Notice) => void): () => void;
  connect(): void;
  disconnect(): void;
}
