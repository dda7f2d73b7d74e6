import { atom } from 'nanostores';
import type { ContactForm, VisitorContact } from '../domain/index.js';
import {
  CodedError,
  events,
  limits,
  topics,
  type AvailabilityChanged,
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
import { createDraft } from './draft.js';
import { createOutbox, outgoing, type OutboxEntry, type ShownBefore } from './outbox.js';
import { createRing } from './ring.js';
import type { TabTalk } from './tab-talk.js';
import { later as newer } from './thread.js';
import { createTypingNotice, createTypists } from './typing.js';
import type { PageSeen, VisitorClient, VisitorClientOptions } from './visitor.js';
import type { VisitorActs, VisitorParts } from './visitor-acts.js';
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
  let page: PageSeen | undefined;
  let toldPage: PageSeen | undefined;

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
      const { act, answers, group } = entry;
      if (act) {
        const payload = answers ?? { groupId: group };
        const { contact } = await push<Partial<VisitorContactReply>>(act, payload);
        if (contact) $contact.set(contact);
        return;
      }
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
  const waiting: ((acts: VisitorActs) => void)[] = [];

  function acts(): Promise<VisitorActs> {
    return (loading ??= import('./visitor-acts.js').then(
      ({ createVisitorActs }) => createVisitorActs(parts),
      (cause: unknown) => {
        loading = null;
        throw new CodedError('connection_lost', { cause });
      },
    ));
  }

  /** What failed to load is asked for again after the next join. */
  function prepare(): void {
    acts().then(
      (loaded) => {
        for (const act of waiting.splice(0)) act(loaded);
      },
      () => undefined,
    );
  }

  function later(act: (acts: VisitorActs) => void): void {
    waiting.push(act);
    prepare();
  }

  /** The visitor logged out in another tab. */
  function forget(): void {
    later((loaded) => loaded.forget());
  }

  const unlisten = [
    // What the workspace asks is on the page before one could write.
    settings.$settings.listen((now) => (now?.form ?? now?.groups[0]) && prepare()),
    outbox.$pending.listen((all) => {
      if (all.some(({ act, shown }) => act ?? shown)) prepare();
    }),
  ];

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
    void ring.open(`ring/${workspaceId}/visitor/${reply.contact.id}`, reply.serverTime);
    hearUnread();
    outbox.wake(lane);
    openOutbox();
    if (page !== toldPage) pushPage(page);
    if (waiting[0]) prepare();
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
      $contact.set(newer($contact.get(), (payload as VisitorContactReply).contact));
    }
  }

  function join(id: string): void {
    if (id === contactId) return;
    subscription?.leave();
    if (contactId !== null) {
      thread.forget();
      $contact.set(null);
      toldPage = undefined;
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
    if (group !== undefined) write({ act: events.groupChoose, group });
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
    toldPage = undefined;
  }

  function pushPage(seen: PageSeen | undefined): void {
    page = seen;
    if (!seen || !subscription?.joined) return;
    push(events.pageView, seen).then(
      () => (toldPage = seen),
      () => undefined,
    );
  }

  const parts: VisitorParts = {
    api,
    clock,
    random,
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
  };

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
    upload: async (file, options) => (await acts()).upload(file, options),
    signFiles: async (ids) => (await acts()).signFiles(ids),
    retry: outbox.retry,
    discard: outbox.discard,
    loadOlder: thread.loadOlder,
    markRead: thread.markRead,
    setTyping: (typing) => tellTyping(typing),
    submitForm: async (answers) => (await acts()).submitForm(answers),
    rate: async (score, comment) => (await acts()).rate(score, comment),
    chooseGroup(groupId) {
      $group.set(groupId);
      if (transport) write({ act: events.groupChoose, group: groupId });
    },
    restart: async () => (await acts()).restart(),
    show(text, targetedId) {
      $shown.set([...$shown.get(), { text, targetedId: targetedId ?? null }].slice(-limits.shown));
      prepare();
    },
    identify: async (signed) => (await acts()).identify(signed),
    logout: async () => (await acts()).logout(),
    pageView: pushPage,
    setContactData: (data) => later((loaded) => loaded.tell('set', data)),
    updateContactData: (patch) => later((loaded) => loaded.tell('update', patch)),
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
