import { atom, type ReadableAtom } from 'nanostores';
import type {
  Agent,
  AgentStatus,
  Attachment,
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
import { CodedError } from '../protocol/index.js';
import { systemClock, type Clock } from '../transport/clock.js';
import { systemRandom, type Random } from '../transport/random.js';
import type { ServerApi } from '../transport/api.js';
import type { Connection, GetToken, Transport } from '../transport/transport.js';
import type { Uploads } from './uploads.js';
import { createClientIds } from './client-id.js';
import { createConversationCache } from './conversation-cache.js';
import { createConversationStore, type LiveConversation } from './conversation-store.js';
import { createInbox } from './inbox.js';
import { createListStore } from './list-store.js';
import { createOutbox } from './outbox.js';
import { createRing, type OnRing } from './ring.js';
import type { FileSource } from './file-source.js';
import { recentToken } from './recent-token.js';
import type { KeyValue } from './storage.js';
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
  /**
   * Puts the message into the outbox; never fails, never blocks. Without text and files it is
   * ignored. False where nothing was taken: also while `$me` is null, since it could not be kept
   * for its author alone.
   */
  send(kind: 'reply' | 'comment', text: string, attachments?: readonly Attachment[]): boolean;
  /** Files for the next reply or comment; null where the client was made without `upload`. */
  uploads(kind: 'reply' | 'comment'): Uploads | null;
  /** Addresses of files in this conversation. */
  signFiles: FileSource['signFiles'];
  /** Epoch ms on the server's clock. */
  now(): number;
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
  /** Calls when a sound is due for a message that is this agent's or nobody's, in one tab. */
  onRing(listener: OnRing): () => void;
  connect(): void;
  disconnect(): void;
}

/** The HTTP half that files need. */
export interface AgentFiles {
  upload: ServerApi['upload'];
  address: ServerApi['address'];
  /** A channel token of the agent. */
  getToken: GetToken;
}

export interface AgentClientOptions {
  transport: Transport;
  /** Without it no files can be sent, and links to files are paths of the page's own origin. */
  files?: AgentFiles;
  workspaceId: string;
  /** Keeps the outbox and drafts, apart for each agent. */
  storage: KeyValue;
  clock?: Clock;
  random?: Random;
}

/**
 * An agent's side of a workspace. Subscribing to any store connects and joins what it needs;
 * `connect()` connects without a subscriber.
 */
export function createAgentClient({
  transport,
  workspaceId,
  files,
  storage,
  clock = systemClock,
  random = systemRandom,
}: AgentClientOptions): AgentClient {
  const $connection = atom<Connection>(transport.connection);
  const cache = createConversationCache();
  const lists = new Map<string, ListStore>();
  const conversations = new Map<string, LiveConversation>();
  const nextClientId = createClientIds(clock, random);
  const withToken = files && { ...files, token: recentToken(files.getToken, clock) };
  /** Connected by `connect()`, so that the last subscriber does not end it. */
  let asked = false;

  const inbox = createInbox({
    transport,
    workspaceId,
    clock,
    cache,
    onNeeded(needed) {
      if (needed) {
        const { state } = transport.connection;
        if (state === 'idle' || (state === 'closed' && !asked)) transport.connect();
      } else if (!asked) {
        transport.disconnect();
      }
    },
  });
  const outbox = createOutbox({
    storage,
    clock,
    random,
    // Not before it is known whose connection this is: another agent may have signed in.
    send: async (entry) => {
      if (!inbox.joined) throw new CodedError('connection_lost');
      await conversation(entry.lane).deliver(entry);
    },
  });

  outbox.share(transport.tabs);
  const ring = createRing(storage);
  ring.share(transport.tabs);
  cache.listen((id) => {
    const conversation = cache.get(id);
    const me = inbox.$me.get();
    if (conversation && me) ring.heard(waitingFor(me.id, conversation), id);
  });

  inbox.onJoined(() => {
    const me = inbox.$me.get();
    if (!me) return;
    void ring.open(`ring/${workspaceId}/${me.id}`, inbox.now());
    void outbox.open(`outbox/${workspaceId}/${me.id}/`);
    for (const lane of new Set(outbox.$pending.get().map((entry) => entry.lane))) outbox.wake(lane);
  });
  // What is written must leave although nobody looks any more.
  let release: (() => void) | null = null;
  outbox.$pending.listen((pending) => {
    const waits = pending.some(({ state }) => state !== 'failed');
    if (waits) release ??= inbox.retain();
    else {
      release?.();
      release = null;
    }
  });
  transport.onConnection((connection) => $connection.set(connection));

  function conversation(id: string): LiveConversation {
    const known = conversations.get(id);
    if (known) return known;
    const store = createConversationStore({
      id,
      transport,
      inbox,
      cache,
      outbox,
      nextClientId,
      files: withToken,
      storage,
      clock,
      random,
    });
    conversations.set(id, store);
    return store;
  }

  return {
    $connection,
    $workspace: inbox.$workspace,
    $me: inbox.$me,
    $agents: inbox.$agents,
    $groups: inbox.$groups,
    $counts: inbox.$counts,
    list(view) {
      const key = `${view.name} ${view.state} ${view.channel} ${view.order}`;
      const known = lists.get(key);
      if (known) return known;
      const store = createListStore({ view, inbox, cache, clock });
      lists.set(key, store);
      return store;
    },
    conversation,
    async setStatus(status) {
      if (!inbox.joined) throw new CodedError('connection_lost');
      await inbox.setStatus(status);
    },
    now: inbox.now,
    onRing: ring.onRing,
    connect() {
      asked = true;
      transport.connect();
    },
    disconnect() {
      asked = true;
      transport.disconnect();
    },
  };
}

/** Epoch ms of the contact's message that this agent should hear; 0 where there is none. */
function waitingFor(me: string, conversation: Conversation): number {
  const { state, assigneeIds, lastMessage, lastContactPosition, reads } = conversation;
  const theirs = assigneeIds.length === 0 || assigneeIds.includes(me);
  const unread = lastContactPosition > (reads[me] ?? 0);
  if (state !== 'open' || !theirs || !unread || lastMessage?.authorType !== 'contact') return 0;
  return lastMessage.createdAt;
}
