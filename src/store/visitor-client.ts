import { atom, type ReadableAtom } from 'nanostores';
import type {
  Attachment,
  Availability,
  VisitorConversation,
  WidgetSettings,
} from '../domain/index.js';
import {
  CodedError,
  events,
  topics,
  type AvailabilityChanged,
  type FilesSigned,
  type Marks,
  type MessageStored,
  type SettingsChanged,
  type Typing,
  type VisitorConversationChanged,
  type VisitorJoin,
  type VisitorJoined,
} from '../protocol/index.js';
import type { VisitorApi } from '../transport/api.js';
import { systemClock, type Clock } from '../transport/clock.js';
import { systemRandom, type Random } from '../transport/random.js';
import type { Connection, GetToken, TopicSubscription, Transport } from '../transport/transport.js';
import { createClientIds } from './client-id.js';
import type { ContactDataSender, PageData } from './contact-data.js';
import { createDraft } from './draft.js';
import { absolute, type FileSource } from './file-source.js';
import { createOutbox, outgoing } from './outbox.js';
import { recentToken } from './recent-token.js';
import { createRing, type OnRing } from './ring.js';
import type { KeyValue } from './storage.js';
import type { ShownError, Thread, Typist } from './thread-item.js';
import { createTypingNotice, createTypists } from './typing.js';
import type { Upload } from './uploads.js';
import { createVisitorIdentity } from './visitor-identity.js';
import { createVisitorSettings } from './visitor-settings.js';
import { createVisitorThread } from './visitor-thread.js';

export type { PageData } from './contact-data.js';

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
  /**
   * The first one takes a visitor token. Puts the message into the outbox; without text and files
   * it is ignored.
   */
  send(text: string, attachments?: readonly Attachment[]): void;
  /** Sends a file, for a message to come. Takes a visitor token. */
  upload: Upload;
  /** Addresses of files in this visitor's thread. */
  signFiles: FileSource['signFiles'];
  retry(key: string): void;
  discard(key: string): void;
  loadOlder(): void;
  /** Tells that all up to the newest message was seen; call it while the panel is visible. */
  markRead(): void;
  setTyping(typing: boolean): void;
  /** Tells the page seen; kept until connected, dropped where there is no token. */
  pageView(page: PageSeen): void;
  /**
   * What the page knows of its visitor, for agents to read, in its order (S3.33): `set` replaces
   * all, `update` the named ones. Kept until connected, dropped where there is no token.
   */
  setContactData(data: PageData): void;
  updateContactData(patch: PageData): void;
  /** Epoch ms on the server's clock. */
  now(): number;
  /** Calls when a sound is due for a message of the other side, in one tab; returns the way out. */
  onRing(listener: OnRing): () => void;
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
  transport(options: {
    getToken: GetToken;
    /** The contact that the last token names; empty before the first. */
    identity(): string;
  }): Transport;
  api: VisitorApi;
  workspaceId: string;
  /** Keeps the visitor token, the outbox and the draft; untouched until the visitor acts. */
  storage: KeyValue;
  clock?: Clock;
  random?: Random;
}

const lane = 'visitor';

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
  const token = recentToken(identity.getToken, clock);
  const nextClientId = createClientIds(clock, random);
  const $connection = atom<Connection>({ state: 'idle', code: null });
  const draft = createDraft(storage, clock, '', (text) => text.trim() === '');
  const ring = createRing(storage);
  const typists = createTypists(clock);
  const stops: (() => void)[] = [];
  let disposed = false;
  let transport: Transport | null = null;
  let subscription: TopicSubscription | null = null;
  let contactId: string | null = null;
  let offset = 0;
  let page: PageSeen | null = null;

  const settings = createVisitorSettings({
    clock,
    random,
    config: (options) => api.config(workspaceId, options),
  });
  const outbox = createOutbox({
    storage,
    clock,
    random,
    async send(entry) {
      const { message } = await push<MessageStored>(events.messageSend, outgoing(entry));
      thread.stored(message);
    },
  });
  const thread = createVisitorThread({
    clock,
    random,
    $pending: outbox.$pending,
    push,
    connecting: () => transport !== null,
    arrived: outbox.arrived,
    reporting: () => transport?.tabs?.leading ?? true,
  });
  const tellTyping = createTypingNotice<void>(clock, (typing) => {
    push(events.typing, { typing }).catch(() => undefined);
  });

  /** Few pages tell anything of their visitor: its code comes with the first that does. */
  let contactData: ContactDataSender | undefined;
  let said: Parameters<ContactDataSender['tell']>[] = [];

  function tellContactData(...one: Parameters<ContactDataSender['tell']>): void {
    if (contactData) return contactData.tell(...one);
    said.push(one);
    void loadContactData();
  }

  async function loadContactData(): Promise<void> {
    const loaded = await import('./contact-data.js').catch(() => null);
    // What failed to load is asked for again after the next join.
    if (!loaded || contactData) return;
    contactData = loaded.createContactDataSender((payload) => push(events.contactData, payload));
    for (const one of said) contactData.tell(...one);
    said = [];
  }

  function push<Reply>(event: string, payload: object): Promise<Reply> {
    return subscription
      ? subscription.push<Reply>(event, payload)
      : Promise.reject(new CodedError('connection_lost'));
  }

  function onJoin(reply: VisitorJoined): void {
    offset = reply.serverTime - clock.now();
    settings.joined(reply);
    thread.joined(reply);
    void ring.open(`ring/${workspaceId}/${reply.contact.id}`, reply.serverTime);
    hearUnread();
    outbox.wake(lane);
    openOutbox();
    if (page) pushPage(page);
    if (said.length > 0) void loadContactData();
    contactData?.flush();
  }

  function hearUnread(): void {
    const unread = thread.unread();
    if (unread) ring.heard(unread.createdAt, unread.conversationId);
  }

  function onEvent(event: string, payload: unknown): void {
    if (event === events.messageChanged) {
      const { message } = payload as MessageStored;
      typists.gone(message.author.id);
      thread.heard(message);
      hearUnread();
    } else if (event === events.typing) typists.heard(payload as Typing);
    else if (event === events.marks) thread.marks(payload as Marks);
    else if (event === events.conversationChanged) {
      thread.changed((payload as VisitorConversationChanged).conversation);
    } else if (event === events.availability) {
      settings.availability((payload as AvailabilityChanged).availability);
    } else if (event === events.settings) {
      settings.settings((payload as SettingsChanged).settings);
    }
  }

  function join(id: string): void {
    if (id === contactId) return;
    subscription?.leave();
    if (contactId !== null) {
      thread.forget();
      contactData?.contactChanged();
    }
    contactId = id;
    thread.failed(null);
    subscription = live().subscribe<VisitorJoined>(topics.visitor(id), {
      joinPayload: (): VisitorJoin => {
        const since = thread.since();
        return since ? { since } : {};
      },
      onJoin,
      onEvent,
      onLost: typists.clear,
      onRefused: (code, message) => thread.failed({ code, message }),
    });
    thread.show();
  }

  function openOutbox(): void {
    void outbox.open(`outbox/${workspaceId}/visitor/`);
  }

  /** The connection, which is made the first time. */
  function live(): Transport {
    if (transport) return transport;
    transport = createTransport({
      getToken: identity.getToken,
      identity: () => contactId ?? '',
    });
    for (const shared of [outbox, draft, ring]) shared.share(transport.tabs);
    stops.push(transport.onConnection((connection) => $connection.set(connection)));
    openOutbox();
    void draft.open(`draft/${workspaceId}/visitor`);
    transport.connect();
    thread.show();
    return transport;
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
    $settings: settings.$settings,
    $availability: settings.$availability,
    $conversation: thread.$conversation,
    $thread: thread.$thread,
    $typing: typists.$typing,
    $unread: thread.$unread,
    $draft: draft.$draft,
    $fault: settings.$fault,
    start() {
      if (thread.$thread.get().error && contactId !== null) {
        const id = contactId;
        contactId = null;
        join(id);
      }
      transport?.connect();
      settings.load();
      void identity.recall().then((token) => {
        if (token !== null && !disposed) live();
      });
    },
    consent: () => void live(),
    setDraft: draft.set,
    send(text, attachments = []) {
      if (text.trim() === '' && attachments.length === 0) return;
      const createdAt = clock.now() + offset;
      live();
      outbox.add({ key: nextClientId(), lane, kind: 'reply', text, attachments, createdAt });
    },
    async upload(file, options) {
      return (await api.upload({ ...options, file, token: await token() })).attachment;
    },
    async signFiles(ids) {
      return absolute(await push<FilesSigned>(events.filesSign, { ids }), api.address);
    },
    retry: outbox.retry,
    discard: outbox.discard,
    loadOlder: thread.loadOlder,
    markRead: thread.markRead,
    setTyping: (typing) => tellTyping(typing),
    pageView: pushPage,
    setContactData: (data) => tellContactData('set', data),
    updateContactData: (patch) => tellContactData('update', patch),
    onRing: ring.onRing,
    now: () => clock.now() + offset,
    dispose() {
      disposed = true;
      settings.stop();
      outbox.stop();
      thread.stop();
      draft.stop();
      ring.stop();
      typists.clear();
      subscription?.leave();
      transport?.disconnect();
      for (const stop of stops.splice(0)) stop();
    },
  };
}
