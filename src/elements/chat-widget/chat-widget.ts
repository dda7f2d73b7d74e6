import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { StoreController, localize } from '../../context/index.js';
import type { WidgetPosition } from '../../domain/index.js';
import { refreshStrings } from '../../i18n/index.js';
import type { VisitorClient } from '../../store/visitor-client.js';
import { themeStyles, type Theme } from '../../tokens/index.js';
import { ScrollController } from '../shared/scroll-controller.js';
import { customElement } from '../shared/custom-element.js';
import { baseStyles, buttonStyles } from '../shared/styles.js';
import { Announcer } from './announcer.js';
import { styles } from './chat-widget.styles.js';
import { Composer } from './composer.js';
import { composerStyles } from './composer.styles.js';
import { ClientSource } from './client-source.js';
import { defaultServer } from './default-server.js';
import { emit } from './events.js';
import { focusInside, keepFocusInside } from './focus.js';
import { renderHeader } from './header.js';
import { renderLauncher } from './launcher.js';
import { renderConnection, renderFault } from './notices.js';
import { keepOpen, wasOpen } from './open-state.js';
import { PageViews } from './page-views.js';
import { PhoneLayout } from './phone-layout.js';
import { renderThread } from './thread.js';
import { threadStyles } from './thread.styles.js';

/**
 * @summary The visitor's chat: a bubble that opens a panel with the conversation.
 *
 * @slot header - Replaces faces, greeting and availability.
 * @slot empty - Replaces the sentence shown before the first message.
 * @slot composer - More controls, between field and `Send`.
 *
 * @csspart launcher - The round button.
 * @csspart badge - The number of unread messages on it.
 * @csspart panel - The panel.
 * @csspart header - Its head.
 * @csspart faces - Pictures of the agents.
 * @csspart greeting - The greeting.
 * @csspart availability - The line below it.
 * @csspart minimize - The button that closes the panel.
 * @csspart connection - The line that tells about a lost connection.
 * @csspart fault - Shown when the chat cannot work at all.
 * @csspart log - The scrolling messages.
 * @csspart day - A day divider.
 * @csspart message - A message with all that belongs to it.
 * @csspart meta - Author, time and receipt below a run of messages.
 * @csspart receipt - `Sending`, `Sent` or `Seen`.
 * @csspart system - A line that tells what happened.
 * @csspart failure - What is shown below a message that was not sent.
 * @csspart typing - Shown while an agent types.
 * @csspart empty - Shown before the first message.
 * @csspart skeleton - Shown while loading.
 * @csspart error - Shown when the messages cannot be loaded.
 * @csspart bubble - A message's bubble.
 * @csspart text - A message's text.
 * @csspart attachment - An attachment of a message.
 * @csspart picture - The small picture of an attachment.
 * @csspart download - An attachment that is no picture.
 * @csspart composer - The foot of the panel.
 * @csspart field - The text field.
 * @csspart attach - The button `Attach files`.
 * @csspart file - A file that goes with the next message.
 * @csspart send - The button `Send`.
 *
 * @cssproperty [--conv-z-index=9999] - Where the widget lies above the page.
 * @cssproperty [--conv-launcher-size=56px] - Size of the round button.
 * @cssproperty [--conv-launcher-offset=24px] - Its distance from the edges of the window.
 * @cssproperty [--conv-panel-width=380px] - Width of the panel.
 * @cssproperty [--conv-panel-height=620px] - Height of the panel, where the window has room.
 * @cssproperty [--conv-font=inherit] - Font; the page's own by default.
 * @cssproperty [--conv-font-size=14px] - Size of text; all other sizes follow.
 *
 * @event {CustomEvent<Record<string, never>>} chat-opened - The panel was opened.
 * @event {CustomEvent<Record<string, never>>} chat-closed - The panel was closed.
 * @event {CustomEvent<{text: string, attachments: Attachment[]}>} chat-before-message-send - Before a message goes out; cancelable.
 * @event {CustomEvent<{text: string, attachments: Attachment[]}>} chat-message-sent - The visitor sent a message.
 * @event {CustomEvent<{id: string, text: string, author: {id: string | null, name: string | null}}>} chat-message-received - A message of the other side came.
 *
 * @dependency conv-avatar
 * @dependency conv-message
 * @dependency conv-uploads
 */
@customElement('chat-widget')
export class ChatWidget extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    themeStyles,
    styles,
    threadStyles,
    composerStyles,
  ];

  readonly #localize = localize(this);
  readonly #source = new ClientSource(this, () => this.#onClient());
  readonly #announcer = new Announcer(this);
  readonly #phone = new PhoneLayout(this);
  readonly #pages = new PageViews(this, (page) => this.#client?.pageView(page));
  readonly #scroll = new ScrollController(this, {
    scroller: () => this.renderRoot.querySelector('.log'),
    content: () => this.renderRoot.querySelector('.rows'),
    onNearTop: () => this.#loadOlder(),
    onEndChanged: () => undefined,
  });

  readonly #composer: Composer = new Composer(this, {
    client: () => this.#client,
    open: () => this.open && !this.#fault.value,
    onSent: () => this.#scroll.jumpToEnd(),
  });

  readonly #connection = new StoreController(this, () => this.#client?.$connection);
  readonly #settings = new StoreController(this, () => this.#client?.$settings);
  readonly #availability = new StoreController(this, () => this.#client?.$availability);
  readonly #conversation = new StoreController(this, () => this.#client?.$conversation);
  readonly #thread = new StoreController(this, () => this.#client?.$thread);
  readonly #typing = new StoreController(this, () => this.#client?.$typing);
  readonly #unread = new StoreController(this, () => this.#client?.$unread);
  readonly #fault = new StoreController(this, () => this.#client?.$fault);

  #consented = false;
  #hadFocus = false;

  /** Origin of the server, such as `https://chat.example`; without it that of the script. */
  @property() server = '';

  /** Id of the workspace. */
  @property() workspace = '';

  /** Language of the widget (BCP 47); the page's own without it. */
  @property() locale: string | undefined;

  /** Light, dark, or as the visitor's system has it. */
  @property({ reflect: true }) theme: Theme = 'auto';

  /** One colour (`#rrggbb`) for all that is coloured; the ink on it is computed. */
  @property() accent: string | null = null;

  /** The visitor agreed to be remembered and listed before writing. */
  @property({ type: Boolean }) consent = false;

  /** Shows the panel. */
  @property({ type: Boolean, reflect: true }) open = false;

  /** Edge and place of the bubble: b(ottom), l(eft), r(ight), then where along it. */
  @property({ reflect: true }) position: WidgetPosition = 'br';

  /** A client made by the page; without it the widget makes its own from `server` and `workspace`. */
  @property({ attribute: false }) client: VisitorClient | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#markRead);
    if (!this.hasUpdated && wasOpen(this.#scope)) this.open = true;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#markRead);
  }

  /** A language on its way is waited for, so that nothing is first shown in English. */
  protected override scheduleUpdate(): void | Promise<unknown> {
    const update = (): void | Promise<unknown> => super.scheduleUpdate();
    return this.#localize.coming?.then(update) ?? update();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#hadFocus = this.shadowRoot?.activeElement != null;
    if (changed.has('locale')) refreshStrings();
    if (changed.has('accent')) this.#color();
    if (changed.has('client') || changed.has('server') || changed.has('workspace')) {
      const { client: given, workspace } = this;
      this.#source.use({ given, server: this.#origin, workspace });
    }
    if (changed.has('open') && this.open) this.#scroll.reset();
    this.#announcer.read(this.#thread.value, this.#conversation.value?.id ?? null);
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#tellConsent();
    if (this.#settings.value && this.#settings.value.tracking !== 'none') this.#pages.tellPresent();
    if (changed.has('open') && changed.get('open') !== undefined) this.#toggled();
    else if (this.open && this.#hadFocus && !this.shadowRoot?.activeElement)
      focusInside(this.#panel, this.#composer.field);
    // It changes a store that is shown: not within the update.
    queueMicrotask(this.#markRead);
  }

  get #panel(): HTMLElement | null {
    return this.renderRoot.querySelector('.panel');
  }

  get #launcher(): HTMLElement | null {
    return this.renderRoot.querySelector('.launcher');
  }

  /** One widget of one workspace on one server. */
  get #scope(): string {
    return `${this.#origin}/${this.workspace}`;
  }

  get #origin(): string {
    return this.server || defaultServer.origin || location.origin;
  }

  get #client(): VisitorClient | undefined {
    return this.#source.current;
  }

  /** Few pages set an accent: what computes its inks is fetched by those. */
  #color(): void {
    if (this.accent === null && !this.hasUpdated) return;
    void import('../../tokens/accent.js').then(({ applyAccent }) => applyAccent(this, this.accent));
  }

  #onClient(): void {
    this.#announcer.reset();
    this.#consented = false;
    this.#pages.forget();
    this.#composer.files?.reset();
  }

  #tellConsent(): void {
    const agreed = this.consent || this.#settings.value?.tracking === 'always';
    if (!agreed || this.#consented || !this.#client) return;
    this.#consented = true;
    this.#client.consent();
  }

  #loadOlder(): void {
    const thread = this.#thread.value;
    if (thread?.hasOlder && !thread.loadingOlder) this.#client?.loadOlder();
  }

  /** After the panel came or went: focus follows, and the host hears of it. */
  #toggled(): void {
    keepOpen(this.#scope, this.open);
    if (this.open) {
      focusInside(this.#panel, this.#composer.field);
      emit(this, 'chat-opened', {});
      return;
    }
    if (this.#hadFocus) this.#launcher?.focus();
    emit(this, 'chat-closed', {});
  }

  readonly #markRead = (): void => {
    if (!this.open || document.visibilityState !== 'visible' || !this.#unread.value) return;
    this.#client?.markRead();
  };

  readonly #onToggle = (): void => {
    this.open = !this.open;
  };

  readonly #onPanelKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.isComposing) {
      event.stopPropagation();
      this.open = false;
    } else if (event.key === 'Tab' && this.#phone.active && this.#panel) {
      keepFocusInside(this.#panel, event);
    }
  };

  readonly #onRestart = (): void => this.#client?.start();

  readonly #onRetry = (event: Event): void => {
    const { key } = (event.currentTarget as HTMLElement).dataset;
    if (key) this.#client?.retry(key);
  };

  readonly #onDiscard = (event: Event): void => {
    const { key } = (event.currentTarget as HTMLElement).dataset;
    if (key) this.#client?.discard(key);
  };

  #renderBody(): TemplateResult {
    const localizer = this.#localize.now;
    const fault = this.#fault.value;
    if (fault) return renderFault({ fault, localizer, onRetry: this.#onRestart });
    const thread = this.#thread.value;
    return html`
      <div class="middle">
        ${renderConnection({
          connection: this.#connection.value,
          localizer,
          onRetry: this.#onRestart,
        })}
        <div
          part="log"
          class="log"
          role="log"
          aria-live="off"
          aria-label=${localizer.term('chat.log')}
          aria-busy=${thread?.status === 'loading' ? 'true' : 'false'}
          tabindex="0"
          @scroll=${this.#scroll.onScroll}
        >
          <div class="rows">
            ${renderThread({
              thread,
              typing: this.#typing.value ?? [],
              source: this.#client,
              localizer,
              now: this.#client?.now() ?? Date.now(),
              onRetry: this.#onRetry,
              onDiscard: this.#onDiscard,
              onReload: this.#onRestart,
            })}
          </div>
        </div>
      </div>
      ${this.#composer.render(localizer)}
    `;
  }

  #renderPanel(): TemplateResult {
    const localizer = this.#localize.now;
    return html`<section
      part="panel"
      class="panel"
      data-drop=${this.#composer.files?.dropText ?? nothing}
      role="dialog"
      aria-modal=${this.#phone.active ? 'true' : 'false'}
      aria-label=${localizer.term('chat.panel')}
      tabindex="-1"
      @keydown=${this.#onPanelKeyDown}
    >
      ${renderHeader({
        settings: this.#settings.value,
        availability: this.#availability.value,
        localizer,
        phone: this.#phone.active,
        onClose: this.#onToggle,
      })}
      ${this.#renderBody()}
    </section>`;
  }

  override render(): TemplateResult | typeof nothing {
    const mode = this.#availability.value?.mode;
    const known = mode !== undefined || this.#fault.value != null;
    const { dir, now: localizer } = this.#localize;
    return html`<div class="root" dir=${dir} lang=${localizer.locale}>
      ${this.open ? this.#renderPanel() : nothing}
      ${
        this.open || (known && mode !== 'hidden')
          ? renderLauncher({
              open: this.open,
              unread: this.#unread.value ?? 0,
              localizer,
              onToggle: this.#onToggle,
            })
          : nothing
      }
      ${this.#announcer.render(localizer)}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-widget': ChatWidget;
  }
}
