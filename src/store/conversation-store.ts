import { atom, computed } from 'nanostores';
import {
  applyPatch,
  type Author,
  type Contact,
  type ContactPatch,
  type Conversation,
  type Visit,
} from '../domain/index.js';
import {
  events,
  type ContactReply,
  type ConversationReply,
  type FilesSigned,
  type MessagePage,
  type MessageStored,
} from '../protocol/index.js';
import type { Clock } from '../transport/clock.js';
import type { Random } from '../transport/random.js';
import type { Transport } from '../transport/transport.js';
import type { AgentFiles, ConversationStore, Draft } from './agent-client.js';
import type { ConversationCache } from './conversation-cache.js';
import { createConversationTopic } from './conversation-topic.js';
import { createDraft } from './draft.js';
import type { Inbox } from './inbox.js';
import { createMarkSender } from './mark-sender.js';
import { createMessageLog } from './message-log.js';
import { absolute } from './file-source.js';
import { outgoing, type Outbox, type OutboxEntry } from './outbox.js';
import { createRetained, retainWhileObserved } from './retained.js';
import type { KeyValue } from './storage.js';
import { arrivedKeys, later, newestPosition, threadItems } from './thread.js';
import type { Thread } from './thread-item.js';
import { createTypingNotice, createTypists } from './typing.js';
import { createUploads, type Uploads } from './uploads.js';

export interface ConversationStoreOptions {
  id: string;
  transport: Transport;
  inbox: Inbox;
  cache: ConversationCache;
  outbox: Outbox;
  nextClientId: () => string;
  files: (Pick<AgentFiles, 'upload' | 'address'> & { token(): Promise<string> }) | undefined;
  storage: KeyValue;
  clock: Clock;
  random: Random;
}

/** A conversation store and the way of the outbox into it. */
export interface LiveConversation extends ConversationStore {
  deliver(entry: OutboxEntry): Promise<void>;
}

const emptyDraft: Draft = { kind: 'reply', reply: '', comment: '' };

export function createConversationStore(options: ConversationStoreOptions): LiveConversation {
  const { id, inbox, cache, outbox, clock, random } = options;
  const $thread = atom<Thread>({
    status: 'loading',
    error: null,
    items: [],
    hasOlder: false,
    loadingOlder: false,
    newAfter: null,
  });
  const $conversation = atom<Conversation | null>(cache.get(id) ?? null);
  const $contact = atom<Contact | null>(null);
  const $visit = atom<Visit | null>(null);
  const $present = atom<readonly string[]>([]);
  // Who looks on may be known before it is known who oneself is.
  const $viewers = computed([$present, inbox.$me], (present, me) =>
    present.filter((agentId) => agentId !== me?.id),
  );
  const typists = createTypists(clock);
  const draft = createDraft(
    options.storage,
    clock,
    emptyDraft,
    ({ reply, comment }) => reply.trim() === '' && comment.trim() === '',
  );
  draft.share(options.transport.tabs);
  /** The contact without the edits that are not confirmed yet, and those. */
  let storedContact: Contact | null = null;
  let edits: ContactPatch[] = [];
  const made: { reply?: Uploads; comment?: Uploads } = {};
  let opened = false;
  /** The conversation as it was when the topic was joined. */
  let joined: Conversation | null = null;

  const topic = createConversationTopic(id, options.transport, clock, {
    since: () => log.since(),
    onJoin(reply) {
      inbox.clockIs(reply.serverTime);
      cache.put(reply.conversation);
      takeContact(reply.contact);
      $visit.set(reply.visit);
      log.joined(reply.messages);
      joined = reply.conversation;
      showThread({ status: 'ready', error: null });
      markUnread();
      marks.flush();
      outbox.wake(id);
    },
    onMessage(message) {
      typists.gone(message.author.id);
      log.changed(message);
    },
    onConversation: ({ conversation }) => cache.put(conversation),
    onContact: takeContact,
    onVisit: (visit) => $visit.set(visit),
    onMarks({ contactMark }) {
      const conversation = cache.get(id);
      // The mark alone; the snapshot with its version follows.
      if (conversation) showThread({}, contactMark);
    },
    onTyping(typing) {
      if (typing.author.id !== inbox.$me.get()?.id) typists.heard(typing);
    },
    onPresence(present) {
      $present.set([...present.keys()]);
    },
    onLost() {
      typists.clear();
      $present.set([]);
    },
    onRefused(error) {
      showThread({ status: 'error', error });
    },
  });
  const log = createMessageLog({
    clock,
    random,
    list: (query) => topic.push<MessagePage>(events.messagesList, query),
  });
  const marks = createMarkSender((mark) =>
    topic.push(events.mark, { conversationId: id, ...mark }),
  );
  const tellTyping = createTypingNotice<'reply' | 'comment'>(clock, (typing, kind) => {
    if (topic.joined) topic.push(events.typing, { typing, kind }).catch(() => undefined);
  });

  function self(): Author {
    const me = inbox.$me.get();
    return {
      type: 'agent',
      id: me?.id ?? null,
      name: me?.name ?? null,
      avatarUrl: me?.avatarUrl ?? null,
    };
  }

  function showThread(patch: Partial<Thread> = {}, contactMark = cache.get(id)?.contactMark): void {
    const { messages, hasOlder, loadingOlder } = log.$log.get();
    const pending = outbox.$pending.get().filter(({ lane }) => lane === id);
    const otherSide = contactMark ?? { delivered: 0, read: 0 };
    const items = threadItems({ messages, pending, self: self(), otherSide });
    $thread.set({ ...$thread.get(), ...patch, items, hasOlder, loadingOlder });
  }

  /** Once for each time that the thread is opened: where the unread messages began. */
  function markUnread(): void {
    const me = inbox.$me.get();
    if (opened || !joined || !me) return;
    opened = true;
    const read = joined.reads[me.id] ?? 0;
    showThread({ newAfter: joined.lastContactPosition > read ? read : null });
  }

  function takeContact(contact: Contact): void {
    storedContact = later(storedContact, contact);
    showContact();
  }

  function showContact(): void {
    if (!storedContact) return;
    const now = inbox.now();
    $contact.set(edits.reduce((contact, edit) => applyPatch(contact, edit, now), storedContact));
  }

  const retained = createRetained(clock, () => {
    const stops = [
      inbox.retain(),
      cache.claim((other) => other === id),
      cache.listen((changed) => {
        if (changed !== id) return;
        $conversation.set(cache.get(id) ?? null);
        showThread();
      }),
      log.$log.listen(({ messages }) => {
        const input = { messages, pending: outbox.$pending.get(), self: self() };
        arrivedKeys(input).forEach(outbox.arrived);
        showThread();
      }),
      outbox.$pending.listen(() => showThread()),
      inbox.$me.listen(() => {
        showThread();
        markUnread();
        openDraft();
      }),
    ];
    $conversation.set(cache.get(id) ?? null);
    openDraft();
    topic.open();
    return () => {
      topic.close();
      for (const stop of stops) stop();
      opened = false;
      joined = null;
      log.stop();
      typists.clear();
      $present.set([]);
    };
  });
  retainWhileObserved(
    [$thread, $conversation, $contact, $visit, $viewers, typists.$typing, draft.$draft],
    retained.retain,
  );

  function openDraft(): void {
    const me = inbox.$me.get();
    if (me) void draft.open(`draft/${inbox.workspaceId}/${me.id}/${id}`);
  }

  /** Keeps the topic joined for as long as an act takes. */
  async function act<Reply>(event: string, payload: object): Promise<Reply> {
    const release = retained.retain();
    try {
      return await topic.push<Reply>(event, payload);
    } finally {
      release();
    }
  }

  /** Shows a change of the conversation at once, and takes it back when it is refused. */
  async function change(
    event: string,
    payload: object,
    patch: Partial<Conversation>,
  ): Promise<void> {
    const undo = cache.show(id, patch);
    try {
      cache.put((await act<ConversationReply>(event, payload)).conversation);
    } finally {
      undo();
    }
  }

  /** Apart for replies and comments: what was meant for colleagues must not reach the contact. */
  function uploads(kind: Draft['kind']): Uploads | null {
    const { files, transport } = options;
    if (!files) return null;
    return (made[kind] ??= createUploads({
      upload: async (file, given) => {
        const request = { ...given, file, conversationId: id, token: await files.token() };
        return (await files.upload(request)).attachment;
      },
      onConnection: (listener) => transport.onConnection(listener),
      clock,
      random,
    }));
  }

  return {
    id,
    $thread,
    $conversation,
    $contact,
    $visit,
    $typing: typists.$typing,
    $viewers,
    $draft: draft.$draft,
    setDraft: (patch) => draft.set({ ...draft.$draft.get(), ...patch }),
    send(kind, text, attachments = []) {
      if (text.trim() === '' && attachments.length === 0) return false;
      // A page that closes now would lose it, or leave it to whoever signs in next.
      if (!inbox.$me.get()) return false;
      const key = options.nextClientId();
      outbox.add({ key, lane: id, kind, text, attachments, createdAt: inbox.now() });
      return true;
    },
    uploads,
    async signFiles(ids) {
      const address = options.files?.address ?? ((path: string) => path);
      return absolute(await act<FilesSigned>(events.filesSign, { ids }), address);
    },
    now: inbox.now,
    async deliver(entry) {
      const payload = { ...outgoing(entry), kind: entry.kind };
      const { message } = await act<MessageStored>(events.messageSend, payload);
      log.changed(message);
    },
    retry: outbox.retry,
    discard: outbox.discard,
    async edit(messageId, text) {
      log.changed((await act<MessageStored>(events.messageEdit, { messageId, text })).message);
    },
    async delete(messageId) {
      log.changed((await act<MessageStored>(events.messageDelete, { messageId })).message);
    },
    loadOlder: log.loadOlder,
    markRead() {
      const me = inbox.$me.get();
      const read = newestPosition(log.$log.get().messages, self());
      if (!me || read === 0) return;
      cache.read(id, me.id, read);
      // What was read before and got no answer is told again.
      if (read > (joined?.reads[me.id] ?? 0)) marks.raise({ read });
    },
    setTyping: (kind, typing) => tellTyping(typing, kind),
    assign: (assigneeIds) => change(events.conversationAssign, { assigneeIds }, { assigneeIds }),
    close: () => change(events.conversationClose, {}, { state: 'closed', waitingSince: null }),
    reopen: () => change(events.conversationReopen, {}, { state: 'open' }),
    async updateContact(patch) {
      edits = [...edits, patch];
      showContact();
      try {
        takeContact((await act<ContactReply>(events.contactUpdate, patch)).contact);
      } finally {
        edits = edits.filter((other) => other !== patch);
        showContact();
      }
    },
    reload() {
      showThread({ status: 'loading', error: null });
      if (!retained.running) return;
      topic.close();
      topic.open();
    },
  };
}
