import type { ReactiveController, ReactiveControllerHost } from 'lit';

interface DialogOptions {
  /** Selector of what takes the focus when it opens; else its heading does. */
  first?: string;
  onClosed?: () => void;
}

/**
 * A modal `<dialog>` that is rendered while `open`, by `renderDialog`: Escape and a press beside it
 * close it, and the focus goes back to what opened it.
 */
export class DialogController implements ReactiveController {
  open = false;
  /** A class of the dialog, and the beginning of its ids; one name a dialog of the host. */
  readonly name: string;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: DialogOptions;
  #opener: HTMLElement | null = null;

  constructor(
    host: ReactiveControllerHost & HTMLElement,
    name: string,
    options: DialogOptions = {},
  ) {
    this.#host = host;
    this.name = name;
    this.#options = options;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.open = false;
    this.#opener = null;
  }

  /** `opener` is the button that was pressed: Safari does not focus a button on a click. */
  async show(opener?: EventTarget | null): Promise<void> {
    if (this.open) return;
    this.open = true;
    this.#opener = opener instanceof HTMLElement ? opener : focused();
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const dialog = this.#dialog;
    if (!dialog || dialog.open) return;
    dialog.showModal();
    dialog.querySelector<HTMLElement>(this.#options.first ?? 'h2')?.focus();
  }

  hide(): void {
    if (!this.open) return;
    this.open = false;
    const dialog = this.#dialog;
    if (dialog?.open) dialog.close();
    this.#host.requestUpdate();
    const opener = this.#opener;
    this.#opener = null;
    // Closing gives the focus back by itself, but to what had it, and not into what was rendered anew.
    if (opener?.isConnected) opener.focus();
    this.#options.onClosed?.();
  }

  /** For a button that closes it. */
  readonly onHide = (): void => this.hide();

  readonly onCancel = (event: Event): void => {
    if (event.target !== this.#dialog) return;
    // The host decides, and renders without it.
    event.preventDefault();
    this.hide();
  };

  /** The browser closed it whatever was said, as it does for a second Escape. */
  readonly onClose = (event: Event): void => {
    if (event.target === this.#dialog) this.hide();
  };

  /** The backdrop is the dialog itself, outside of its box. */
  readonly onPointerdown = (event: PointerEvent): void => {
    const dialog = this.#dialog;
    if (!dialog || event.target !== dialog) return;
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    const inside = x >= left && x <= right && y >= top && y <= bottom;
    if (!inside) this.hide();
  };

  get #dialog(): HTMLDialogElement | null {
    return this.#host.shadowRoot?.querySelector(`dialog.${this.name}`) ?? null;
  }
}

/** Through shadow roots. */
function focused(): HTMLElement | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement ? active : null;
}
