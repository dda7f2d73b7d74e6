import { atom } from 'nanostores';
import type { ContactForm, VisitorContact } from '../domain/index.js';
import {
  CodedError,
  events,
  limits,
  topics,
  type AvailabilityChanged,
  type FilesSigned,
  type Marks,
  type MessageStored,
  type SettingsChanged,
  type Typing,
  type VisitorContactReply,
  type VisitorConversationChanged,
  type VisitorJoin,
  type VisitorJoined,
} from '../protocol/index.js';
import { systemClock } from '../transport/clock.js';
import { systemRandom } from '../transport/random.js';
import type { Connection, TopicSubscription, Transport } from '../transport/transport.js';
import { createClientIds } from './client-id.js';
import type { ContactDataSender } from './contact-data.js';
import { createDraft } from './draft.js';
import { absolute } from './file-source.js';
import { createOutbox, outgoing, type OutboxEntry, type ShownBefore } from './outbox.js';
import { recentToken } from './recent-token.js';
import { createRing } from './ring.js';
import type { TabTalk } from './tab-talk.js';
import { later } from './thread.js';
import { createTypingNotice, createTypists } from './typing.js';
import type { PageSeen, VisitorClient, VisitorClientOptions } from './visitor.js';
import type { VisitorActs } from './visitor-acts.js';
import { createVisitorIdentity } from './visitor-identity.js';
import { createVisitorSettings } from './visitor-settings.js';
import { createVisitorThread } from './visitor-thread.js';

export type { PageData } from './contact-data.js';
export type * from './visitor.js';

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
  const identity = createVisitorIdentity({
    api,
    workspaceId,
    storage,
    onContact: join,
    onGone: forget,
  });
  const token = recentToken(identity.getToken, clock);
  const nextClientId = createClientIds(clock, random);
  const $connection = atom<Connection>({ state: 'idle', code: null });
  const $contact = atom<VisitorContact | null>(null);
  const $form = atom<ContactForm | null>(null);
  const $formBlocks = atom(false);
  const $group = atom<string | null | undefined>(undefined);
  const $shown = atom<readonly ShownBefore[]>([]);
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
      if (entry.act) return (await acts()).send(entry);
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

  /** Most visitors only write: the code of all else comes when it is needed. */
  let loading: Promise<VisitorActs> | null = null;

  function acts(): Promise<VisitorActs> {
    return (loading ??= import('./visitor-acts.js').then(
      ({ createVisitorActs }) =>
        createVisitorActs({
          api,
          workspaceId,
          storage,
          identity,
          outbox,
          draft,
          thread,
          settings,
          $connection,
          $contact,
          $form,
          $formBlocks,
          $group,
          $shown,
          push,
          write,
          connected: () => transport,
          leave,
        }),
      (cause: unknown) => {
        loading = null;
        throw new CodedError('connection_lost', { cause });
      },
    ));
  }

  function prepare(): void {
    acts().catch(() => undefined);
  }

  /** The visitor logged out in another tab. */
  function forget(): void {
    acts().then(
      ({ forget }) => forget(),
      () => leave(),
    );
  }

  const unlisten = [
    // What the workspace asks is on the page before one could write.
    settings.$settings.listen((now) => (now?.form ?? now?.groups[0]) && prepare()),
    outbox.$pending.listen((all) => {
      if (all.some(({ act, shown }) => act ?? shown)) prepare();
    }),
  ];

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
    $contact.set(reply.contact);
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
    } else if (event === events.contactChanged) {
      $contact.set(later($contact.get(), (payload as VisitorContactReply).contact));
    }
  }

  function join(id: string): void {
    if (id === contactId) return;
    subscription?.leave();
    if (contactId !== null) {
      thread.forget();
      $contact.set(null);
      contactData?.contactChanged();
      // The connection was let in as somebody else.
      if (transport?.connection.state === 'online') {
        transport.disconnect();
        transport.connect();
      }
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
    transport.tabs?.onHeard((message) => {
      if ((message as TabTalk).about === 'logout') forget();
    });
    openOutbox();
    const group = $group.get();
    if (group !== undefined) write({ act: 'group', group });
    void draft.open(`draft/${workspaceId}/visitor`);
    transport.connect();
    thread.show();
    return transport;
  }

  /** Into the outbox, where what is not a message goes before all messages. */
  function write(entry: Partial<OutboxEntry>): string {
    live();
    const id = nextClientId();
    const key = entry.act ? `!${id}` : id;
    const createdAt = clock.now() + offset;
    outbox.add({ key, lane, kind: 'reply', text: '', createdAt, ...entry });
    return key;
  }

  function leave(): void {
    typists.clear();
    subscription?.leave();
    transport?.disconnect();
    for (const stop of stops.splice(0)) stop();
    transport = subscription = contactId = null;
    contactData = undefined;
    said = [];
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
    $country: settings.$country,
    $contact,
    $form,
    $formBlocks,
    $group,
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
    configured: settings.configured,
    consent: () => void live(),
    setDraft: draft.set,
    send(text, attachments = []) {
      if (text.trim() === '' && attachments.length === 0) return;
      const shown = $shown.get();
      write({ text, attachments, ...(shown[0] ? { shown } : {}) });
      $shown.set([]);
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
    submitForm: async (answers) => (await acts()).submitForm(answers),
    rate: async (score, comment) => (await acts()).rate(score, comment),
    chooseGroup(groupId) {
      $group.set(groupId);
      if (transport) write({ act: 'group', group: groupId });
    },
    restart: async () => (await acts()).restart(),
    show(text, targetedId) {
      $shown.set([...$shown.get(), { text, targetedId: targetedId ?? null }].slice(-limits.shown));
      prepare();
    },
    identify: async (signed) => (await acts()).identify(signed),
    logout: async () => (await acts()).logout(),
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
      leave();
      for (const stop of unlisten) stop();
      void loading?.then(
        (loaded) => loaded.stop(),
        () => undefined,
      );
    },
  };
}
