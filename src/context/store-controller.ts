import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ReadableAtom } from 'nanostores';

/**
 * Renders its host again when a store changes. `read` says which store, and may say another one
 * (or none) later: a client that arrives late or is replaced needs nothing more. Subscribed only
 * while the host is connected.
 */
export class StoreController<Value> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #read: () => ReadableAtom<Value> | undefined;
  #store: ReadableAtom<Value> | undefined;
  #stop: (() => void) | undefined;
  #connected = false;

  constructor(host: ReactiveControllerHost, read: () => ReadableAtom<Value> | undefined) {
    this.#host = host;
    this.#read = read;
    host.addController(this);
  }

  /** Undefined while there is no store. */
  get value(): Value | undefined {
    // Outside an update the store may have been replaced without this knowing yet.
    return this.#read()?.get();
  }

  hostConnected(): void {
    this.#connected = true;
    this.#follow();
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#leave();
  }

  hostUpdate(): void {
    this.#follow();
  }

  #follow(): void {
    const store = this.#read();
    if (!this.#connected || store === this.#store) return;
    this.#leave();
    this.#store = store;
    this.#stop = store?.listen(() => this.#host.requestUpdate());
  }

  #leave(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#store = undefined;
  }
}
