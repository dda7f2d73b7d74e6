import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Four columns; three with the contact behind a button; one pane at a time (S3.1). */
export type InboxSize = 'wide' | 'medium' | 'narrow';

const wideFrom = 1_200;
const mediumFrom = 700;

export function sizeOf(width: number): InboxSize {
  if (width >= wideFrom) return 'wide';
  return width >= mediumFrom ? 'medium' : 'narrow';
}

/** Follows the width of its host, not of the page: an inbox may stand in a part of one. */
export class WidthController implements ReactiveController {
  size: InboxSize = 'wide';
  #host: ReactiveControllerHost & HTMLElement;
  #observer: ResizeObserver | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#take(this.#host.clientWidth);
    this.#observer = new ResizeObserver(() => this.#take(this.#host.clientWidth));
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  #take(width: number): void {
    // Hidden: what it was is what it will be.
    if (width === 0) return;
    const size = sizeOf(width);
    if (size === this.size) return;
    this.size = size;
    this.#host.requestUpdate();
  }
}
