import type { WritableAtom } from 'nanostores';
import type { ContactForm, FormAnswers, VisitorContact } from '../domain/index.js';
import {
  CodedError,
  events,
  type ContactData,
  type FilesSigned,
  type RatingSet,
  type VisitorConversationChanged,
  type VisitorIdentity as SignedIdentity,
} from '../protocol/index.js';
import type { VisitorApi } from '../transport/api.js';
import type { Clock } from '../transport/clock.js';
import type { Random } from '../transport/random.js';
import type { Connection, Transport } from '../transport/transport.js';
import { createContactDataSender, type PageData } from './contact-data.js';
import type { DraftStore } from './draft.js';
import { absolute, type FileSource } from './file-source.js';
import type { Outbox, OutboxEntry, ShownBefore } from './outbox.js';
import { recentToken } from './recent-token.js';
import { shownRows } from './shown-rows.js';
import type { KeyValue } from './storage.js';
import type { Upload } from './uploads.js';
import type { GetIdentity } from './visitor.js';
import { createVisitorForm } from './visitor-form.js';
import { keepGroup } from './visitor-group.js';
import type { VisitorIdentity } from './visitor-identity.js';
import { createVisitorLogin } from './visitor-login.js';
import type { VisitorSettings } from './visitor-settings.js';
import type { VisitorThread } from './visitor-thread.js';

/** What these have of the visitor's client. */
export interface VisitorParts {
  api: VisitorApi;
  clock: Clock;
  random: Random;
  workspaceId: string;
  storage: KeyValue;
  identity: VisitorIdentity;
  outbox: Outbox;
  draft: DraftStore<string>;
  thread: VisitorThread;
  settings: VisitorSettings;
  $connection: WritableAtom<Connection>;
  $contact: WritableAtom<VisitorContact | null>;
  $form: WritableAtom<ContactForm | null>;
  $formBlocks: WritableAtom<boolean>;
  $group: WritableAtom<string | null | undefined>;
  $shown: WritableAtom<readonly ShownBefore[]>;
  push<Reply>(event: string, payload: object): Promise<Reply>;
  /** Puts something into the outbox; returns its key. */
  write(entry: Partial<OutboxEntry>): string;
  connected(): Transport | null;
  /** Ends the connection; nobody is known any more. */
  leave(): void;
}

/** What a visitor does besides writing. */
export interface VisitorActs {
  submitForm(answers: FormAnswers): Promise<void>;
  rate(score: number, comment: string | null): Promise<void>;
  restart(): Promise<void>;
  identify(identity: SignedIdentity | GetIdentity): Promise<void>;
  logout(): Promise<void>;
  /** The visitor is nobody any more, as another tab said. */
  forget(): void;
  /** What the page knows of its visitor. */
  tell(how: ContactData['how'], data: PageData): void;
  upload: Upload;
  signFiles: FileSource['signFiles'];
  stop(): void;
}

/** Loaded when a page, a workspace or a visitor needs any of it. */
export function createVisitorActs(parts: VisitorParts): VisitorActs {
  const { api, outbox, thread, $contact, $shown, push } = parts;
  const freshToken = (): (() => Promise<string>) =>
    recentToken(parts.identity.getToken, parts.clock);
  const newSender = (): ReturnType<typeof createContactDataSender> =>
    createContactDataSender((payload) => push(events.contactData, payload));
  let token = freshToken();
  let contactData = newSender();
  const form = createVisitorForm(parts);
  const group = keepGroup(parts);
  const login = createVisitorLogin(parts, () => {
    form.forget();
    contactData = newSender();
  });
  thread.through(shownRows(parts));

  const stops = [
    form.stop,
    group.stop,
    login.stop,
    $shown.listen(thread.show),
    $contact.listen((contact) => {
      if (contact) return contactData.flush();
      // Somebody else from now on.
      token = freshToken();
      contactData.contactChanged();
    }),
    // Once all have seen it: what was refused is asked again, and is no text to be kept.
    outbox.$pending.listen((pending) => {
      for (const { act, key, state } of pending) {
        if (act && state === 'failed') queueMicrotask(() => outbox.discard(key));
      }
    }),
  ];

  return {
    submitForm: form.submit,
    async rate(score, comment) {
      if (!parts.connected()) throw new CodedError('conversation_not_found');
      const payload: RatingSet = { score, comment };
      const { conversation } = await push<VisitorConversationChanged>(events.ratingSet, payload);
      if (conversation?.id === thread.$conversation.get()?.id) thread.changed(conversation);
    },
    async restart() {
      if (parts.connected()) await push(events.conversationRestart, {});
    },
    identify: login.identify,
    logout: login.logout,
    forget: login.forget,
    tell: (how, data) => contactData.tell(how, data),
    async upload(file, options) {
      return (await api.upload({ ...options, file, token: await token() })).attachment;
    },
    async signFiles(ids) {
      return absolute(await push<FilesSigned>(events.filesSign, { ids }), api.address);
    },
    stop() {
      for (const stop of stops) stop();
    },
  };
}
