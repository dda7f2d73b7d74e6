import type { ReactiveController, ReactiveElement } from 'lit';
import { comingStrings } from './load-locale.js';
import { localizerFor, type Localizer } from './localizer.js';
import { onStrings } from './registry.js';
import type { Strings } from './strings.js';

export type LocalizedHost = ReactiveElement & { locale?: string | undefined };

/**
 * Texts and dates for one element. The locale is the host's own `locale` or `lang`, else what is
 * `provided`, else the nearest `locale` or `lang` attribute around it, else the browser's.
 */
export class Localize<Table extends Strings> implements ReactiveController {
  readonly #host: LocalizedHost;
  readonly #english: Table;
  readonly #provided: () => string | undefined;
  #localizer: Localizer<Table> | undefined;
  #stop: (() => void) | undefined;

  /** `english` is the table to fall back to. */
  constructor(host: LocalizedHost, english: Table, provided = (): string | undefined => undefined) {
    this.#host = host;
    this.#english = english;
    this.#provided = provided;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stop = onStrings(() => this.#host.requestUpdate());
    // It may have been moved to where another language is spoken.
    if (this.#localizer) this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#stop?.();
  }

  hostUpdate(): void {
    this.#localizer = undefined;
  }

  /** The localizer of the moment; read it anew in each render. */
  get now(): Localizer<Table> {
    const { locale, lang } = this.#host;
    this.#localizer ??= localizerFor(
      locale || lang || this.#provided() || surroundingLocale(this.#host),
      this.#english,
    );
    return this.#localizer;
  }

  /** What a visitor's element waits for before it is drawn, so that it does not begin in English. */
  get coming(): Promise<unknown> | undefined {
    // It may be asked between two updates, after the locale has changed.
    this.#localizer = undefined;
    return comingStrings(this.now.locale);
  }

  get dir(): 'ltr' | 'rtl' {
    return this.now.dir;
  }

  get term(): Localizer<Table>['term'] {
    const localizer = this.now;
    return localizer.term.bind(localizer);
  }
}

/** The nearest `locale` or `lang` attribute, through shadow roots. */
function surroundingLocale(host: Element): string {
  for (let element: Element | null = host; element;) {
    const holder: Element | null = element.closest('[locale], [lang]');
    const locale = holder?.getAttribute('locale') || holder?.getAttribute('lang');
    if (locale) return locale;
    const root = element.getRootNode();
    element = root instanceof ShadowRoot ? root.host : null;
  }
  return navigator.language;
}
