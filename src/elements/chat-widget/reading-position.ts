import type { ReactiveController, ReactiveElement } from 'lit';

/** How near the end, in px, counts as reading the latest. */
const endZone = 48;
/** How near the top, in px, asks for older messages. */
const olderZone = 400;

/** How far below the top of the window it begins, in px. */
const topOf = (element: Element): number => element.getBoundingClientRect().top;
const sizeOf = ({ clientWidth, clientHeight }: Element): string => `${clientWidth} ${clientHeight}`;

/**
 * Where the visitor reads. It follows the latest message only if the reader was there; else the
 * topmost visible message stays where it is, whatever comes, grows or goes around it.
 */
export class ReadingPosition implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #onNearTop: () => void;
  readonly #sizes = new ResizeObserver(() => {
    this.#restore();
    this.#askForOlder();
  });
  #observed: Element | null = null;
  #atEnd = true;
  #anchor: Element | undefined;
  /** How far its top stood below that of the view. */
  #offset = 0;
  /** Where the view was last, and how large, in px. */
  #top = 0;
  #size = '';

  constructor(host: ReactiveElement, onNearTop: () => void) {
    this.#host = host;
    this.#onNearTop = onNearTop;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#sizes.disconnect();
    this.#observed = null;
  }

  /** The next messages are shown anew: at their end. */
  reset(): void {
    this.#top = 0;
    this.#atEnd = true;
  }

  hostUpdate(): void {
    this.#look();
  }

  hostUpdated(): void {
    const log = this.#log;
    if (log !== this.#observed) {
      this.#observed = log;
      this.#sizes.disconnect();
      for (const part of log ? [log, ...log.children] : []) this.#sizes.observe(part);
    }
    this.#restore();
  }

  readonly onScroll = (): void => {
    this.#look();
    this.#askForOlder();
  };

  jumpToEnd(): void {
    this.#atEnd = true;
    this.#restore();
  }

  get #log(): Element | null {
    return this.#host.shadowRoot?.querySelector('.log') ?? null;
  }

  /** None while it is hidden: then there is no position to speak of. */
  get #scroller(): Element | null {
    const log = this.#log;
    return log?.clientHeight ? log : null;
  }

  /** Takes note of where the reader is now. */
  #look(): void {
    const scroller = this.#scroller;
    // A view of another size stands elsewhere, the reader does not: it is put right first.
    if (!scroller || sizeOf(scroller) !== this.#size) return;
    const { scrollTop } = scroller;
    if (scroller.scrollHeight - scrollTop - scroller.clientHeight <= endZone) this.#atEnd = true;
    // Content that grew since the last look moves the end away, not the reader.
    else if (scrollTop < this.#top - 1) this.#atEnd = false;
    this.#top = scrollTop;
    const top = topOf(scroller);
    this.#anchor = [...scroller.querySelectorAll('conv-message')].find(
      (message) => message.getBoundingClientRect().bottom > top,
    );
    if (this.#anchor) this.#offset = topOf(this.#anchor) - top;
  }

  #restore(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    if (this.#atEnd) scroller.scrollTop = scroller.scrollHeight;
    else if (this.#anchor?.isConnected) {
      const moved = topOf(this.#anchor) - topOf(scroller) - this.#offset;
      if (Math.abs(moved) >= 1) scroller.scrollTop += moved;
    }
    this.#top = scroller.scrollTop;
    this.#size = sizeOf(scroller);
  }

  #askForOlder(): void {
    const scroller = this.#scroller;
    if (scroller && scroller.scrollTop <= olderZone) this.#onNearTop();
  }
}
