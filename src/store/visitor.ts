import type { ReadableAtom } from 'nanostores';
import type {
  Attachment,
  Availability,
  ContactForm,
  FormAnswers,
  VisitorContact,
  VisitorConversation,
  WidgetSettings,
} from '../domain/index.js';
import type { PublicConfig, VisitorIdentity } from '../protocol/index.js';
import type { VisitorApi } from '../transport/api.js';
import type { Clock } from '../transport/clock.js';
import type { Random } from '../transport/random.js';
import type { Connection, GetToken, Transport } from '../transport/transport.js';
import type { PageData } from './contact-data.js';
import type { FileSource } from './file-source.js';
import type { OnRing } from './ring.js';
import type { KeyValue } from './storage.js';
import type { ShownError, Thread, Typist } from './thread-item.js';
import type { Upload } from './uploads.js';

/** Everything a visitor's widget needs, with no element at all. */
export interface VisitorClient {
  readonly $connection: ReadableAtom<Connection>;
  /** Null until the public configuration or a join brought them. */
  readonly $settings: ReadableAtom<WidgetSettings | null>;
  readonly $availability: ReadableAtom<Availability | null>;
  /** ISO 3166 code of where the server sees this browser, or null. */
  readonly $country: ReadableAtom<string | null>;
  /** Null until a join brought it. */
  readonly $contact: ReadableAtom<VisitorContact | null>;
  readonly $conversation: ReadableAtom<VisitorConversation | null>;
  readonly $thread: ReadableAtom<Thread>;
  readonly $typing: ReadableAtom<readonly Typist[]>;
  readonly $unread: ReadableAtom<number>;
  readonly $draft: ReadableAtom<string>;
  /**
   * What is to be asked now: neither what was given or skipped, nor what waits to be sent. Null when
   * nothing, and at moments that are not the form's: `before` and `offline` ask while there is no
   * conversation, `offline` only while nobody is there, `after` once something was written.
   */
  readonly $form: ReadableAtom<ContactForm | null>;
  /** True while the composer waits for required answers. */
  readonly $formBlocks: ReadableAtom<boolean>;
  /**
   * The group that was asked for; kept until the conversation ends, on the page. Null: not sure;
   * undefined: not chosen yet, or chosen before the page was loaded and taken by a conversation.
   */
  readonly $group: ReadableAtom<string | null | undefined>;
  /** Why the widget cannot work at all (unknown workspace, origin not allowed); null when it can. */
  readonly $fault: ReadableAtom<ShownError | null>;
  /**
   * Loads the public configuration; connects only where this browser already has a visitor token.
   * Opens no socket and stores nothing otherwise. Called again, it tries at once what failed, and
   * asks anew who is there where no connection tells.
   */
  start(): void;
  /**
   * What the page has learnt already, at a time (epoch ms) or just now, so that it is not asked for
   * again while it is fresh. Call it before `start`.
   */
  configured(config: PublicConfig, at?: number): void;
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
  /**
   * Answers of the questions asked; what is left out counts as skipped. Takes a visitor token.
   * Resolves when the server has them, and rejects with a `CodedError`, after which they are asked
   * again. They wait for a connection as messages do, and go before them.
   */
  submitForm(answers: FormAnswers): Promise<void>;
  /**
   * Rates the conversation from 1 to 5, or changes that. Rejects with a `CodedError`;
   * `conversation_not_found` where nothing was written yet.
   */
  rate(score: number, comment: string | null): Promise<void>;
  /** Goes out before the next message, and takes no token; null: not sure. */
  chooseGroup(groupId: string | null): void;
  /** Ends the conversation; the next message starts a new one. Rejects with a `CodedError`. */
  restart(): Promise<void>;
  /**
   * Shows a message of the team that nobody wrote (S5.8); the server gets it with the visitor's next
   * message. Stores nothing.
   */
  show(text: string, targetedId?: string): void;
  /**
   * Who the visitor is, as the host signed it. It is told with the next visitor token, at once where
   * this browser has one. Resolves when it is known and rejects with a `CodedError`, after which the
   * visitor goes on as before. The same again does nothing. A function is called when it is needed.
   */
  identify(identity: VisitorIdentity | GetIdentity): Promise<void>;
  /**
   * Empties the storage of this visitor in all tabs, begins anew as nobody and revokes the token.
   * Rejects with a `CodedError` where the server could not be told; nothing is left here even then.
   */
  logout(): Promise<void>;
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

/** Asks the host's server, for example. */
export type GetIdentity = () => VisitorIdentity | Promise<VisitorIdentity>;

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
