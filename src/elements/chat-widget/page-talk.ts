import type { ReactiveController } from 'lit';
import type { CodedError, VisitorIdentity } from '../../protocol/index.js';
import type { GetIdentity } from '../../store/visitor-client.js';
import { emit } from './events.js';
import { PageViews } from './page-views.js';
import type { WidgetParts } from './widget-parts.js';
import type { WidgetStores } from './widget-stores.js';

/** What the page says of its visitor. */
interface Page {
  consent: boolean;
  identity: VisitorIdentity | GetIdentity | undefined;
}

/** What the server is told of the page and its visitor, and the page of the chat. */
export class PageTalk implements ReactiveController {
  readonly #page: Page;
  readonly #parts: WidgetParts;
  readonly #stores: WidgetStores;
  readonly #pages: PageViews;
  #consented = false;
  #ready = false;
  #unread = 0;
  #identity: Page['identity'];

  constructor(page: Page, parts: WidgetParts, stores: WidgetStores) {
    this.#page = page;
    this.#parts = parts;
    this.#stores = stores;
    this.#pages = new PageViews(parts.scene);
    parts.scene.host.addController(this);
  }

  /** Another client knows nothing of this yet. */
  forget(): void {
    this.#consented = this.#ready = false;
    this.#unread = 0;
    this.#identity = undefined;
    this.#pages.forget();
    this.#parts.form.part?.forget();
  }

  hostUpdated(): void {
    const { host, client: current } = this.#parts.scene;
    const client = current();
    const settings = this.#stores.settings.value;
    const { consent, identity } = this.#page;
    if (identity !== this.#identity && client) {
      this.#identity = identity;
      if (identity) {
        client.identify(identity).catch((cause: CodedError) => {
          console.warn('convkit identity_refused', cause);
          emit(host, 'chat-identity-refused', { code: cause.code });
        });
      }
    }
    const tracking = settings?.tracking;
    const agreed = tracking === 'always' || (consent && tracking === 'consent');
    if (agreed && !this.#consented && client) {
      this.#consented = true;
      client.consent();
    }
    if (tracking && tracking !== 'none') this.#pages.tellPresent();
    const targeting = this.#parts.targeting.when(settings?.targeted.length);
    // It changes what is shown: not within the update.
    if (targeting) queueMicrotask(() => targeting.check());
    if (settings && this.#stores.availability.value && !this.#ready) {
      this.#ready = true;
      emit(host, 'chat-ready', {});
    }
    const unread = this.#stores.unread.value ?? 0;
    if (unread === this.#unread) return;
    this.#unread = unread;
    emit(host, 'chat-unread-changed', { unread });
  }
}
