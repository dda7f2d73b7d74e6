import type { ReadableAtom, WritableAtom } from 'nanostores';
import type { ContactForm, FormAnswers, VisitorContact } from '../domain/index.js';
import {
  CodedError,
  events,
  type FormSubmit,
  type GroupChoose,
  type RatingSet,
  type VisitorContactReply,
  type VisitorConversationChanged,
  type VisitorIdentity as SignedIdentity,
} from '../protocol/index.js';
import type { VisitorApi } from '../transport/api.js';
import type { Connection, Transport } from '../transport/transport.js';
import type { DraftStore } from './draft.js';
import type { Outbox, OutboxEntry, ShownBefore } from './outbox.js';
import { shownRows } from './shown-rows.js';
import type { KeyValue } from './storage.js';
import type { GetIdentity } from './visitor.js';
import { createVisitorForm } from './visitor-form.js';
import type { VisitorIdentity } from './visitor-identity.js';
import { createVisitorLogin } from './visitor-login.js';
import type { VisitorSettings } from './visitor-settings.js';
import type { VisitorThread } from './visitor-thread.js';

/** What these have of the visitor's client. */
export interface VisitorParts {
  api: VisitorApi;
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
  /** An entry of the outbox that is no message. */
  send(entry: OutboxEntry): Promise<void>;
  submitForm(answers: FormAnswers): Promise<void>;
  rate(score: number, comment: string | null): Promise<void>;
  restart(): Promise<void>;
  identify(identity: SignedIdentity | GetIdentity): Promise<void>;
  logout(): Promise<void>;
  /** The visitor is nobody any more, as another tab said. */
  forget(): void;
  stop(): void;
}

/** Loaded when a page, a workspace or a visitor needs any of it. */
export function createVisitorActs(parts: VisitorParts): VisitorActs {
  const { outbox, thread, $contact, $group, $shown, push } = parts;
  const form = createVisitorForm(parts);
  const login = createVisitorLogin(parts, () => form.forget());
  thread.through(shownRows($shown));
  let conversationId = thread.$conversation.get()?.id ?? null;

  const stops = [
    listen($shown, thread.show),
    listen(thread.$conversation, (conversation) => {
      const before = conversationId;
      conversationId = conversation?.id ?? null;
      if (before === conversationId || before === null) return;
      // What was asked for and shown was of the conversation before.
      $group.set(undefined);
    }),
    listen(outbox.$pending, (pending) => {
      // A refused act is no text of the visitor's that has to be kept.
      for (const { act, key, state } of pending) if (act && state === 'failed') outbox.discard(key);
    }),
  ];

  return {
    async send({ act, answers, group = null }) {
      if (act === 'group') {
        const payload: GroupChoose = { groupId: group };
        await push(events.groupChoose, payload);
      } else if (answers) {
        const payload: FormSubmit = answers;
        const { contact } = await push<VisitorContactReply>(events.formSubmit, payload);
        $contact.set(contact);
      }
    },
    submitForm: form.submit,
    async rate(score, comment) {
      if (!parts.connected()) throw new CodedError('conversation_not_found');
      const payload: RatingSet = { score, comment };
      const { conversation } = await push<VisitorConversationChanged>(events.ratingSet, payload);
      thread.changed(conversation);
    },
    async restart() {
      if (parts.connected()) await push(events.conversationRestart, {});
    },
    identify: login.identify,
    logout: login.logout,
    forget: login.forget,
    stop() {
      form.stop();
      for (const stop of stops) stop();
    },
  };
}

function listen<T>(store: ReadableAtom<T>, listener: (value: T) => void): () => void {
  return store.listen((value) => listener(value));
}
