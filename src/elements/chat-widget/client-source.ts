import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { VisitorClient } from '../../store/visitor-client.js';
import { RingController } from '../shared/ring-controller.js';
import { createDefaultClient } from './default-client.js';

export interface ClientOptions {
  /** A client made by the page; wins. */
  given: VisitorClient | undefined;
  /** Origin of the server and id of the workspace for a client of our own; none without an id. */
  server: string;
  workspace: string;
}

type Host = ReactiveControllerHost & { readonly isConnected: boolean; readonly open: boolean };

/**
 * The client of a widget: the one given, else one of its own. It is started at once; one of our
 * own is disposed of when the widget leaves the page.
 */
export class ClientSource implements ReactiveController {
  current: VisitorClient | undefined;
  readonly #host: Host;
  readonly #onChange: () => void;
  #options: ClientOptions | undefined;
  #owned: VisitorClient | undefined;

  constructor(host: Host, onChange: () => void) {
    this.#host = host;
    this.#onChange = onChange;
    host.addController(this);
    new RingController(
      host,
      () => this.current,
      () => host.open,
    );
  }

  hostConnected(): void {
    if (this.#options && !this.current) this.use(this.#options);
  }

  hostDisconnected(): void {
    // An element that is only moved is connected again by then.
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#dispose();
    });
  }

  use(options: ClientOptions): void {
    this.#dispose();
    this.#options = options;
    // It may have left the page while its language was fetched.
    if (!this.#host.isConnected) return;
    const { given, server, workspace } = options;
    if (!given && workspace !== '') this.#owned = createDefaultClient({ server, workspace });
    this.#set(given ?? this.#owned);
  }

  #set(client: VisitorClient | undefined): void {
    if (client === this.current) return;
    this.current = client;
    this.#onChange();
    client?.start();
    this.#host.requestUpdate();
  }

  #dispose(): void {
    const owned = this.#owned;
    if (!owned) return;
    this.#owned = undefined;
    this.#set(undefined);
    owned.dispose();
  }
}
