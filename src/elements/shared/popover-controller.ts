import type { ReactiveController, ReactiveControllerHost } from 'lit';

interface PopoverParts {
  /** The element with `popover="manual"`; null while it is not rendered. */
  popover(): HTMLElement | null;
  /** What it stands at. */
  anchor(): HTMLElement | null;
  /** Where it stands if there is room; above without it. */
  side?: 'above' | 'below';
  /** A press or the focus went elsewhere. */
  onDismissed(): void;
}

/** Between it and its anchor, and the edges of the window, in px. */
const gap = 6;

/**
 * Something that floats at an element, over everything: on one side of it where there is room, else
 * on the other, never beyond the window. It is shown as long as it is rendered.
 */
export class PopoverController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #parts: PopoverParts;
  #shown: HTMLElement | null = null;
  #sizes: ResizeObserver | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement, parts: PopoverParts) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
  }

  hostUpdated(): void {
    const popover = this.#host.isConnected ? this.#parts.popover() : null;
    if (popover !== this.#shown) {
      this.#leave();
      if (popover) this.#show(popover);
    }
    if (popover) this.#place();
  }

  hostDisconnected(): void {
    this.#leave();
  }

  #show(popover: HTMLElement): void {
    this.#shown = popover;
    if (!popover.matches(':popover-open')) popover.showPopover();
    this.#sizes = new ResizeObserver(this.#place);
    this.#sizes.observe(popover);
    document.addEventListener('pointerdown', this.#onPointerdown, true);
    document.addEventListener('scroll', this.#place, true);
    this.#host.shadowRoot?.addEventListener('focusout', this.#onFocusout);
    window.addEventListener('resize', this.#place);
  }

  #leave(): void {
    this.#shown = null;
    this.#sizes?.disconnect();
    this.#sizes = null;
    document.removeEventListener('pointerdown', this.#onPointerdown, true);
    document.removeEventListener('scroll', this.#place, true);
    this.#host.shadowRoot?.removeEventListener('focusout', this.#onFocusout);
    window.removeEventListener('resize', this.#place);
  }

  readonly #place = (): void => {
    const popover = this.#shown;
    const anchor = this.#parts.anchor();
    if (!popover || !anchor) return;
    const at = anchor.getBoundingClientRect();
    // Keyboards of phones cover the window's lower part.
    const height = window.visualViewport?.height ?? window.innerHeight;
    const width = document.documentElement.clientWidth;
    const above = at.top - 2 * gap;
    const below = height - at.bottom - 2 * gap;
    popover.style.maxBlockSize = '';
    const wanted = popover.offsetHeight;
    const up =
      this.#parts.side === 'below'
        ? wanted > below && above > below
        : wanted <= above || above >= below;
    const room = Math.max(up ? above : below, 120);
    popover.style.maxBlockSize = `${room}px`;
    const size = Math.min(wanted, room);
    const mirrored = getComputedStyle(this.#host).direction === 'rtl';
    const start = mirrored ? at.right - popover.offsetWidth : at.left;
    const left = Math.min(Math.max(start, gap), Math.max(width - popover.offsetWidth - gap, gap));
    popover.style.left = `${left}px`;
    popover.style.top = `${up ? Math.max(at.top - gap - size, gap) : at.bottom + gap}px`;
  };

  readonly #onPointerdown = (event: Event): void => {
    const path = event.composedPath();
    const anchor = this.#parts.anchor();
    if ((this.#shown && path.includes(this.#shown)) || (anchor && path.includes(anchor))) return;
    this.#parts.onDismissed();
  };

  readonly #onFocusout = (event: Event): void => {
    const { relatedTarget: to, target: from } = event as FocusEvent;
    const popover = this.#shown;
    // Null while a window switch or a re-render takes the focus: that is no way out.
    if (!popover || !(to instanceof Node) || !(from instanceof Node)) return;
    const stays = popover.contains(from)
      ? popover.contains(to) || this.#parts.anchor()?.contains(to) === true
      : this.#host.shadowRoot?.contains(to) === true;
    if (!stays) this.#parts.onDismissed();
  };
}
