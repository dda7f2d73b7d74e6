import { ContextProvider } from '@lit/context';
import {
  html,
  LitElement,
  nothing,
  type CSSResultGroup,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { property, query, state } from 'lit/decorators.js';
import {
  accountContext,
  agentClientContext,
  ContextController,
  LocalizeController,
  selectionContext,
  StoreController,
  type Account,
  type Selection,
} from '../../context/index.js';
import type { ViewName } from '../../domain/index.js';
import { inboxEnglish } from '../../i18n/inbox.js';
import type { AgentClient } from '../../store/agent-client.js';
import '../conv-agent-status/conv-agent-status.js';
import type { ConvComposer } from '../conv-composer/conv-composer.js';
import type { ConvContact } from '../conv-contact/conv-contact.js';
import '../conv-email/conv-email.js';
import type { ConvList } from '../conv-list/conv-list.js';
import '../conv-list/conv-list.js';
import '../conv-nav/conv-nav.js';
import type { ConvThread } from '../conv-thread/conv-thread.js';
import '../conv-thread/conv-thread.js';
import { AgentController } from '../shared/agent-controller.js';
import { customElement } from '../shared/custom-element.js';
import { DesktopNotices } from '../shared/desktop-notices.js';
import { DialogController } from '../shared/dialog-controller.js';
import { dialogStyles } from '../shared/dialog.styles.js';
import { emit } from '../shared/events.js';
import { HostView } from '../shared/host-view.js';
import { arrowLeftIcon, closeIcon, panelRightIcon } from '../shared/icons.js';
import { RingController } from '../shared/ring-controller.js';
import { buttonToneStyles } from '../shared/button-tones.styles.js';
import { baseStyles, buttonStyles } from '../shared/styles.js';
import { whenIdle } from '../shared/when-idle.js';
import { renderConnection } from './connection-notice.js';
import { loadPanes, loadRest } from './load-panes.js';
import { styles } from './conv-inbox.styles.js';
import { keyStyles } from './keys.styles.js';
import { ProfileForm } from './profile-form.js';
import { renderShortcutHelp } from './shortcut-help.js';
import { Shortcuts, type Shortcut } from './shortcuts.js';
import { WidthController } from './width-controller.js';

/** Of `conv-conversation-selected`. */
export interface ConversationSelected {
  /** Null when none is open any more. */
  conversationId: string | null;
}

/** Of `conv-badge-changed`. */
export interface BadgeChanged {
  /** Conversations with a dot, within what the agent wants counted; at most 100. */
  count: number;
}

/**
 * @summary The agent's whole inbox: navigation, list, thread with composer, and contact.
 *
 * Wide, all panes are shown; medium, the contact is behind a button; narrow, one pane at a time.
 * It fills the height of what it stands in.
 *
 * @slot nav-bottom - At the navigation's end, for links of the host.
 * @slot list-actions - After the list's heading.
 * @slot thread-actions - Among the actions of the thread.
 * @slot contact-pane - Panes of the host in the contact's details.
 *
 * @csspart nav - The navigation.
 * @csspart list - The list.
 * @csspart thread - The thread.
 * @csspart composer - The composer.
 * @csspart email - The button `Compose an email`.
 * @csspart contact - The contact's details.
 *
 * @event {CustomEvent<ConversationSelected>} conv-conversation-selected - Another conversation is open, or none.
 *
 * @event {CustomEvent<BadgeChanged>} conv-badge-changed - Another number of conversations waits; for the page's title and icon.
 *
 * @dependency conv-agent-status
 * @dependency conv-composer
 * @dependency conv-email
 * @dependency conv-contact
 * @dependency conv-list
 * @dependency conv-nav
 * @dependency conv-thread
 */
@customElement('conv-inbox')
export class ConvInbox extends LitElement {
  static override styles: CSSResultGroup = [
    baseStyles,
    buttonStyles,
    buttonToneStyles,
    dialogStyles,
    styles,
    keyStyles,
  ];

  #agent = new AgentController(this);
  #account = new ContextController<Account | undefined>(this, accountContext);
  #clientProvider = new ContextProvider(this, { context: agentClientContext });
  #selectionProvider = new ContextProvider(this, { context: selectionContext });
  #l = new LocalizeController(this, inboxEnglish);
  #width = new WidthController(this);
  #hostView = new HostView(this, this.#agent);
  #conversationId = new StoreController(this, () => this.#agent.selection.$conversationId);
  #view = new StoreController(this, () => this.#agent.selection.$view);
  #connection = new StoreController(this, () => this.#agent.client?.$connection);
  #me = new StoreController(this, () => this.#agent.client?.$me);
  #profile = new StoreController(this, () => this.#account.value?.$profile);
  #badge = new StoreController(this, () => this.#agent.client?.$badge);
  #keys = new DialogController(this, 'keys');
  #profileForm = new ProfileForm(this, () => this.#account.value);

  /** The open conversation as the host knows it. */
  #told: string | null = null;
  #toldBadge = 0;

  @query('conv-list') private list!: ConvList | null;
  @query('conv-thread') private thread!: ConvThread | null;
  @query('conv-composer') private composer!: ConvComposer | null;
  @query('conv-contact') private contact!: ConvContact | null;

  /** The contact's details are asked for where they are not shown anyway. */
  @state() private contactOpen = false;

  /** Id of the open conversation; empty while there is none. */
  @property({ reflect: true }) selected: string | null = null;

  /** The view that the list shows. */
  @property({ reflect: true }) view: ViewName | undefined;

  /** What to work on instead of the nearest provider's client. */
  @property({ attribute: false }) client: AgentClient | undefined;

  constructor() {
    super();
    new RingController(
      this,
      () => this.#agent.client,
      (id) => id === this.#agent.selection.$conversationId.get(),
    );
    new DesktopNotices(this, {
      client: () => this.#agent.client,
      localizer: () => this.#l.now,
      open: (id) => this.#open(id),
    });
    new Shortcuts(
      this,
      () => this.#me.value?.preferences.shortcuts ?? true,
      (shortcut) => void this.#act(shortcut),
    );
  }

  /** Who chose a notification sees the conversation. */
  #open(id: string): void {
    this.#agent.selection.showConversation(id);
  }

  async #act(shortcut: Shortcut): Promise<void> {
    switch (shortcut) {
      case 'next':
      case 'previous':
        this.list?.openNeighbour(shortcut);
        break;
      case 'close':
        await this.thread?.closeOrReopen();
        break;
      case 'assign':
        this.thread?.showAgents();
        break;
      case 'reply':
      case 'comment':
        await customElements.whenDefined('conv-composer');
        await loadPanes();
        await this.composer?.write?.(shortcut);
        break;
      case 'search':
        // On a phone the list is behind the thread.
        if (this.#width.size === 'narrow') this.#agent.selection.showConversation(null);
        await this.updateComplete;
        this.list?.focusSearch();
        break;
      case 'help':
        await this.#keys.show();
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { selection, client } = this.#agent;
    this.#clientProvider.setValue(client);
    this.#selectionProvider.setValue(selection);
    if (changed.has('selected')) this.#selectByHost(selection);
    this.#hostView.follow(changed);
    this.selected = selection.$conversationId.get();
    if (this.selected === null) this.contactOpen = false;
  }

  /** What a host sets it knows: no event, and the focus stays where it is. */
  #selectByHost(selection: Selection): void {
    const wanted = this.selected || null;
    if (wanted !== selection.$conversationId.get()) selection.showConversation(wanted);
    this.#told = wanted;
  }

  protected override firstUpdated(): void {
    void loadPanes().then(() => whenIdle(() => void loadRest()));
  }

  protected override updated(): void {
    this.#tellBadge();
    const before = this.#told;
    if (before === this.selected) return;
    this.#told = this.selected;
    void loadPanes();
    emit<ConversationSelected>(this, 'conv-conversation-selected', {
      conversationId: this.selected,
    });
    if (this.#width.size === 'narrow') this.#followPane(before);
  }

  #tellBadge(): void {
    const count = this.#badge.value ?? 0;
    if (count === this.#toldBadge) return;
    this.#toldBadge = count;
    emit<BadgeChanged>(this, 'conv-badge-changed', { count });
  }

  /** One pane at a time: the focus goes where the person went, and back to where they were. */
  #followPane(before: string | null): void {
    if (this.selected === null) void this.#focus(() => this.list);
    else if (before === null) void this.#focus(() => this.thread);
  }

  async #focus(target: () => HTMLElement | null): Promise<void> {
    await this.updateComplete;
    const element = target();
    if (element instanceof LitElement) await element.updateComplete;
    element?.focus();
    if (element && this.shadowRoot?.activeElement === null) {
      element.querySelector<HTMLElement>('button')?.focus();
    }
  }

  readonly #onBack = (): void => this.#agent.selection.showConversation(null);

  readonly #onContactToggle = (): void => {
    this.contactOpen = !this.contactOpen;
    if (this.contactOpen) void loadPanes().then(() => this.#focus(() => this.contact));
  };

  readonly #onContactClose = async (): Promise<void> => {
    this.contactOpen = false;
    await this.updateComplete;
    this.shadowRoot?.querySelector<HTMLElement>('.contact-toggle')?.focus();
  };

  readonly #onContactKeydown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.#width.size !== 'wide') void this.#onContactClose();
  };

  readonly #onRetry = (): void => this.#agent.client?.connect();

  #renderList(shown: boolean): TemplateResult {
    return html`<section
      class="pane list"
      aria-label=${this.#l.term('list.label')}
      ?hidden=${!shown}
    >
      <conv-list part="list">
        <conv-agent-status slot="start"></conv-agent-status>
        <conv-email part="email" slot="actions"></conv-email>
        <slot name="list-actions" slot="actions"></slot>
      </conv-list>
    </section>`;
  }

  #renderThread(shown: boolean): TemplateResult {
    const l = this.#l.now;
    const { size } = this.#width;
    const back = l.term('thread.back');
    const details = l.term('thread.contact');
    return html`<section
      class="pane thread ${size === 'medium' ? 'last' : ''}"
      aria-label=${l.term('thread.label')}
      ?hidden=${!shown}
    >
      <conv-thread part="thread">
        ${
          size === 'narrow'
            ? html`<button
                type="button"
                slot="header-start"
                class="icon-button"
                aria-label=${back}
                title=${back}
                @click=${this.#onBack}
              >
                ${arrowLeftIcon()}
              </button>`
            : nothing
        }
        <slot name="thread-actions" slot="actions"></slot>
        ${
          size === 'wide' || this.selected === null
            ? nothing
            : html`<button
                type="button"
                slot="header-end"
                class="icon-button contact-toggle"
                aria-label=${details}
                aria-expanded=${this.contactOpen ? 'true' : 'false'}
                title=${details}
                @click=${this.#onContactToggle}
              >
                ${panelRightIcon()}
              </button>`
        }
        <conv-composer part="composer" slot="composer"></conv-composer>
      </conv-thread>
    </section>`;
  }

  #renderContact(shown: boolean): TemplateResult {
    const l = this.#l.now;
    const { size } = this.#width;
    const close = l.term('inbox.contactClose');
    return html`<aside
      class="pane contact last"
      aria-label=${l.term('contact.label')}
      ?hidden=${!shown}
      @keydown=${this.#onContactKeydown}
    >
      <conv-contact part="contact">
        ${
          size === 'wide'
            ? nothing
            : html`<button
                type="button"
                slot="header-end"
                class="icon-button corner"
                aria-label=${close}
                title=${close}
                @click=${this.#onContactClose}
              >
                ${size === 'narrow' ? arrowLeftIcon() : closeIcon()}
              </button>`
        }
        <slot name="contact-pane" slot="pane"></slot>
      </conv-contact>
    </aside>`;
  }

  override render(): TemplateResult {
    const l = this.#l.now;
    const { size } = this.#width;
    void this.#conversationId.value;
    void this.#view.value;
    void this.#profile.value;
    const narrow = size === 'narrow';
    const open = this.selected !== null;
    const contact = size === 'wide' || (open && this.contactOpen);
    return html`<div class="inbox ${size}" dir=${l.dir}>
      ${renderConnection(this.#connection.value, l, this.#onRetry)}
      ${this.#profileForm.render(this.#me.value ?? null, l)}
      <div class="panes">
        <conv-nav part="nav" class="pane nav" ?bar=${narrow} ?hidden=${narrow && open}>
          <slot name="nav-bottom" slot="bottom"></slot>
        </conv-nav>
        ${this.#renderList(!narrow || !open)}
        ${this.#renderThread(!narrow || (open && !this.contactOpen))}
        ${this.#renderContact(contact)}
      </div>
      ${renderShortcutHelp(this.#keys, l)}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-inbox': ConvInbox;
  }
  interface HTMLElementEventMap {
    'conv-conversation-selected': CustomEvent<ConversationSelected>;
    'conv-badge-changed': CustomEvent<BadgeChanged>;
  }
}
