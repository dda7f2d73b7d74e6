import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How near the end, in px, counts as reading the latest. */
const endZone = 48;
/** How near the top, in px, asks for older messages. */
const olderZone = 400;

interface ScrollParts {
  scroller(): HTMLElement | null;
  /** The element whose children are the rows; its size is watched. */
  content(): HTMLElement | null;
  onNearTop(): void;
  /** The reader reached or left the latest message. */
  onEndChanged(atEnd: boolean): void;
}

/** A row and how far its top stands below the top of the view, in px. */
interface Anchor {
  row: Element;
  offset: number;
}

/**
 * The reading position of a thread (S3.20). It follows the latest message only if the reader was
 * there; else the topmost visible row stays where it is, whatever comes, grows or goes around it.
 */
export class ScrollController implements ReactiveController {
  atEnd = true;
  #parts: ScrollParts;
  #sizes: ResizeObserver | null = null;
  #observed: Element[] = [];
  #anchor: Anchor | null = null;
  /** From the top of the view to the end of the content, in px: when the anchor itself goes. */
  #fromEnd = 0;
  /** Where the view was last, in px. */
  #top = 0;

  constructor(host: ReactiveControllerHost & HTMLElement, parts: ScrollParts) {
    this.#parts = parts;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#sizes?.disconnect();
    this.#sizes = null;
    this.#observed = [];
    this.#anchor = null;
  }

  /** The next rows are of another thread: it starts at its end. */
  reset(): void {
    this.#anchor = null;
    this.#top = 0;
    this.#setAtEnd(true);
  }

  hostUpdate(): void {
    const scroller = this.#scroller();
    if (scroller) this.#look(scroller);
  }

  hostUpdated(): void {
    this.#observe();
    this.#restore();
  }

  readonly onScroll = (): void => {
    const scroller = this.#scroller();
    if (!scroller) return;
    this.#look(scroller);
    this.#askForOlder(scroller);
  };

  jumpToEnd(): void {
    this.#setAtEnd(true);
    this.#restore();
  }

  /** None while it is hidden: then there is no position to speak of. */
  #scroller(): HTMLElement | null {
    const scroller = this.#parts.scroller();
    return scroller && scroller.clientHeight > 0 ? scroller : null;
  }

  /** Takes note of where the reader is now. */
  #look(scroller: HTMLElement): void {
    const left = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    // Content that grew since the last look moves the end away, not the reader.
    const up = scroller.scrollTop < this.#top - 1;
    this.#top = scroller.scrollTop;
    if (left <= endZone) this.#setAtEnd(true);
    else if (up) this.#setAtEnd(false);
    this.#remember(scroller);
  }

  #remember(scroller: HTMLElement): void {
    const rows = this.#parts.content()?.children;
    if (!rows) return;
    this.#fromEnd = scroller.scrollHeight - scroller.scrollTop;
    const top = scroller.getBoundingClientRect().top;
    let low = 0;
    let high = rows.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((rows[middle]?.getBoundingClientRect().bottom ?? 0) > top) high = middle;
      else low = middle + 1;
    }
    const row = rows[low];
    this.#anchor = row ? { row, offset: row.getBoundingClientRect().top - top } : null;
  }

  #restore(): void {
    const scroller = this.#scroller();
    if (!scroller) return;
    if (this.atEnd) scroller.scrollTop = scroller.scrollHeight;
    else if (this.#anchor?.row.isConnected) {
      const top = scroller.getBoundingClientRect().top;
      const moved = this.#anchor.row.getBoundingClientRect().top - top - this.#anchor.offset;
      if (Math.abs(moved) >= 1) scroller.scrollTop += moved;
    } else if (this.#anchor) scroller.scrollTop = scroller.scrollHeight - this.#fromEnd;
    this.#top = scroller.scrollTop;
  }

  #askForOlder(scroller: HTMLElement): void {
    if (scroller.scrollTop <= olderZone) this.#parts.onNearTop();
  }

  #setAtEnd(atEnd: boolean): void {
    if (atEnd === this.atEnd) return;
    this.atEnd = atEnd;
    this.#parts.onEndChanged(atEnd);
  }

  #observe(): void {
    const wanted = [this.#parts.scroller(), this.#parts.content()].filter((part) => part !== null);
    const same =
      wanted.length === this.#observed.length &&
      wanted.every((part, at) => part === this.#observed[at]);
    if (same) return;
    this.#sizes?.disconnect();
    this.#sizes = new ResizeObserver(() => {
      this.#restore();
      const scroller = this.#scroller();
      if (scroller) this.#askForOlder(scroller);
    });
    for (const part of wanted) this.#sizes.observe(part);
    this.#observed = wanted;
  }
}
