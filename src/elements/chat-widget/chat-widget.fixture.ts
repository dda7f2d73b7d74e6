import { atom, type WritableAtom } from 'nanostores';
import type { ThreadItem, Thread, Typist, ShownError } from '../../store/thread-item.js';
import type { GetIdentity, PageData, PageSeen, VisitorClient } from '../../store/visitor-client.js';
import type { PublicConfig, VisitorIdentity } from '../../protocol/index.js';
import type { FileLink } from '../../store/file-source.js';
import {
  defaultSettings,
  type Attachment,
  type Availability,
  type ContactForm,
  type FormAnswers,
  type VisitorContact,
  type VisitorConversation,
  type WidgetSettings,
} from '../../domain/index.js';
import type { Connection } from '../../transport/transport.js';

type Writable<Client> = {
  [Key in keyof Client]: Client[Key] extends { get(): infer Value }
    ? WritableAtom<Value>
    : Client[Key];
};

/** A client made by hand: its stores are set by the test, its actions are only recorded. */
export interface HandClient extends Writable<VisitorClient> {
  calls: [name: string, ...args: unknown[]][];
}

/** 2026-03-02 10:40 UTC, a Monday. */
export const morning = Date.UTC(2026, 2, 2, 10, 40);

export const giulia = { id: 'agent-1', name: 'Giulia Rossi', avatarUrl: null };
export const tomas = { id: 'agent-2', name: 'Tomás Moreno', avatarUrl: null };
export const ana = { id: 'agent-3', name: 'Ana Kovač', avatarUrl: null };

let made = 0;

const linkOf = (id: string): FileLink => ({
  id,
  url: `/${id}`,
  thumbnailUrl: null,
  expiresAt: morning + 3_600_000,
});

export function item(change: Partial<ThreadItem> = {}): ThreadItem {
  made++;
  return {
    key: `key-${made}`,
    id: `message-${made}`,
    position: made,
    kind: 'reply',
    author: { type: 'agent', ...giulia },
    text: `Message ${made}`,
    format: 'plain',
    system: null,
    attachments: [],
    mentions: [],
    email: null,
    createdAt: morning,
    editedAt: null,
    deletedAt: null,
    own: false,
    state: null,
    error: null,
    ...change,
  };
}

export function ownItem(change: Partial<ThreadItem> = {}): ThreadItem {
  return item({
    own: true,
    state: 'sent',
    author: { type: 'contact', id: 'contact-1', name: null, avatarUrl: null },
    ...change,
  });
}

export function thread(items: readonly ThreadItem[], change: Partial<Thread> = {}): Thread {
  return {
    status: items.length > 0 ? 'ready' : 'empty',
    error: null,
    items,
    hasOlder: false,
    loadingOlder: false,
    newAfter: null,
    ...change,
  };
}

/** The settings of a widget, those of a new workspace but for the change. */
export function settingsOf(change: Partial<WidgetSettings> = {}): WidgetSettings {
  const { greeting, tracking, look, texts, form, targeted, askRating } = defaultSettings;
  const own = { greeting, tracking, look, texts, form, targeted, askRating };
  return { ...own, workspaceName: 'x', groups: [], version: 1, ...change };
}

export function handClient(): HandClient {
  const calls: HandClient['calls'] = [];
  const record =
    <Args extends unknown[]>(name: string) =>
    (...args: Args): void => {
      calls.push([name, ...args]);
    };
  const act =
    <Args extends unknown[]>(name: string) =>
    (...args: Args): Promise<void> => {
      calls.push([name, ...args]);
      return Promise.resolve();
    };
  const $draft = atom('');
  return {
    calls,
    $connection: atom<Connection>({ state: 'online', code: null }),
    $settings: atom<WidgetSettings | null>(
      settingsOf({ workspaceName: 'Fjordcykel', greeting: 'Hej! How can we help?' }),
    ),
    $availability: atom<Availability | null>({
      mode: 'live',
      agents: [giulia, tomas, ana],
      version: 1,
    }),
    $country: atom<string | null>(null),
    $contact: atom<VisitorContact | null>(null),
    $form: atom<ContactForm | null>(null),
    $formBlocks: atom(false),
    $group: atom<string | null | undefined>(undefined),
    $conversation: atom<VisitorConversation | null>(null),
    $thread: atom<Thread>(thread([])),
    $typing: atom<readonly Typist[]>([]),
    $unread: atom(0),
    $draft,
    $fault: atom<ShownError | null>(null),
    start: record('start'),
    configured: record<[PublicConfig]>('configured'),
    consent: record('consent'),
    setDraft(text: string) {
      calls.push(['setDraft', text]);
      $draft.set(text);
    },
    send: record<[string, (readonly Attachment[])?]>('send'),
    upload: ({ name, size, type }) =>
      Promise.resolve({ id: `at-${name}`, name, size, mediaType: type, image: null }),
    signFiles: (ids) => Promise.resolve(ids.map(linkOf)),
    retry: record<[string]>('retry'),
    discard: record<[string]>('discard'),
    loadOlder: record('loadOlder'),
    markRead: record('markRead'),
    setTyping: record<[boolean]>('setTyping'),
    submitForm: act<[FormAnswers]>('submitForm'),
    rate: act<[number, string | null]>('rate'),
    chooseGroup: record<[string | null]>('chooseGroup'),
    restart: act('restart'),
    show: record<[string, string?]>('show'),
    identify: act<[VisitorIdentity | GetIdentity]>('identify'),
    logout: act('logout'),
    pageView: record<[PageSeen]>('pageView'),
    setContactData: record<[PageData]>('setContactData'),
    updateContactData: record<[PageData]>('updateContactData'),
    now: () => morning,
    onRing: () => () => undefined,
    dispose: record('dispose'),
  };
}

/** A live conversation of a visitor. */
export function conversation(change: Partial<VisitorConversation> = {}): VisitorConversation {
  const mark = { delivered: 0, read: 0 };
  return {
    id: 'conversation-1',
    state: 'open',
    participants: [],
    contactMark: mark,
    agentMark: mark,
    rating: null,
    version: 1,
    ...change,
  };
}
