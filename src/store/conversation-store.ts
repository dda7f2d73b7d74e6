import { atom, computed } from 'nanostores';
import { type Author, type Conversation, type Visit } from '../domain/index.js';
import {
  CodedError,
  events,
  type ConversationReply,
  type ConversationWindow,
  type FilesSigned,
  type MessagePage,
  type MessageStored,
} from '../protocol/index.js';
import type { Clock } from '../transport/clock.js';
import type { Random } from '../transport/random.js';
import type { Transport } from '../transport/transport.js';
import type { AgentFiles } from './agent-client.js';
import { createContactActs } from './contact-acts.js';
import { createContactEdits } from './contact-edits.js';
import type { ConversationStore, Draft } from './conversation.js';
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
import { createThreadItems } from './thread-memory.js';
import { arrivedKeys, newestPosition } from './thread.js';
import type { Thread } from './thread-item.js';
import { createTypingNotice, createTypists } from './typing.js';
import type { Uploads } from './uploads.js';
import { createWaitingMessages } from './waiting.js';

export interface ConversationStoreOptions {
  id: string;
  transport: Transport;
  inbox: Inbox;
  cache: ConversationCache;
  outbox: Outbox;
  nextClientId: () => string;
  /** Missing where no files can be sent. */
  files: (Pick<AgentFiles, 'address'> & { uploads(): Uploads }) | undefined;
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
  const $removed = atom(cache.removed(id));
  const contact = createContactEdits();
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
  const threadItems = createThreadItems();
  const made: { reply?: Uploads; comment?: Uploads } = {};
  let opened = false;
  /** The conversation as it was when the topic was joined. */
  let joined: Conversation | null = null;

  const topic = createConversationTopic(id, options.transport, clock, {
    since: () => log.since(),
    onJoin(reply) {
      inbox.clockIs(reply.serverTime);
      cache.put(reply.conversation);
      contact.take(reply.contact);
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
    onRemoved: () => cache.remove(id),
    onContact: contact.take,
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
      // What was there is gone: it was deleted while the connection was.
      if (error.code === 'conversation_not_found' && cache.get(id)) cache.remove(id);
      else showThread({ status: 'error', error });
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
    const known = $thread.get();
    const next: Thread = { ...known, ...patch, items, hasOlder, loadingOlder };
    // Most changes of a conversation are none of its thread.
    if (Object.entries(next).some(([key, value]) => known[key as keyof Thread] !== value)) {
      $thread.set(next);
    }
  }

  /** Once for each time that the thread is opened: where the unread messages began. */
  function markUnread(): void {
    const me = inbox.$me.get();
    if (opened || !joined || !me) return;
    opened = true;
    const read = joined.reads[me.id] ?? 0;
    showThread({ newAfter: joined.lastContactPosition > read ? read : null });
  }

  /** Deleted for good: nothing of it is left to show, nor to send. */
  function gone(): void {
    $removed.set(true);
    topic.close();
    log.restart(null);
    waiting.cancel('reply');
    waiting.cancel('comment');
    const { code, message } = new CodedError('conversation_not_found');
    showThread({ status: 'error', error: { code, message }, newAfter: null });
  }

  function writable(): boolean {
    return !cache.removed(id) && cache.get(id)?.live !== false;
  }

  const retained = createRetained(clock, () => {
    const stops = [
      inbox.retain(),
      cache.claim((other) => other === id),
      cache.listen((changed) => {
        if (changed !== id) return;
        $conversation.set(cache.get(id) ?? null);
        if (cache.removed(id)) return gone();
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
    if (cache.removed(id)) gone();
    else topic.open();
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
    [
      $thread,
      $conversation,
      contact.$contact,
      $visit,
      $viewers,
      $removed,
      typists.$typing,
      draft.$draft,
    ],
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
    } catch (error) {
      // The topic ended with it, and says only that the connection did.
      throw cache.removed(id) ? new CodedError('conversation_not_found') : error;
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
    return options.files ? (made[kind] ??= options.files.uploads()) : null;
  }

  const send: ConversationStore['send'] = (kind, text, attachments = [], mentions = []) => {
    if (text.trim() === '' && attachments.length === 0) return false;
    // A page that closes now would lose it, or leave it to whoever signs in next.
    if (!inbox.$me.get() || !writable()) return false;
    const key = options.nextClientId();
    const named = kind === 'comment' && mentions.length > 0 ? { mentions } : {};
    outbox.add({ key, lane: id, kind, text, attachments, createdAt: inbox.now(), ...named });
    return true;
  };

  const waiting = createWaitingMessages({
    uploads,
    send(kind, { text, mentions }, attachments) {
      send(kind, text, attachments, mentions);
      if (draft.$draft.get()[kind] === text) draft.set({ ...draft.$draft.get(), [kind]: '' });
    },
  });

  function setDraft(patch: Partial<Draft>): void {
    for (const kind of ['reply', 'comment'] as const) {
      const text = waiting.$waiting.get()[kind]?.text;
      if (text !== undefined && (patch[kind] ?? text) !== text) waiting.cancel(kind);
    }
    draft.set({ ...draft.$draft.get(), ...patch });
  }

  async function changeMessage(event: string, payload: object): Promise<void> {
    log.changed((await act<MessageStored>(event, payload)).message);
  }

  return {
    id,
    $thread,
    $conversation,
    $contact: contact.$contact,
    $visit,
    $typing: typists.$typing,
    $viewers,
    $draft: draft.$draft,
    $removed,
    $waiting: waiting.$waiting,
    setDraft,
    send,
    sendWhenReady(kind, text, mentions = []) {
      const files = uploads(kind)?.$uploads.get() ?? [];
      const filesLeft = files.some(({ state }) => state !== 'cancelled');
      if ((text.trim() === '' && !filesLeft) || !inbox.$me.get() || !writable()) return false;
      waiting.hold(kind, { text, mentions });
      return true;
    },
    cancelWaiting: waiting.cancel,
    uploads,
    async signFiles(ids) {
      const address = options.files?.address ?? ((path: string) => path);
      return absolute(await act<FilesSigned>(events.filesSign, { ids }), address);
    },
    now: inbox.now,
    async deliver(entry) {
      // Else it would wait for a topic that is never joined again.
      if (cache.removed(id)) throw new CodedError('conversation_not_found');
      await changeMessage(events.messageSend, { ...outgoing(entry), kind: entry.kind });
    },
    retry: outbox.retry,
    discard: outbox.discard,
    edit: (messageId, text) => changeMessage(events.messageEdit, { messageId, text }),
    delete: (messageId) => changeMessage(events.messageDelete, { messageId }),
    retryEmail: (messageId) => changeMessage(events.emailRetry, { messageId }),
    loadOlder: log.loadOlder,
    markRead() {
      const me = inbox.$me.get();
      const read = newestPosition(log.$log.get().messages, self());
      if (!me || read === 0 || !writable()) return;
      cache.read(id, me.id, read);
      // What was read before and got no answer is told again.
      if (read > (joined?.reads[me.id] ?? 0)) marks.raise({ read });
    },
    setTyping(kind, typing) {
      if (writable()) tellTyping(typing, kind);
    },
    assign: (assigneeIds) => change(events.conversationAssign, { assigneeIds }, { assigneeIds }),
    close: () => change(events.conversationClose, {}, { state: 'closed', waitingSince: null }),
    reopen: () => change(events.conversationReopen, {}, { state: 'open' }),
    assignGroup: (groupId) => change(events.conversationAssignGroup, { groupId }, { groupId }),
    ...createContactActs(contact, act, inbox.now),
    async remove() {
      try {
        await act(events.conversationDelete, {});
      } catch (error) {
        // All are told, perhaps before the answer, and then nobody listens for it any more.
        if (!cache.removed(id)) throw error;
      }
      cache.remove(id);
    },
    earlier: (before) => act<ConversationWindow>(events.contactEarlier, before ? { before } : {}),
    reload() {
      showThread({ status: 'loading', error: null });
      if (!retained.running) return;
      topic.close();
      topic.open();
    },
  };
}
