import type { ReactiveController, ReactiveElement } from 'lit';
import { keepFocusInside } from './focus.js';
import type { Layout } from './wanted-look.js';

type Host = ReactiveElement & { open: boolean; readonly layout: Layout };

const mark = 'convkitPanel';
/** Below it, in px, a keyboard is up: the head makes room for messages. */
const low = 440;

/**
 * The panel that fills the screen of a phone: it keeps to what the on-screen keyboard leaves
 * (`--_visible-height` and `--_visible-top` on the host), keeps Tab inside, and the way back closes
 * it instead of leaving the page.
 */
export class Phone implements ReactiveController {
  readonly #host: Host;
  /** `phone.styles.ts` has the same query. */
  readonly #query = window.matchMedia('(max-width: 480px), (max-height: 420px)');
  #life = new AbortController();
  /** Whether the history holds an entry of ours, or is about to lose it. */
  #entry: 'none' | 'ours' | 'leaving' = 'none';

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  get matches(): boolean {
    return this.#query.matches;
  }

  /** Only a panel over the page can be left. */
  get #leavable(): boolean {
    return this.matches && this.#host.layout === 'floating';
  }

  hostConnected(): void {
    const { signal } = (this.#life = new AbortController());
    const { visualViewport } = window;
    this.#query.addEventListener('change', () => this.#host.requestUpdate(), { signal });
    window.addEventListener('popstate', this.#onBack, { signal });
    for (const type of ['resize', 'scroll']) {
      visualViewport?.addEventListener(type, () => this.#fit(), { signal });
    }
  }

  hostDisconnected(): void {
    this.#leave();
    this.#entry = 'none';
    this.#life.abort();
  }

  hostUpdated(): void {
    if (this.#leavable && this.#host.open) this.#enter();
    else this.#leave();
    this.#fit();
  }

  onKeyDown(panel: HTMLElement | null, event: KeyboardEvent): void {
    if (event.key === 'Tab' && this.#leavable && panel) keepFocusInside(panel, event);
  }

  #enter(): void {
    if (this.#entry !== 'none' || leaving) return;
    this.#entry = 'ours';
    // After a reload the entry is still there.
    if (isOurs()) return;
    history.pushState({ ...(history.state as object | null), [mark]: true }, '');
  }

  #leave(): void {
    if (this.#entry !== 'ours') return;
    this.#entry = 'none';
    // Where the page has gone on by itself, going back would undo that.
    if (!isOurs() || leaving) return;
    this.#entry = 'leaving';
    leaving = true;
    // For a widget that hears of it no more.
    window.addEventListener('popstate', arrive, { once: true });
    history.back();
  }

  readonly #onBack = (event: Event): void => {
    arrive(event);
    // The page went on while the way back was being gone, which led here then.
    if (isOurs() && this.#entry !== 'leaving') return;
    const gone = this.#entry === 'ours' && event !== arrival;
    this.#entry = 'none';
    if (gone) this.#host.open = false;
    // It was opened again before the way back was done, or another one went.
    else this.#host.requestUpdate();
  };

  #fit(): void {
    const viewport = window.visualViewport;
    // Pinching also shrinks it; a reader who zooms in must not lose half the panel.
    const fits = viewport && viewport.scale <= 1 && this.matches && this.#host.layout !== 'inline';
    const { style } = this.#host;
    style.setProperty('--_visible-height', fits ? `${viewport.height}px` : '');
    style.setProperty('--_visible-top', fits ? `${viewport.offsetTop}px` : '');
    this.#host.toggleAttribute('data-low', !!fits && viewport.height < low);
  }
}

/** Some widget is on its way back: a second step would leave the page. */
let leaving = false;
/** With which the last such way ended. */
let arrival: Event | undefined;

/** Listeners of a window are called in the order in which they came: whoever is first says so. */
function arrive(event: Event): void {
  if (leaving) arrival = event;
  leaving = false;
}

const isOurs = (): boolean => (history.state as Record<string, unknown> | null)?.[mark] === true;
