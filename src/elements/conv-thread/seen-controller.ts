import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Whether a person can see the host: it is in view, and the page is in front. */
export class SeenController implements ReactiveController {
  #host: ReactiveControllerHost & HTMLElement;
  #observer: IntersectionObserver | null = null;
  #inView = false;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  get visible(): boolean {
    return this.#inView && document.visibilityState === 'visible';
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#onChange);
    this.#observer = new IntersectionObserver((entries) => {
      this.#inView = entries.at(-1)?.isIntersecting ?? false;
      this.#onChange();
    });
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#onChange);
    this.#observer?.disconnect();
    this.#inView = false;
  }

  readonly #onChange = (): void => this.#host.requestUpdate();
}
