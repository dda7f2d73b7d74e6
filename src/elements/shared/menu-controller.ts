import type { ReactiveController, ReactiveControllerHost } from 'lit';

interface MenuParts {
  /** The button that opens the menu. */
  trigger(): HTMLElement | null;
  /** The element with `role="menu"`; null while closed. */
  menu(): HTMLElement | null;
}

/**
 * Behaviour of a menu button after the ARIA pattern: arrows, Home, End, first letters, Escape and
 * Tab; a press outside closes it; closing by key gives the focus back to the button.
 */
export class MenuController implements ReactiveController {
  open = false;
  #host: ReactiveControllerHost & HTMLElement;
  #parts: MenuParts;
  #typed = '';
  #typedAt = 0;

  constructor(host: ReactiveControllerHost & HTMLElement, parts: MenuParts) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#stopListening();
    this.open = false;
  }

  readonly onTriggerClick = (): void => {
    if (this.open) this.hide();
    else void this.show('first');
  };

  readonly onTriggerKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    void this.show(event.key === 'ArrowDown' ? 'first' : 'last');
  };

  readonly onMenuKeydown = (event: KeyboardEvent): void => {
    const items = this.#items();
    const at = items.indexOf(this.#focused() as HTMLElement);
    // A field that narrows the choices keeps the keys of a field.
    const typing = event.target instanceof HTMLInputElement && !event.key.startsWith('Arrow');
    const to = typing ? undefined : this.#target(event, items, at);
    if (to) {
      event.preventDefault();
      to.focus();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.hide({ refocus: true });
    } else if (event.key === 'Tab') {
      this.hide();
    }
  };

  async show(focus: 'first' | 'last'): Promise<void> {
    if (!this.open) {
      this.open = true;
      this.#host.requestUpdate();
      document.addEventListener('pointerdown', this.#onPointerdown, true);
      this.#host.addEventListener('focusout', this.#onFocusout);
      await this.#host.updateComplete;
    }
    const items = this.#items();
    const field = this.#parts.menu()?.querySelector('input');
    if (field) return field.focus();
    const checked = items.find((item) => item.getAttribute('aria-checked') === 'true');
    (focus === 'last' ? items.at(-1) : (checked ?? items[0]))?.focus();
  }

  hide({ refocus = false } = {}): void {
    if (!this.open) return;
    this.open = false;
    this.#stopListening();
    if (refocus) this.#parts.trigger()?.focus();
    this.#host.requestUpdate();
  }

  #target(event: KeyboardEvent, items: HTMLElement[], at: number): HTMLElement | undefined {
    switch (event.key) {
      case 'ArrowDown':
        return items[(at + 1) % items.length];
      case 'ArrowUp':
        return items.at(at <= 0 ? -1 : at - 1);
      case 'Home':
        return items[0];
      case 'End':
        return items.at(-1);
      default:
        return this.#byLetter(event, items, at);
    }
  }

  #byLetter(event: KeyboardEvent, items: HTMLElement[], at: number): HTMLElement | undefined {
    if (event.key.length !== 1 || event.key === ' ') return undefined;
    if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
    const again = event.timeStamp - this.#typedAt < 500;
    this.#typed = (again ? this.#typed : '') + event.key.toLocaleLowerCase();
    this.#typedAt = event.timeStamp;
    const start = this.#typed.length === 1 ? at + 1 : Math.max(at, 0);
    const turned = [...items.slice(start), ...items.slice(0, start)];
    return turned.find((item) =>
      item.textContent.trim().toLocaleLowerCase().startsWith(this.#typed),
    );
  }

  #items(): HTMLElement[] {
    return [...(this.#parts.menu()?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
  }

  #focused(): Element | null {
    return this.#host.shadowRoot?.activeElement ?? null;
  }

  #stopListening(): void {
    document.removeEventListener('pointerdown', this.#onPointerdown, true);
    this.#host.removeEventListener('focusout', this.#onFocusout);
  }

  readonly #onPointerdown = (event: Event): void => {
    const path = event.composedPath();
    const menu = this.#parts.menu();
    const trigger = this.#parts.trigger();
    if ((menu && path.includes(menu)) || (trigger && path.includes(trigger))) return;
    this.hide();
  };

  readonly #onFocusout = (event: FocusEvent): void => {
    // Null while a window switch or a re-render takes the focus: that is no way out of the menu.
    const to = event.relatedTarget;
    if (to instanceof Node && !this.#host.contains(to)) this.hide();
  };
}
