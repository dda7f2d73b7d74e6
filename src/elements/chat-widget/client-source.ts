import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { VisitorClient } from '../../store/visitor-client.js';
import type { StorageKind } from '../../store/browser-storage.js';
import { createDefaultClient } from './default-client.js';

export interface ClientOptions {
  /** A client made by the page; wins. */
  given: VisitorClient | undefined;
  /** Origin of the server and id of the workspace for a client of our own; none without an id. */
  server: string;
  workspace: string;
  storage: StorageKind;
}

type Host = ReactiveControllerHost & { readonly isConnected: boolean };

interface SourceParts {
  onChange(): void;
  /** Something came that may sound. */
  onRing(): void;
}

/**
 * The client of a widget: the one given, else one of its own. It is started at once; one of our
 * own is disposed of when the widget leaves the page.
 */
export class ClientSource implements ReactiveController {
  current: VisitorClient | undefined;
  readonly #host: Host;
  readonly #parts: SourceParts;
  #options: ClientOptions | undefined;
  #owned: VisitorClient | undefined;
  #hush: (() => void) | undefined;

  constructor(host: Host, parts: SourceParts) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
  }

  hostConnected(): void {
    if (this.#options && !this.current) this.use(this.#options);
    this.#listen();
  }

  hostDisconnected(): void {
    // An element that is only moved is connected again by then.
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.#hush?.();
      this.#dispose();
    });
  }

  use(options: ClientOptions): void {
    this.#dispose();
    this.#options = options;
    // It may have left the page while its language was fetched.
    if (!this.#host.isConnected) return;
    const { given, workspace } = options;
    if (!given && workspace !== '') this.#owned = createDefaultClient(options);
    this.#set(given ?? this.#owned);
  }

  #set(client: VisitorClient | undefined): void {
    if (client === this.current) return;
    this.current = client;
    this.#listen();
    this.#parts.onChange();
    client?.start();
    this.#host.requestUpdate();
  }

  /** Sounds for what comes. */
  #listen(): void {
    this.#hush?.();
    this.#hush = this.current?.onRing(this.#parts.onRing);
  }

  #dispose(): void {
    const owned = this.#owned;
    if (!owned) return;
    this.#owned = undefined;
    this.#set(undefined);
    owned.dispose();
  }
}
