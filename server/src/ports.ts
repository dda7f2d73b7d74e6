import type {
  Attachment,
  Author,
  Channel,
  ConversationState,
  Conversation,
  Counts,
  MessageFormat,
  EmailDelivery,
  MessageKind,
  Routing,
  SystemEvent,
  View,
  Visit,
  WorkspaceSettings,
  Rating,
} from '#kit/domain/index.js';
import type { Agents, Groups } from './agent-ports.js';
import type { Access, ContactRecord, Contacts } from './contact-ports.js';
import type { Attachments } from './file-ports.js';
import type { Archive } from './archive-ports.js';
import type { Changes } from './change-ports.js';
import type { Emails } from './mail-ports.js';
import type { SavedTexts } from './saved-text-ports.js';
import type { Removals } from './removal-ports.js';
import type { Search } from './search-ports.js';
import type { Jobs } from './job-ports.js';

export type { AccountRecord, AgentRecord, Agents, Groups } from './agent-ports.js';
export type { DomainEvent, EventBus } from './event-ports.js';

/** The interfaces that `adapters/` implement. Times are epoch ms, ids are opaque strings. */

export interface Clock {
  now(): number;
}

export interface Ids {
  /** A new id with a prefix that tells its kind, such as `cv_…`. */
  next(
    kind: 'ws' | 'ag' | 'ac' | 'gr' | 'ct' | 'vs' | 'cv' | 'ms' | 'at' | 'au' | 'vt' | 'sr' | 'tp',
  ): string;
}

export interface WorkspaceRecord {
  id: string;
  name: string;
  settings: WorkspaceSettings;
  /** Rises with every change of `settings` or `name`. */
  settingsVersion: number;
  /** Origins beside the server's own from which browsers may connect, such as `https://shop.example`. */
  allowedOrigins: string[];
  /** How host applications sign agents' tokens; null when they do not. */
  hostAuth: HostAuth | null;
  visitorAuth: VisitorAuth;
  createdAt: number;
}

/** How host applications sign who their visitors are. */
export interface VisitorAuth {
  /** Of HS256 tokens and HMACs; none refuses both, two while rotating. */
  secrets: string[];
  /** Bare visitor ids, which anybody who learns one can use, are taken too. */
  acceptBrevoVisitorIds: boolean;
}

/** One HS256 secret (two while rotating), or the address of a JWKS with RS256 or ES256 keys. */
export type HostAuth =
  | { type: 'secret'; secrets: string[]; issuer: string | null; audience: string | null }
  | { type: 'jwks'; url: string; issuer: string | null; audience: string | null };

/** A conversation as stored, with what only the server needs. */
export interface ConversationRecord {
  id: string;
  workspaceId: string;
  contactId: string;
  channel: Channel;
  state: ConversationState;
  /** False once it is an earlier conversation. */
  live: boolean;
  assigneeIds: string[];
  groupId: string | null;
  /** Numbers given so far; both dense. */
  lastSeq: number;
  lastPublicSeq: number;
  lastMessageId: string | null;
  activeAt: number;
  waitingSince: number | null;
  lastContactPosition: number;
  createdAt: number;
  closedAt: number | null;
  /** Of an email; null elsewhere. */
  subject: string | null;
  rating: Rating | null;
  /** By agent id, the position of the last comment that names them. */
  mentions: Record<string, number>;
  /** Its content is taken away by a job. */
  deletedAt: number | null;
  version: number;
}

export interface MessageRecord {
  id: string;
  conversationId: string;
  workspaceId: string;
  clientId: string | null;
  kind: MessageKind;
  author: Author;
  text: string;
  format: MessageFormat;
  system: SystemEvent | null;
  attachments: Attachment[];
  /** Agents whom a comment names. */
  mentions: string[];
  /** How a reply travels by email; null elsewhere. */
  email: EmailDelivery | null;
  /** `seq` of its creation. */
  position: number;
  seq: number;
  /** `publicSeq` of its creation and of its latest change; null where no visitor may see it. */
  publicPosition: number | null;
  publicSeq: number | null;
  createdAt: number;
  editedAt: number | null;
  deletedAt: number | null;
}

/** Which numbers a reader counts by: agents all, visitors the public ones. */
export type Audience = 'agent' | 'visitor';

export interface MessageRange {
  conversationId: string;
  audience: Audience;
  limit: number;
}

/** Positions are agents' numbers. */
export interface MarkRecord {
  delivered: number;
  read: number;
}

export interface Workspaces {
  create(workspace: WorkspaceRecord): Promise<void>;
  get(id: string): Promise<WorkspaceRecord | null>;
  /** Within a transaction: the row, locked until its end. */
  lock(id: string): Promise<WorkspaceRecord | null>;
  /**
   * Within a transaction: how conversations are given out, and who got the last one, locked until
   * its end. Whoever writes messages does not wait for it.
   */
  lockRouting(id: string): Promise<{ routing: Routing; last: string | null } | null>;
  /** Whom routing gave a conversation. */
  routed(id: string, agentId: string): Promise<void>;
  /** Within a transaction: serialises the making of the first workspace. */
  lockFirst(): Promise<void>;
  list(): Promise<WorkspaceRecord[]>;
  /** Stores the named fields; `settingsVersion` rises by one when `settings` or `name` is among them. */
  update(
    id: string,
    patch: Partial<
      Pick<WorkspaceRecord, 'name' | 'settings' | 'allowedOrigins' | 'hostAuth' | 'visitorAuth'>
    >,
  ): Promise<WorkspaceRecord | null>;
}

/** One-time sign-in links and browser sessions; only hashes are kept. */
export interface Sessions {
  createLink(link: { hash: string; agentId: string; expiresAt: number }): Promise<void>;
  /** Gives the agent's id once; null when used, expired or unknown. */
  consumeLink(hash: string, now: number): Promise<string | null>;
  create(session: {
    hash: string;
    agentId: string;
    createdAt: number;
    expiresAt: number;
  }): Promise<void>;
  find(hash: string, now: number): Promise<{ agentId: string } | null>;
  /** Whether the agent has a session whose hash begins so. */
  isLive(agentId: string, sessionId: string, now: number): Promise<boolean>;
  remove(hash: string): Promise<void>;
  /** Ends all of the agent's but the one whose hash begins so, and gives the hashes of those. */
  removeOthers(agentId: string, sessionId: string | null): Promise<string[]>;
}

export interface Visits {
  /** The latest visit with its latest 20 pages. */
  latest(contactId: string): Promise<Visit | null>;
  start(visit: Omit<Visit, 'pages'> & { contactId: string; workspaceId: string }): Promise<void>;
  addPage(visitId: string, page: { url: string; title: string; at: number }): Promise<void>;
}

/** A deleted one is not found by any of these, unless it says so. */
export interface Conversations {
  create(conversation: ConversationRecord): Promise<void>;
  get(id: string): Promise<ConversationRecord | null>;
  /** Within a transaction: the row, locked until its end. */
  lock(id: string): Promise<ConversationRecord | null>;
  live(contactId: string, channel: Channel): Promise<ConversationRecord | null>;
  /** Within a transaction: the live conversation's row, locked until its end. */
  lockLive(contactId: string, channel: Channel): Promise<ConversationRecord | null>;
  /** Within a transaction: the contact, locked; serialises the making of its live conversation. */
  lockContact(contactId: string): Promise<ContactRecord | null>;
  /** Stores the named fields and raises `version`; `assigneeIds` replaces the set. Keeps counts right. */
  update(
    id: string,
    patch: Partial<
      Pick<
        ConversationRecord,
        | 'state'
        | 'live'
        | 'assigneeIds'
        | 'groupId'
        | 'lastSeq'
        | 'lastPublicSeq'
        | 'lastMessageId'
        | 'activeAt'
        | 'waitingSince'
        | 'lastContactPosition'
        | 'closedAt'
        | 'subject'
        | 'rating'
        | 'mentions'
        | 'deletedAt'
      >
    >,
  ): Promise<ConversationRecord>;
  /**
   * Within a transaction, the row locked: nobody finds it any more but `wasDeleted`, and its content
   * waits for `Removals`.
   */
  delete(id: string, at: number): Promise<ConversationRecord>;
  wasDeleted(id: string, workspaceId: string): Promise<boolean>;
  /** As agents see it, whole. */
  snapshot(id: string): Promise<Conversation | null>;
  /** A contact's earlier conversations but one, newest first. */
  earlier(query: {
    contactId: string;
    except: string;
    before: { createdAt: number; id: string } | null;
    limit: number;
  }): Promise<{ conversations: Conversation[]; more: boolean }>;
  /** A window of a view, sorted as the view says, after a card or from the start. */
  window(query: {
    workspaceId: string;
    me: string;
    view: View;
    after: { activeAt: number; id: string } | null;
    limit: number;
  }): Promise<{ conversations: Conversation[]; more: boolean }>;
  counts(workspaceId: string): Promise<Counts>;
}

export interface Messages {
  byClientId(author: Pick<Author, 'type' | 'id'>, clientId: string): Promise<MessageRecord | null>;
  get(id: string): Promise<MessageRecord | null>;
  /**
   * Inserts and logs the change. Numbers were taken under the conversation's lock. Rejects with
   * `file_not_found` where a file is gone or belongs to another message.
   */
  insert(message: MessageRecord): Promise<void>;
  /** Stores the change of text or the deletion with its new numbers, and logs it. */
  change(
    message: Pick<
      MessageRecord,
      'id' | 'text' | 'mentions' | 'seq' | 'publicSeq' | 'editedAt' | 'deletedAt'
    >,
    kind: 'edited' | 'deleted',
  ): Promise<void>;
  /** A reply's email is in another state: gives the message a number that agents are told by. */
  renumber(id: string, seq: number, at: number): Promise<void>;
  /** The last `limit` before a position (or of all), sorted by position; tombstones included. */
  before(
    range: MessageRange & { before: number | null },
  ): Promise<{ messages: MessageRecord[]; more: boolean }>;
  /** Each changed after the cursor, once, sorted by seq. */
  changedAfter(
    range: MessageRange & { after: number },
  ): Promise<{ messages: MessageRecord[]; more: boolean }>;
  /** Agents' replies after a position that are not deleted, at most 100. */
  countReplies(conversationId: string, after: number): Promise<number>;
  /** The last reply or comment that is not deleted. */
  lastShown(conversationId: string): Promise<MessageRecord | null>;
  /** The position of the last comment that names the agent and is not deleted; null when none does. */
  lastMention(conversationId: string, agentId: string): Promise<number | null>;
  /** Agents who wrote a reply in it, latest first. */
  repliers(conversationId: string): Promise<string[]>;
}

export interface Marks {
  /** Raises the mark, never lowers it; raises the conversation's `version` when it changed. `party` is `contact` or an agent's id. */
  raise(
    conversationId: string,
    party: string,
    mark: Partial<MarkRecord>,
  ): Promise<{ changed: boolean; mark: MarkRecord }>;
  get(conversationId: string): Promise<{ contact: MarkRecord; agents: Record<string, MarkRecord> }>;
  /** The greatest public position at or before an agents' position; 0 when none. */
  toPublic(conversationId: string, position: number): Promise<number>;
  /** The agents' position of the last public message at or before a public position; 0 when none. */
  fromPublic(conversationId: string, publicPosition: number): Promise<number>;
}

export interface AuditEntry {
  id: string;
  workspaceId: string;
  actorType: 'agent' | 'system' | 'contact';
  actorId: string | null;
  action: string;
  targetId: string | null;
  details: Record<string, unknown>;
  at: number;
}

export interface Audit {
  append(entry: AuditEntry): Promise<void>;
  /** The latest first. */
  latest(workspaceId: string, limit: number): Promise<AuditEntry[]>;
}

/** All that is stored. Outside a transaction each call is one of its own. */
export interface Repositories {
  workspaces: Workspaces;
  agents: Agents;
  groups: Groups;
  sessions: Sessions;
  contacts: Contacts;
  access: Access;
  visits: Visits;
  conversations: Conversations;
  messages: Messages;
  attachments: Attachments;
  savedTexts: SavedTexts;
  emails: Emails;
  marks: Marks;
  audit: Audit;
  jobs: Jobs;
}

export interface Storage extends Repositories {
  /**
   * Commits when `work` resolves, rolls back when it rejects. Serialisation faults and lost races
   * for a unique key run `work` again, so it has no effect but on the repositories that it is given;
   * calls past them throw. Rejects with `CodedError('unavailable')` while the database is away.
   */
  transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T>;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  /** Of the pool, and callers that wait for one. */
  connections(): { total: number; idle: number; waiting: number };
  changes: Changes;
  removals: Removals;
  search: Search;
  archive: Archive;
  close(): Promise<void>;
}
