import type { ReactiveController, ReactiveElement } from 'lit';
import { en, localizerFor, onStrings, type Localizer, type Strings } from '../i18n/index.js';
import { ContextController } from './context-controller.js';
import { localeContext } from './contexts.js';

type Host = ReactiveElement & { locale?: string | undefined };

/**
 * Texts and dates for one element. The locale is the host's own `locale` or `lang`, else that of
 * the nearest provider, else the nearest `lang` around it, else the browser's.
 */
export class LocalizeController<Table extends Strings = Strings> implements ReactiveController {
  readonly #host: Host;
  readonly #english: Table;
  readonly #provided: ContextController<string | undefined>;
  #localizer: Localizer<Table> | undefined;
  #stop: (() => void) | undefined;

  /** `english` is the table to fall back to: `en`, or `inboxEnglish` for an agent's screens. */
  constructor(host: Host, english: Table) {
    this.#host = host;
    this.#english = english;
    this.#provided = new ContextController(host, localeContext);
    host.addController(this);
  }

  hostConnected(): void {
    this.#localizer = undefined;
    this.#stop = onStrings(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#stop?.();
  }

  hostUpdate(): void {
    this.#localizer = undefined;
  }

  /** The localizer of the moment; read it anew in each render. */
  get now(): Localizer<Table> {
    this.#localizer ??= localizerFor(
      this.#host.locale || this.#host.lang || this.#provided.value || surroundingLang(this.#host),
      this.#english,
    );
    return this.#localizer;
  }

  get dir(): 'ltr' | 'rtl' {
    return this.now.dir;
  }

  get term(): Localizer<Table>['term'] {
    const localizer = this.now;
    return localizer.term.bind(localizer);
  }
}

/** For elements that the widget and the inbox share. */
export function localize(host: Host): LocalizeController {
  return new LocalizeController(host, en as Strings);
}

/** The nearest `lang`, through shadow roots. */
function surroundingLang(host: Element): string {
  for (let element: Element | null = host; element;) {
    const holder: Element | null = element.closest('[lang]');
    if (holder) return holder.getAttribute('lang') || navigator.language;
    const root = element.getRootNode();
    element = root instanceof ShadowRoot ? root.host : null;
  }
  return navigator.language;
}
