import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Renders its host again from time to time, so that `2 min` becomes `3 min` by itself. */
export class ClockController implements ReactiveController {
  #timer: ReturnType<typeof setInterval> | undefined;
  #host: ReactiveControllerHost;
  #everyMs: number;

  constructor(host: ReactiveControllerHost, everyMs = 15_000) {
    this.#host = host;
    this.#everyMs = everyMs;
    host.addController(this);
  }

  hostConnected(): void {
    this.#timer = setInterval(() => this.#host.requestUpdate(), this.#everyMs);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
  }
}
