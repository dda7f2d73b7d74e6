import { atom } from 'nanostores';
import type { View } from '../domain/index.js';
import { CodedError } from '../protocol/index.js';
import { systemClock, type Clock } from '../transport/clock.js';
import { systemRandom, type Random } from '../transport/random.js';
import type { ServerApi } from '../transport/api.js';
import type { Connection, GetToken, Transport } from '../transport/transport.js';
import type { AgentClient, EmailDraft } from './agent.js';
import { createClientIds } from './client-id.js';
import { createConversationCache } from './conversation-cache.js';
import { createConversationStore, type LiveConversation } from './conversation-store.js';
import { createContacts } from './contacts.js';
import { createBadge } from './badge.js';
import { createBulk } from './bulk.js';
import { createDraft } from './draft.js';
import { createInbox } from './inbox.js';
import { createNotices, messageFor } from './notices.js';
import { createSearchStore } from './search-store.js';
import { createUploads, type Uploads } from './uploads.js';
import { createListStore, type CountedList } from './list-store.js';
import { createOutbox } from './outbox.js';
import { createRing } from './ring.js';
import { recentToken } from './recent-token.js';
import type { KeyValue } from './storage.js';

export type { AgentClient, EmailDraft, FoundContact, NewEmail, Notice } from './agent.js';
export type { ConversationStore, Draft, Waiting } from './conversation.js';
export type { Card, List, ListStore, Search, SearchResult, SearchStore } from './list.js';

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
  const lists = new Map<string, CountedList>();
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
    const message = conversation && me && messageFor(me, conversation, 'sound');
    if (!message) return;
    // What came while the agent was offline makes no sound later (S4.1).
    if (me.status === 'offline') ring.skip(message.createdAt);
    else ring.heard(message.createdAt, id);
  });
  const notices = createNotices({ inbox, cache, storage, tabs: transport.tabs });

  inbox.onJoined(() => {
    const me = inbox.$me.get();
    if (!me) return;
    void ring.open(`ring/${workspaceId}/${me.id}`, inbox.now());
    void outbox.open(`outbox/${workspaceId}/${me.id}/`);
    void emailDraft.open(`draft/${workspaceId}/${me.id}/email`);
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

  function createFileUploads(
    { token, upload }: NonNullable<typeof withToken>,
    conversationId: string | undefined,
  ): Uploads {
    return createUploads({
      upload: async (file, given) =>
        (await upload({ ...given, file, conversationId, token: await token() })).attachment,
      onConnection: (listener) => transport.onConnection(listener),
      clock,
      random,
    });
  }

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
      files: withToken && {
        address: withToken.address,
        uploads: () => createFileUploads(withToken, id),
      },
      storage,
      clock,
      random,
    });
    conversations.set(id, store);
    return store;
  }

  function list(view: View): CountedList {
    const key = `${view.name} ${view.state} ${view.channel} ${view.order}`;
    const known = lists.get(key);
    if (known) return known;
    const store = createListStore({ view, inbox, cache, clock });
    lists.set(key, store);
    return store;
  }

  const emailDraft = createDraft<EmailDraft>(
    storage,
    clock,
    { contactId: null, to: '', subject: '', text: '' },
    ({ to, subject, text }) => `${to}${subject}${text}`.trim() === '',
  );
  emailDraft.share(transport.tabs);

  const { own, catalog } = inbox;
  const bulk = createBulk(inbox, cache, clock);
  const contacts = createContacts(inbox, cache, nextClientId);

  return {
    $connection,
    $workspace: inbox.$workspace,
    $me: inbox.$me,
    $agents: inbox.$agents,
    $groups: catalog.$groups,
    $replies: catalog.$replies,
    $templates: catalog.$templates,
    $mail: catalog.$mail,
    $counts: inbox.$counts,
    $badge: createBadge(inbox, list),
    list,
    search: () => createSearchStore({ inbox, cache, clock }),
    conversation,
    setStatus: own.setStatus,
    setPreferences: own.setPreferences,
    setHours: own.setHours,
    saveGroup: catalog.saveGroup,
    deleteGroup: catalog.deleteGroup,
    saveReply: catalog.saveReply,
    deleteReply: catalog.deleteReply,
    saveTemplate: catalog.saveTemplate,
    deleteTemplate: catalog.deleteTemplate,
    closeConversations: bulk.close,
    reopenConversations: bulk.reopen,
    deleteConversations: bulk.delete,
    startConversation: contacts.start,
    $emailDraft: emailDraft.$draft,
    setEmailDraft: (draft) => emailDraft.set({ ...emailDraft.$draft.get(), ...draft }),
    uploads: () => (withToken ? createFileUploads(withToken, undefined) : null),
    findContacts: contacts.find,
    blockedContacts: contacts.blocked,
    liftBlock: contacts.lift,
    now: inbox.now,
    onRing: ring.onRing,
    onNotice: notices.onNotice,
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
