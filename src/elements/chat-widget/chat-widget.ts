import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { localize } from '../../context/index.js';
import { inLanguage, type WidgetColors, type WidgetPosition } from '../../domain/index.js';
import { refreshStrings } from '../../i18n/index.js';
import type { VisitorIdentity } from '../../protocol/index.js';
import type { StorageKind } from '../../store/browser-storage.js';
import type { GetIdentity, VisitorClient } from '../../store/visitor-client.js';
import { themeStyles, type Theme } from '../../tokens/index.js';
import { customElement } from '../shared/custom-element.js';
import { baseStyles, buttonStyles } from '../shared/styles.js';
import { Announcer } from './announcer.js';
import { reset, styles } from './chat-widget.styles.js';
import { ClientSource } from './client-source.js';
import { Composer } from './composer.js';
import { composerStyles } from './composer.styles.js';
import { defaultServer } from './default-server.js';
import { emit } from './events.js';
import { focusInside } from './focus.js';
import { isKept, keep } from './open-state.js';
import { PageTalk } from './page-talk.js';
import { renderWidget, type WidgetView } from './panel.js';
import { Phone } from './phone.js';
import { phoneStyles } from './phone.styles.js';
import { ReadingPosition } from './reading-position.js';
import type { Scene } from './scene.js';
import { fillThread } from './thread.js';
import { threadStyles } from './thread.styles.js';
import { isPlain, wantedLook, type Layout, type WantedLook } from './wanted-look.js';
import { widgetParts, type WidgetParts } from './widget-parts.js';
import { widgetStores } from './widget-stores.js';

/**
 * @summary The visitor's chat: a bubble that opens a panel with the conversation.
 *
 * @slot header - Replaces faces, greeting and availability.
 * @slot empty - Replaces the sentence shown before the first message.
 * @slot composer - More controls, between field and `Send`.
 *
 * @csspart launcher - The button: round, or a tab with words.
 * @csspart badge - The number of unread messages on it.
 * @csspart panel - The panel.
 * @csspart header - Its head.
 * @csspart faces - Pictures of the agents.
 * @csspart greeting - The greeting.
 * @csspart availability - The line below it.
 * @csspart menu - The button `Menu`.
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
 * @csspart emoji - The button `Emoji`.
 * @csspart send - The button `Send`.
 * @csspart card - What is asked within the conversation: the form, a group, a rating.
 * @csspart teaser - A message beside the button while the panel is closed.
 * @csspart powered-by - The line at the foot, off by default.
 *
 * @cssproperty [--conv-z-index=9999] - Where the widget lies above the page.
 * @cssproperty [--conv-launcher-size=56px] - Size of the button.
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
 * @event {CustomEvent<Record<string, never>>} chat-ready - The server told how the widget looks and who is there.
 * @event {CustomEvent<{code: string}>} chat-identity-refused - The server refused who the page says the visitor is; the chat goes on as before.
 * @event {CustomEvent<{unread: number}>} chat-unread-changed - More or fewer messages are unread.
 * @event {CustomEvent<{values: Record<string, string>, consents: Record<string, boolean>}>} chat-form-submitted - The visitor answered the contact form.
 * @event {CustomEvent<{score: number, comment: string | null}>} chat-rated - The visitor rated the conversation, or changed the rating.
 * @event {CustomEvent<Record<string, never>>} chat-restarted - The visitor began anew; the conversation ended.
 * @event {CustomEvent<{groupId: string | null}>} chat-group-chosen - The visitor chose whom to talk to; null when not sure.
 *
 * @dependency conv-avatar
 * @dependency conv-emoji-picker
 * @dependency conv-message
 * @dependency conv-uploads
 */
@customElement('chat-widget')
export class ChatWidget extends LitElement {
  static override styles = [
    reset,
    baseStyles,
    buttonStyles,
    themeStyles,
    styles,
    threadStyles,
    composerStyles,
    phoneStyles,
  ];

  readonly #localize = localize(this);
  readonly #phone: Phone = new Phone(this);
  readonly #source = new ClientSource(this, {
    onChange: () => this.#onClient(),
    onRing: () => {
      if (this.open && document.hasFocus()) return;
      // Without the chunk it stays silent.
      this.#parts.sound.load().then(
        (ring) => ring(),
        () => undefined,
      );
    },
  });
  readonly #announcer = new Announcer(this, () => this.#localize.now);
  readonly #stores = widgetStores(this, () => this.#source.current);
  readonly #parts: WidgetParts = widgetParts(this.#scene());
  readonly #position = new ReadingPosition(this, () => this.#source.current?.loadOlder());
  readonly #composer: Composer = new Composer(this.#parts, {
    blocked: () => this.#stores.blocked.value ?? false,
    onSent: () => this.#position.jumpToEnd(),
  });
  readonly #talk = new PageTalk(this, this.#parts, this.#stores);
  #hadFocus = false;
  /** Opened by itself: who reads the page goes on there. */
  #calm = false;

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

  /** Edge and place of the button: b(ottom), l(eft), r(ight), then where along it; the workspace's without it. */
  @property() position: WidgetPosition | null = null;

  /** A `round` button, or a `tab` with words at the edge of the window; the workspace's without it. */
  @property({ attribute: 'button-style' }) buttonStyle: 'round' | 'tab' | null = null;

  /** Height of the round button in px; the workspace's without it. */
  @property({ type: Number, attribute: 'button-size' }) buttonSize: number | null = null;

  /** Width of the panel in px, where the window has room; the workspace's without it. */
  @property({ type: Number, attribute: 'chat-width' }) chatWidth: number | null = null;

  /** Height of the panel in px, where the window has room; the workspace's without it. */
  @property({ type: Number, attribute: 'chat-height' }) chatHeight: number | null = null;

  /** Floats over the page, stands in the place of its tag (`inline`), or fills the window (`page`). */
  @property({ reflect: true }) layout: Layout = 'floating';

  /** `none` where the page has a button of its own, which calls `openChat()`. */
  @property({ reflect: true }) launcher: 'own' | 'none' = 'own';

  /** Where this browser remembers its visitor: `local`, `session` (this tab), or `memory` (this page). */
  @property() storage: StorageKind = 'local';

  /** Makes no sound. */
  @property({ type: Boolean }) muted = false;

  /** Colours (`#rrggbb`) that win over the workspace's; an ink that reads is computed for each. */
  @property({ attribute: false }) colors: Partial<WidgetColors> | undefined;

  /** Who the page's own login says the visitor is, signed, or a function that gives it. */
  @property({ attribute: false }) identity: VisitorIdentity | GetIdentity | undefined;

  /** A client made by the page; without it the widget makes its own from `server` and `workspace`. */
  @property({ attribute: false }) client: VisitorClient | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#markRead);
    const scope = this.#scope;
    if (!this.hasUpdated && scope !== null && isKept('panel', scope)) this.open = true;
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

  /** With what is first shown, which comes by itself. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    const { look, launcher } = this.#parts;
    await Promise.allSettled([look.loading, launcher.loading]);
    return super.getUpdateComplete();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#hadFocus = this.shadowRoot?.activeElement != null;
    if (changed.has('locale')) refreshStrings();
    if (this.layout !== 'floating') this.open = true;
    const source = ['client', 'server', 'workspace', 'storage'] as const;
    if (source.some((name) => changed.has(name))) {
      const { client: given, workspace, storage } = this;
      this.#source.use({ given, server: this.#origin, workspace, storage });
    }
    if (changed.has('open') && this.open) this.#position.reset();
    const { look } = this.#parts;
    look.when(!isPlain(this.#look))?.apply(this.#look);
    const { thread, conversation } = this.#stores;
    this.#announcer.read(thread.value, conversation.value?.id ?? null);
  }

  protected override update(changed: PropertyValues<this>): void {
    super.update(changed);
    const messages = this.renderRoot.querySelector('.messages');
    if (messages) fillThread(messages, this.#view);
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('open');
    if (before !== undefined && before !== this.open) this.#toggled();
    else if (this.open && this.#hadFocus && !this.shadowRoot?.activeElement) this.#focusInside();
    // It changes a store that is shown: not within the update.
    queueMicrotask(this.#markRead);
  }

  get #panel(): HTMLElement | null {
    return this.renderRoot.querySelector('.panel');
  }

  /** Under which name this tab keeps what was chosen; null where nothing is kept of it. */
  get #scope(): string | null {
    return this.layout !== 'floating' || this.storage === 'memory' ? null : this.workspace;
  }

  get #origin(): string {
    return this.server || defaultServer.origin || location.origin;
  }

  get #look(): WantedLook {
    return wantedLook(this, this.#stores.settings.value?.look ?? null);
  }

  get #view(): WidgetView {
    return {
      page: this,
      stores: this.#stores,
      parts: this.#parts,
      composer: this.#composer,
      localizer: this.#localize.now,
      phone: this.#phone.matches,
      onScroll: this.#position.onScroll,
      onToggle: () => void (this.open = !this.open),
      onStart: () => this.#source.current?.start(),
      onKeyDown: this.#onKeyDown,
    };
  }

  #scene(): Scene {
    return {
      host: this,
      client: () => this.#source.current,
      own: (text) =>
        inLanguage(this.#stores.settings.value?.texts ?? {}, this.#localize.now.locale)?.[text],
      panel: () => this.#panel,
      writable: () => this.open && !this.#stores.fault.value && !this.#stores.blocked.value,
      focusField: () => this.#focusInside(),
      announce: (text) => this.#announcer.say(text),
      scope: () => this.#scope,
      openCalmly: () => {
        this.#calm = !this.open;
        this.open = true;
      },
      rate: async () => (await this.#parts.rating.load()).ask(),
      chooseGroup: async () => (await this.#parts.choose.load()).ask(),
      restart: () => this.restart(),
    };
  }

  #focusInside(): void {
    const form = this.renderRoot.querySelector<HTMLInputElement>('.form input');
    focusInside(this.#panel, this.#stores.blocked.value ? form : this.#composer.field);
    if (this.#stores.blocked.value) form?.scrollIntoView({ block: 'center' });
  }

  #onClient(): void {
    this.#announcer.reset();
    this.#talk.forget();
    this.#parts.files.part?.reset();
  }

  /** After the panel came or went: focus follows, and the host hears of it. */
  #toggled(): void {
    const calm = this.#calm;
    this.#calm = false;
    const scope = this.#scope;
    if (scope !== null && !calm) keep('panel', scope, this.open);
    if (this.open) {
      // Who is there may have changed since.
      this.#source.current?.start();
      if (!calm) this.#focusInside();
      emit(this, 'chat-opened', {});
      return;
    }
    if (this.#hadFocus) this.renderRoot.querySelector<HTMLElement>('.launcher')?.focus();
    emit(this, 'chat-closed', {});
  }

  readonly #markRead = (): void => {
    if (!this.open || document.visibilityState !== 'visible' || !this.#stores.unread.value) return;
    this.#source.current?.markRead();
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.isComposing && this.layout === 'floating') {
      event.stopPropagation();
      this.open = false;
    } else this.#phone.onKeyDown(this.#panel, event);
  };

  /** Opens the panel. */
  openChat(): void {
    this.open = true;
  }

  /** Closes the panel. */
  closeChat(): void {
    this.open = false;
  }

  /** Ends the conversation; the next message begins a new one. */
  async restart(): Promise<void> {
    await this.#source.current?.restart();
    emit(this, 'chat-restarted', {});
  }

  /** Asks for a group by its id, or for nobody in particular. */
  setGroup(id: string | null): void {
    this.#source.current?.chooseGroup(id);
  }

  /** Shows a message of the team: in the conversation, and beside the button while it is closed. */
  async showMessage(text: string): Promise<void> {
    (await this.#parts.targeting.load()).show(text);
  }

  /** Forgets the visitor in this browser, in all its tabs, and begins anew as nobody. */
  async logout(): Promise<void> {
    this.#parts.targeting.part?.forget();
    await this.#source.current?.logout();
  }

  override render(): TemplateResult {
    const { dir, locale } = this.#localize.now;
    const { look } = this.#parts;
    // Nothing shows in a wrong place first; without its chunk the look stays plain.
    const placed = look.part ?? (look.failed || isPlain(this.#look));
    return html`<div class="root" dir=${dir} lang=${locale}>
      ${placed ? renderWidget(this.#view) : nothing} ${this.#announcer.render()}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-widget': ChatWidget;
  }
}
