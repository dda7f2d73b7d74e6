import type { ReactiveController, ReactiveControllerHost } from 'lit';

interface RovingParts {
  /** The focusable elements, in order; each carries its key in `data-id`. */
  items(): HTMLElement[];
  /** Key that is the tab stop before anything was focused. */
  preferred(): string | null;
  /** Of a window over many: moves the focus to the first or last of all, or beyond what is rendered. */
  reach?(to: 'first' | 'last' | 'next' | 'previous', key: string): void;
}

const ways: Readonly<Record<string, 'first' | 'last' | 'next' | 'previous'>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
};

/**
 * One tab stop among many (roving focus): arrows, Home and End move it. The focus stays with its
 * item when that moves, and goes to the nearest one when the item leaves (S3.14).
 */
export class RovingController implements ReactiveController {
  #host: ReactiveControllerHost & HTMLElement;
  #parts: RovingParts;
  #active: string | null = null;
  #held: { key: string; index: number; target: HTMLElement } | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement, parts: RovingParts) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
  }

  /** The key of the tab stop, among those that will be shown. */
  stop(keys: readonly string[]): string | null {
    for (const key of [this.#active, this.#parts.preferred()]) {
      if (key !== null && keys.includes(key)) return key;
    }
    return keys[0] ?? null;
  }

  /** Key of the focused item. */
  get focused(): string | null {
    return this.#focused()?.dataset['id'] ?? null;
  }

  hostUpdate(): void {
    const target = this.#focused();
    const key = target?.dataset['id'];
    const index = this.#parts.items().findIndex((item) => item.dataset['id'] === key);
    this.#held = target && key !== undefined ? { target, key, index } : null;
  }

  hostUpdated(): void {
    const held = this.#held;
    this.#held = null;
    if (!held || this.#focused()) return;
    // An element that is moved in the document loses the focus, and nobody else took it.
    if (held.target.isConnected) {
      held.target.focus({ preventScroll: true });
      return;
    }
    const items = this.#parts.items();
    items[Math.min(Math.max(held.index, 0), items.length - 1)]?.focus({ preventScroll: true });
  }

  readonly onFocusin = (event: FocusEvent): void => {
    const key = (event.target as HTMLElement).dataset['id'];
    if (key === undefined || key === this.#active) return;
    this.#active = key;
    this.#host.requestUpdate();
  };

  readonly onKeydown = (event: KeyboardEvent): void => {
    const items = this.#parts.items();
    const key = this.#focused()?.dataset['id'];
    const at = items.findIndex((item) => item.dataset['id'] === key);
    const to = {
      ArrowDown: items[at + 1],
      ArrowUp: items[at - 1],
      Home: items[0],
      End: items.at(-1),
    }[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey || at === -1) return;
    const way = ways[event.key];
    if (way && key !== undefined && this.#parts.reach) {
      event.preventDefault();
      this.#parts.reach(way, key);
      return;
    }
    if (!to) return;
    event.preventDefault();
    to.focus();
    to.scrollIntoView({ block: 'nearest' });
  };

  #focused(): HTMLElement | null {
    const active = this.#host.shadowRoot?.activeElement;
    return active instanceof HTMLElement && active.dataset['id'] !== undefined ? active : null;
  }
}
