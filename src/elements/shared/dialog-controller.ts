import type { ReactiveController, ReactiveControllerHost } from 'lit';

interface DialogParts {
  /** The `<dialog>`; null while it is not rendered. */
  dialog(): HTMLDialogElement | null;
  /** What takes the focus when it opens; without it the browser chooses. */
  initialFocus?(): HTMLElement | null;
  /** False keeps it open, such as where something unsaved would be lost. */
  mayClose?(): boolean;
  onClosed?(): void;
}

/**
 * A modal `<dialog>` that is rendered while `open`: Escape and a press beside it close it, and the
 * focus goes back to where it was. Render it with `@cancel` and `@close` and `@pointerdown`.
 */
export class DialogController implements ReactiveController {
  open = false;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #parts: DialogParts;
  #before: HTMLElement | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement, parts: DialogParts) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.open = false;
    this.#before = null;
  }

  async show(): Promise<void> {
    if (this.open) return;
    this.open = true;
    this.#before = focused();
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const dialog = this.#parts.dialog();
    if (!dialog || dialog.open) return;
    dialog.showModal();
    this.#parts.initialFocus?.()?.focus();
  }

  hide(): void {
    if (!this.open) return;
    this.open = false;
    const dialog = this.#parts.dialog();
    if (dialog?.open) dialog.close();
    this.#host.requestUpdate();
    const before = this.#before;
    this.#before = null;
    // Closing gives the focus back by itself, but not into an element that was rendered anew.
    if (before?.isConnected) before.focus();
    this.#parts.onClosed?.();
  }

  /** For a button that closes it. */
  readonly onHide = (): void => this.hide();

  readonly onCancel = (event: Event): void => {
    if (event.target !== this.#parts.dialog()) return;
    // The host decides, and renders without it.
    event.preventDefault();
    if (this.#parts.mayClose?.() ?? true) this.hide();
  };

  /** The browser closed it whatever was said, as it does for a second Escape. */
  readonly onClose = (event: Event): void => {
    if (event.target === this.#parts.dialog()) this.hide();
  };

  /** The backdrop is the dialog itself, outside of its box. */
  readonly onPointerdown = (event: PointerEvent): void => {
    const dialog = this.#parts.dialog();
    if (!dialog || event.target !== dialog) return;
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    const inside = x >= left && x <= right && y >= top && y <= bottom;
    if (!inside && (this.#parts.mayClose?.() ?? true)) this.hide();
  };
}

/** Through shadow roots. */
function focused(): HTMLElement | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement ? active : null;
}
