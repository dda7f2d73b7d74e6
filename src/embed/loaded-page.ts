import type { ReturningVisitor } from '../protocol/index.js';
import type { VisitorClient } from '../store/visitor-client.js';
import type { ChatOptions } from './options.js';

/** The public configuration; with what is unread where the visitor is known. */
export type LoadedConfig = Omit<ReturningVisitor, 'unread'> & { unread?: number };

/**
 * What the loader gives to the modules that it imports, `widget.js` and `commands.js`. Pages keep a
 * loader for years (its immutable address): only ever add to this.
 */
export interface LoadedPage {
  /** Origin. */
  readonly server: string;
  readonly workspace: string;
  /** As they are at the moment; call `show` after a change. */
  readonly options: ChatOptions & Record<string, unknown>;
  /** What was fetched, then what came live; undefined before that and where it failed. */
  config?: LoadedConfig;
  /** Whether the panel is shown, or on its way. */
  open?: boolean;
  /** What the button is called, once more languages are loaded. */
  name?: string;
  /** Where a floating widget goes. */
  readonly root: ShadowRoot;
  /** Aborted when the chat is taken away. */
  readonly signal: AbortSignal;
  /** Calls of methods that the loader does not know. */
  readonly calls: Call[];
  /** What opened the panel last: focus goes back there. */
  opener: HTMLElement;
  /** The widget, once it is loaded. */
  chat?: AttachedChat;
  /** Draws the button anew, and tells the widget. */
  show(): void;
  /** Loads the widget, without opening it. */
  load(): Promise<AttachedChat>;
  warn(code: string, cause?: unknown): void;
}

/** A method and its arguments. */
export type Call = readonly unknown[];

/** The widget, as the loader and the commands see it. */
export interface AttachedChat {
  open(): void;
  close(): void;
  /** Options changed. */
  configure(): void;
  readonly element: HTMLElement;
  readonly client: VisitorClient;
}

export interface WidgetModule {
  attach(page: LoadedPage): AttachedChat;
}

export interface CommandsModule {
  /** Obeys what is in `calls`, and minds targeted messages where there are any. */
  obey(page: LoadedPage): void | Promise<void>;
}
