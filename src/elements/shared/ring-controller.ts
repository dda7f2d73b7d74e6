import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { OnRing } from '../../store/ring.js';

interface Source {
  onRing(listener: OnRing): () => void;
}

type Host = ReactiveControllerHost & { readonly isConnected: boolean };

/** Lets an element sound for what its client rings for, unless that is being looked at here. */
export class RingController implements ReactiveController {
  readonly #host: Host;
  readonly #source: () => Source | undefined;
  readonly #isOpen: (conversationId: string) => boolean;
  #followed: Source | undefined;
  #stop: (() => void) | undefined;

  constructor(
    host: Host,
    source: () => Source | undefined,
    isOpen: (conversationId: string) => boolean,
  ) {
    this.#host = host;
    this.#source = source;
    this.#isOpen = isOpen;
    host.addController(this);
  }

  hostUpdated(): void {
    this.#follow(this.#host.isConnected ? this.#source() : undefined);
  }

  hostDisconnected(): void {
    this.#follow(undefined);
  }

  #follow(source: Source | undefined): void {
    if (source === this.#followed) return;
    this.#stop?.();
    this.#followed = source;
    this.#stop = source?.onRing((conversationId) => {
      if (document.hasFocus() && this.#isOpen(conversationId)) return;
      // Without the chunk it stays silent.
      void import('./ring.js').then(
        ({ ring }) => ring(),
        () => undefined,
      );
    });
  }
}
