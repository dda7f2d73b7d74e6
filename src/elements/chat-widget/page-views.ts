import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { PageSeen } from '../../store/visitor-client.js';

/** The Navigation API, where the browser has it; tells every navigation within the page. */
type Navigation = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;

/** Tells the page that is shown: at first, and after each navigation within it. */
export class PageViews implements ReactiveController {
  readonly #tell: (page: PageSeen) => void;
  #told = '';

  constructor(host: ReactiveControllerHost, tell: (page: PageSeen) => void) {
    this.#tell = tell;
    host.addController(this);
  }

  hostConnected(): void {
    for (const [target, type] of this.#sources()) target.addEventListener(type, this.#onNavigate);
  }

  hostDisconnected(): void {
    for (const [target, type] of this.#sources()) {
      target.removeEventListener(type, this.#onNavigate);
    }
  }

  /** Tells the present page unless it was the last one told. */
  tellPresent(): void {
    if (location.href === this.#told) return;
    this.#tell({
      url: location.href,
      title: document.title,
      language: navigator.language,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      ...(this.#told === '' && document.referrer !== '' ? { referrer: document.referrer } : {}),
    });
    this.#told = location.href;
  }

  /** The next client is told the present page again. */
  forget(): void {
    this.#told = '';
  }

  #sources(): (readonly [Navigation, string])[] {
    const navigation = (window as { navigation?: Navigation }).navigation;
    return navigation
      ? [[navigation, 'currententrychange']]
      : [
          [window, 'popstate'],
          [window, 'hashchange'],
        ];
  }

  readonly #onNavigate = (): void => {
    // The page sets its new title after it has changed the address.
    if (this.#told !== '') setTimeout(() => this.tellPresent());
  };
}
