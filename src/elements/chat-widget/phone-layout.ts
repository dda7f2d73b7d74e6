import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The panel fills the screen there; `chat-widget.styles.ts` has the same query. */
const phone = '(max-width: 480px), (max-height: 420px)';

/**
 * Whether the panel fills the screen, and how much of the screen the on-screen keyboard leaves:
 * `--_visible-height` and `--_visible-top` on the host.
 */
export class PhoneLayout implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #query = window.matchMedia(phone);

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  get active(): boolean {
    return this.#query.matches;
  }

  hostConnected(): void {
    this.#query.addEventListener('change', this.#onQuery);
    window.visualViewport?.addEventListener('resize', this.#onViewport);
    window.visualViewport?.addEventListener('scroll', this.#onViewport);
  }

  hostDisconnected(): void {
    this.#query.removeEventListener('change', this.#onQuery);
    window.visualViewport?.removeEventListener('resize', this.#onViewport);
    window.visualViewport?.removeEventListener('scroll', this.#onViewport);
  }

  readonly #onQuery = (): void => this.#host.requestUpdate();

  readonly #onViewport = (): void => {
    const viewport = window.visualViewport;
    if (!viewport || !this.active) return;
    const { style } = this.#host;
    // Pinching also shrinks it; a reader who zooms in must not lose half the panel.
    if (viewport.scale > 1) {
      style.removeProperty('--_visible-height');
      style.removeProperty('--_visible-top');
      return;
    }
    style.setProperty('--_visible-height', `${viewport.height}px`);
    style.setProperty('--_visible-top', `${viewport.offsetTop}px`);
  };
}
