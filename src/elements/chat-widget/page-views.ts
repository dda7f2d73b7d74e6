import type { ReactiveController } from 'lit';
import { onNavigate } from './navigation.js';
import type { Scene } from './scene.js';

/** Tells the page that is shown: at first, and after each navigation within it (S5.8). */
export class PageViews implements ReactiveController {
  readonly #scene: Scene;
  #told = '';
  #stop: (() => void) | undefined;

  constructor(scene: Scene) {
    this.#scene = scene;
    scene.host.addController(this);
  }

  hostConnected(): void {
    this.#stop = onNavigate(() => {
      if (this.#told !== '') this.tellPresent();
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
  }

  /** Tells the present page unless it was the last one told. */
  tellPresent(): void {
    if (location.href === this.#told) return;
    this.#scene.client()?.pageView({
      url: location.href,
      title: document.title,
      language: navigator.language,
      // Read when it is sent: a phone takes a while to find out, and the panel comes first.
      get timeZone() {
        return Intl.DateTimeFormat().resolvedOptions().timeZone;
      },
      ...(this.#told === '' && document.referrer !== '' ? { referrer: document.referrer } : {}),
    });
    this.#told = location.href;
  }

  /** The next client is told the present page again. */
  forget(): void {
    this.#told = '';
  }
}
