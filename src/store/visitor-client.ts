import { atom, type ReadableAtom } from 'nanostores';
import {
  mergeMark,
  unreadCount,
  type Author,
  type Availability,
  type Mark,
  type Message,
  type VisitorConversation,
  type WidgetSettings,
} from '../domain/index.js';
import {
  CodedError,
  events,
  topics,
  type AvailabilityChanged,
  type Marks,
  type MessagePage,
  type MessageStored,
  type SettingsChanged,
  type Typing,
  type VisitorConversationChanged,
  type VisitorJoin,
  type VisitorJoined,
} from '../protocol/index.js';
import type { ServerApi } from '../transport/api.js';
import { systemClock, type Clock } from '../transport/clock.js';
import { fullJitter, systemRandom, type Random } from '../transport/random.js';
import { mayPass } from '../transport/refusal.js';
import type { Connection, GetToken, TopicSubscription, Transport } from '../transport/transport.js';
import { createClientIds } from './client-id.js';
import { createDraft } from './draft.js';
import { createMarkSender } from './mark-sender.js';
import { createMessageLog } from './message-log.js';
import { createOutbox } from './outbox.js';
import type { KeyValue } from './storage.js';
import { later, newestPosition, threadItems } from './thread.js';
import type { ShownError, Thread, Typist } from './thread-item.js';
import { createTypingNotice, createTypists } from './typing.js';
import { createVisitorIdentity } from './visitor-identity.js';

/** Everything a visitor's widget needs, with no element at all. */
export interface VisitorClient {
  readonly $connection: ReadableAtom<Connection>;
  /** Null until the public configuration or a join brought them. */
  readonly $settings: ReadableAtom<WidgetSettings | null>;
  readonly $availability: ReadableAtom<Availability | null>;
  readonly $conversation: ReadableAtom<VisitorConversation | null>;
  readonly $thread: ReadableAtom<Thread>;
  readonly $typing: ReadableAtom<readonly Typist[]>;
  readonly $unread: ReadableAtom<number>;
  readonly $draft: ReadableAtom<string>;
  /** Why the widget cannot work at all (unknown workspace, origin not allowed); null when it can. */
  readonly $fault: ReadableAtom<ShownError | null>;
  /**
   * Loads the public configuration; connects only where this browser already has a visitor token.
   * Opens no socket and stores nothing otherwise. Called again, it tries what failed at once.
   */
  start(): void;
  /** The visitor or the host agreed: takes a visitor token, connects and tells the page view. */
  consent(): void;
  setDraft(text: string): void;
  /** The first one takes a visitor token. Puts the message into the outbox; empty text is ignored. */
  send(text: string): void;
  retry(key: string): void;
  discard(key: string): void;
  loadOlder(): void;
  /** Tells that all up to the newest message was seen; call it while the panel is visible. */
  markRead(): void;
  setTyping(typing: boolean): void;
  /** Tells the page seen; kept until connected, dropped where there is no token. */
  pageView(page: PageSeen): void;
  /** Epoch ms on the server's clock. */
  now(): number;
  /** Stops everything; nothing is left running. What is stored stays. */
  dispose(): void;
}

export interface PageSeen {
  url: string;
  title: string;
  referrer?: string;
  language?: string;
  timeZone?: string;
}

export interface VisitorClientOptions {
  /** Makes the way to the server; called when the visitor acts, not before. */
  transport(options: { getToken: GetToken }): Transport;
  api: Pick<ServerApi, 'config' | 'visitorToken'>;
  workspaceId: string;
  /** Keeps the visitor token, the outbox and the draft; untouched until the visitor acts. */
  storage: KeyValue;
  clock?: Clock;
  random?: Random;
}

const lane = 'visitor';
const none: Mark = { delivered: 0, read: 0 };

/** A visitor's side of a workspace: one live conversation, an outbox, and consent before all else. */
export function createVisitorClient({
  transport: createTransport,
  api,
  workspaceId,
  storage,
  clock = systemClock,
  random = systemRandom,
}: VisitorClientOptions): VisitorClient {
  const identity = createVisitorIdentity({ api, workspaceId, storage, onContact: join });
  const nextClientId = createClientIds(clock, random);
  const life = new AbortController();
  const $connection = atom<Connection>({ state: 'idle', code: null });
  const $settings = atom<WidgetSettings | null>(null);
  const $availability = atom<Availability | null>(null);
  const $conversation = atom<VisitorConversation | null>(null);
  const $thread = atom<Thread>(emptyThread('empty'));
  const $unread = atom(0);
  const $fault = atom<ShownError | null>(null);
  const draft = createDraft(storage, clock, '', (text) => text.trim() === '');
  const typists = createTypists(clock);
  let transport: Transport | null = null;
  let subscription: TopicSubscription | null = null;
  let contactId: string | null = null;
  let self: Author = { type: 'contact', id: null, name: null, avatarUrl: null };
  let offset = 0;
  let known = false;
  let newAfter: number | null = null;
  /** The conversation that the marks are of. */
  let marked: string | null = null;
  let page: PageSeen | null = null;
  /** Answers to an earlier `start` are stale. */
  let starts = 0;

  const log = createMessageLog({
    clock,
    random,
    list: (query) => push<MessagePage>(events.messagesList, query),
  });
  const outbox = createOutbox({
    storage,
    clock,
    random,
    async send({ key, text }) {
      const { message } = await push<MessageStored>(events.messageSend, { clientId: key, text });
      if (log.$log.get().conversationId === null) log.restart(message.conversationId);
      log.changed(message);
    },
  });
  const marks = createMarkSender((mark) => {
    const { conversationId } = log.$log.get();
    return conversationId === null
      ? Promise.reject(new CodedError('conversation_not_found'))
      : push(events.mark, { conversationId, ...mark });
  });
  const tellTyping = createTypingNotice<void>(clock, (typing) => {
    push(events.typing, { typing }).catch(() => undefined);
  });
  const stops = [log.$log.listen(showThread), outbox.$pending.listen(showThread)];

  function push<Reply>(event: string, payload: object): Promise<Reply> {
    return subscription
      ? subscription.push<Reply>(event, payload)
      : Promise.reject(new CodedError('connection_lost'));
  }

  function showThread(): void {
    const { messages, hasOlder, loadingOlder } = log.$log.get();
    const pending = outbox.$pending.get();
    const conversation = $conversation.get();
    const otherSide = conversation?.agentMark ?? none;
    const items = threadItems({ messages, pending, self, otherSide });
    const waits = transport !== null && !known;
    const refused = $thread.get().error;
    const status = refused ? 'error' : waits ? 'loading' : items.length > 0 ? 'ready' : 'empty';
    $thread.set({ status, error: refused, items, hasOlder, loadingOlder, newAfter });
    $unread.set(unreadCount(messages, readPosition(), 'contact'));
  }

  function readPosition(): number {
    return Math.max($conversation.get()?.contactMark.read ?? 0, marks.mark.read);
  }

  function showConversation(next: VisitorConversation | null): void {
    const before = $conversation.get();
    if (next && before?.id === next.id) {
      $conversation.set(later(before, next));
      return showThread();
    }
    $conversation.set(next);
    markIn(next?.id ?? null);
    if (next) marks.known(next.contactMark);
    newAfter = null;
    if (log.$log.get().conversationId !== (next?.id ?? null)) log.restart(next?.id ?? null);
    showThread();
  }

  /** Marks of one conversation may come before its first snapshot; another one starts anew. */
  function markIn(conversationId: string | null): void {
    if (marked === conversationId) return;
    marked = conversationId;
    marks.reset();
  }

  function received(): void {
    markIn(log.$log.get().conversationId);
    marks.raise({ delivered: newestPosition(log.$log.get().messages, self) });
  }

  function onJoin(reply: VisitorJoined): void {
    offset = reply.serverTime - clock.now();
    const { id, name, avatarUrl } = reply.contact;
    self = { type: 'contact', id, name, avatarUrl };
    const first = !known;
    known = true;
    $settings.set(reply.settings);
    $availability.set(reply.availability);
    if (reply.messages && reply.conversation) {
      // The page first: it says whether what is known still counts.
      log.joined(reply.messages);
      if ($conversation.get()?.id === reply.conversation.id) $conversation.set(reply.conversation);
      else showConversation(reply.conversation);
      marks.flush();
      received();
      if (first) newAfter = $unread.get() > 0 ? readPosition() : null;
    } else {
      showConversation(null);
    }
    showThread();
    outbox.wake(lane);
    openOutbox();
    if (page) pushPage(page);
  }

  function onMessage(message: Message): void {
    if (log.$log.get().conversationId === null) log.restart(message.conversationId);
    typists.gone(message.author.id);
    log.changed(message);
    received();
  }

  function onEvent(event: string, payload: unknown): void {
    if (event === events.messageChanged) onMessage((payload as MessageStored).message);
    else if (event === events.typing) typists.heard(payload as Typing);
    else if (event === events.marks) {
      const { conversationId, contactMark, agentMark } = payload as Marks;
      const conversation = $conversation.get();
      if (conversation?.id !== conversationId) return;
      $conversation.set({
        ...conversation,
        contactMark: mergeMark(conversation.contactMark, contactMark),
        agentMark: mergeMark(conversation.agentMark, agentMark),
      });
      showThread();
    } else if (event === events.conversationChanged) {
      showConversation((payload as VisitorConversationChanged).conversation);
    } else if (event === events.availability) {
      const { availability } = payload as AvailabilityChanged;
      $availability.set(later($availability.get(), availability));
    } else if (event === events.settings) {
      $settings.set(later($settings.get(), (payload as SettingsChanged).settings));
    }
  }

  function join(id: string): void {
    if (id === contactId) return;
    subscription?.leave();
    if (contactId !== null) log.restart(null);
    contactId = id;
    $thread.set({ ...$thread.get(), error: null });
    subscription = live().subscribe<VisitorJoined>(topics.visitor(id), {
      joinPayload: (): VisitorJoin => {
        const since = log.since();
        return since ? { since } : {};
      },
      onJoin,
      onEvent,
      onLost: typists.clear,
      onRefused(code, message) {
        $thread.set({ ...$thread.get(), status: 'error', error: { code, message } });
      },
    });
    showThread();
  }

  function openOutbox(): void {
    void outbox.open(`outbox/${workspaceId}/visitor/`);
  }

  /** The connection, which is made the first time. */
  function live(): Transport {
    if (transport) return transport;
    transport = createTransport({ getToken: identity.getToken });
    stops.push(transport.onConnection((connection) => $connection.set(connection)));
    openOutbox();
    void draft.open(`draft/${workspaceId}/visitor`);
    transport.connect();
    showThread();
    return transport;
  }

  async function configure(tries: number, start = starts): Promise<void> {
    try {
      const config = await api.config(workspaceId, { signal: life.signal });
      // What a join brought meanwhile is fresher.
      if (!$settings.get()) $settings.set(config.settings);
      if (!$availability.get()) $availability.set(config.availability);
    } catch (error) {
      if (life.signal.aborted || start !== starts) return;
      const { code, message } = error instanceof CodedError ? error : new CodedError('internal');
      if (!mayPass(code)) return $fault.set({ code, message });
      const delay = fullJitter(tries, random, { baseMs: 1_000, capMs: 60_000 });
      stops.push(clock.after(delay, () => void configure(tries + 1, start)));
    }
  }

  function pushPage(seen: PageSeen): void {
    page = seen;
    if (!subscription?.joined) return;
    push(events.pageView, seen).then(
      () => {
        if (page === seen) page = null;
      },
      () => undefined,
    );
  }

  return {
    $connection,
    $settings,
    $availability,
    $conversation,
    $thread,
    $typing: typists.$typing,
    $unread,
    $draft: draft.$draft,
    $fault,
    start() {
      starts++;
      $fault.set(null);
      if ($thread.get().error && contactId !== null) {
        const id = contactId;
        contactId = null;
        join(id);
      }
      transport?.connect();
      void configure(0);
      void identity.recall().then((token) => {
        if (token !== null && !life.signal.aborted) live();
      });
    },
    consent: () => void live(),
    setDraft: draft.set,
    send(text) {
      if (text.trim() === '') return;
      const createdAt = clock.now() + offset;
      live();
      outbox.add({ key: nextClientId(), lane, kind: 'reply', text, createdAt });
    },
    retry: outbox.retry,
    discard: outbox.discard,
    loadOlder: log.loadOlder,
    markRead() {
      const read = newestPosition(log.$log.get().messages, self);
      const before = readPosition();
      markIn(log.$log.get().conversationId);
      // Raised in any case: what got no answer is told again.
      marks.raise({ read });
      if (read > before) showThread();
    },
    setTyping: (typing) => tellTyping(typing),
    pageView: pushPage,
    now: () => clock.now() + offset,
    dispose() {
      life.abort();
      outbox.stop();
      log.stop();
      draft.flush();
      typists.clear();
      subscription?.leave();
      transport?.disconnect();
      for (const stop of stops.splice(0)) stop();
    },
  };
}

function emptyThread(status: Thread['status']): Thread {
  return {
    status,
    error: null,
    items: [],
    hasOlder: false,
    loadingOlder: false,
    newAfter: null,
  };
}
