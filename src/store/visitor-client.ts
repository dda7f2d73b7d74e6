import type { ReadableAtom } from 'nanostores';
import type { Availability, VisitorConversation, WidgetSettings } from '../domain/index.js';
import type { Connection } from '../transport/transport.js';
import type { Thread, Typist, ShownError } from './thread-item.js';

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
   * Opens no socket and stores nothing otherwise.
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
