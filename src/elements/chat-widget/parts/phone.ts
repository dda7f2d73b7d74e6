import type { ReactiveController } from 'lit';
import { keepFocusInside } from '../focus.js';
import type { Scene } from '../scene.js';
import type { Layout } from '../wanted-look.js';
import { phoneStyles } from './phone.styles.js';

export const styles = phoneStyles;

export const create = (scene: Scene): Phone => new Phone(scene);

const mark = 'convkitPanel';
/** Below it, in px, a keyboard is up: the head makes room for messages. */
const low = 440;

/**
 * The panel that fills the screen of a phone: it keeps to what the on-screen keyboard leaves
 * (`--_visible-height` and `--_visible-top` on the host), keeps Tab inside, and the way back closes
 * it instead of leaving the page.
 */
export class Phone implements ReactiveController {
  readonly #scene: Scene;
  /** Whether the history holds an entry of ours, or is about to lose it. */
  #entry: 'none' | 'ours' | 'leaving' = 'none';
  #active = false;
  /** Only a panel over the page can be left. */
  #leavable = false;

  constructor(scene: Scene) {
    this.#scene = scene;
    scene.host.addController(this);
  }

  /** To be told before each render: whether the panel fills the screen now, and of which layout it is. */
  shows(active: boolean, layout: Layout): void {
    this.#leavable = active && layout === 'floating';
    active &&= layout !== 'inline';
    if (this.#active && !active) this.#forgetViewport();
    this.#active = active;
  }

  hostConnected(): void {
    window.visualViewport?.addEventListener('resize', this.#onViewport);
    window.visualViewport?.addEventListener('scroll', this.#onViewport);
    window.addEventListener('popstate', this.#onBack);
    this.#onViewport();
  }

  hostDisconnected(): void {
    this.#leave();
    window.visualViewport?.removeEventListener('resize', this.#onViewport);
    window.visualViewport?.removeEventListener('scroll', this.#onViewport);
    window.removeEventListener('popstate', this.#onBack);
    this.#entry = 'none';
  }

  hostUpdated(): void {
    if (this.#leavable && this.#scene.host.open) this.#enter();
    else this.#leave();
    if (this.#active && this.#scene.host.open) this.#onViewport();
  }

  onKeyDown(event: KeyboardEvent): void {
    const panel = this.#scene.panel();
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
    goBack();
  }

  readonly #onBack = (event: Event): void => {
    arrive(event);
    // The page went on while the way back was being gone, which led here then.
    if (isOurs() && this.#entry !== 'leaving') return;
    const gone = this.#entry === 'ours' && event !== arrival;
    this.#entry = 'none';
    if (gone) this.#scene.host.open = false;
    // It was opened again before the way back was done, or another one went.
    else this.#scene.host.requestUpdate();
  };

  #forgetViewport(): void {
    const { style } = this.#scene.host;
    style.removeProperty('--_visible-height');
    style.removeProperty('--_visible-top');
    this.#scene.host.toggleAttribute('data-low', false);
  }

  readonly #onViewport = (): void => {
    const viewport = window.visualViewport;
    if (!viewport || !this.#active) return;
    // Pinching also shrinks it; a reader who zooms in must not lose half the panel.
    if (viewport.scale > 1) return this.#forgetViewport();
    const { style } = this.#scene.host;
    style.setProperty('--_visible-height', `${viewport.height}px`);
    style.setProperty('--_visible-top', `${viewport.offsetTop}px`);
    this.#scene.host.toggleAttribute('data-low', viewport.height < low);
  };
}

/** Some widget is on its way back: a second step would leave the page. */
let leaving = false;
/** With which the last such way ended. */
let arrival: Event | undefined;

function goBack(): void {
  leaving = true;
  // For a widget that hears of it no more.
  window.addEventListener('popstate', arrive, { once: true });
  history.back();
}

/** Listeners of a window are called in the order in which they came: whoever is first says so. */
function arrive(event: Event): void {
  if (leaving) arrival = event;
  leaving = false;
}

const isOurs = (): boolean => (history.state as Record<string, unknown> | null)?.[mark] === true;
