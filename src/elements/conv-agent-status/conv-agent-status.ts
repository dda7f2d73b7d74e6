import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import {
  accountContext,
  ContextController,
  LocalizeController,
  StoreController,
  type Account,
} from '../../context/index.js';
import type { AgentSettingsPage } from '../conv-agent-settings/conv-agent-settings.js';
import type { AgentStatus, Me } from '../../domain/index.js';
import { inboxEnglish } from '../../i18n/inbox.js';
import type { ErrorCode } from '../../protocol/index.js';
import type { AgentClient } from '../../store/agent-client.js';
import '../conv-avatar/conv-avatar.js';
import '../conv-avatar/status.js';
import { AgentController } from '../shared/agent-controller.js';
import { customElement } from '../shared/custom-element.js';
import { emit } from '../shared/events.js';
import { DialogController } from '../shared/dialog-controller.js';
import { renderDialog } from '../shared/dialog-frame.js';
import { dialogStyles } from '../shared/dialog.styles.js';
import { bellIcon, checkIcon, clockIcon, logOutIcon, userIcon } from '../shared/icons.js';
import { MenuController } from '../shared/menu-controller.js';
import { menuStyles } from '../shared/menu.styles.js';
import { codeOf, errorText } from '../shared/shown-error.js';
import { baseStyles, buttonStyles } from '../shared/styles.js';
import { styles } from './conv-agent-status.styles.js';

const pages: readonly { page: AgentSettingsPage; icon: () => TemplateResult }[] = [
  { page: 'profile', icon: userIcon },
  { page: 'availability', icon: clockIcon },
  { page: 'notifications', icon: bellIcon },
];

const statuses: readonly AgentStatus[] = ['online', 'offline', 'invisible'];

/** Of `conv-status-changed`. */
export interface StatusChanged {
  status: AgentStatus;
}

/**
 * @summary The agent's picture and status, with a menu to be online, offline or invisible, and for
 * the agent's own settings. While there is no connection it shows what others see: offline.
 *
 * @slot menu - More items at the menu's end; give each `role="menuitem"`.
 *
 * @csspart trigger - The button over the picture.
 * @csspart menu - The menu while it is open.
 * @csspart dialog - The agent's own settings while they are open.
 *
 * @event {CustomEvent<StatusChanged>} conv-status-changed - The server took the chosen status.
 *
 * @dependency conv-agent-settings
 * @dependency conv-avatar
 */
@customElement('conv-agent-status')
export class ConvAgentStatus extends LitElement {
  static override styles: CSSResultGroup = [
    baseStyles,
    buttonStyles,
    menuStyles,
    dialogStyles,
    styles,
  ];

  #agent = new AgentController(this);
  #account = new ContextController<Account | undefined>(this, accountContext);
  #l = new LocalizeController(this, inboxEnglish);
  #me = new StoreController(this, () => this.#agent.client?.$me);
  #connection = new StoreController(this, () => this.#agent.client?.$connection);
  #menu = new MenuController(this, {
    trigger: () => this.trigger,
    menu: () => this.menu,
  });

  #dialog = new DialogController(this, 'settings');

  @query('.trigger') private trigger!: HTMLButtonElement;
  @query('.menu') private menu!: HTMLElement | null;

  /** Which settings are open. */
  @state() private page: AgentSettingsPage = 'profile';

  @state() private fault: ErrorCode | null = null;

  /** What to work on instead of the nearest provider's client. */
  @property({ attribute: false }) client: AgentClient | undefined;

  async #onStatus(event: Event): Promise<void> {
    const status = (event.currentTarget as HTMLElement).dataset['status'] as AgentStatus;
    const client = this.#agent.client;
    if (!client) return;
    this.fault = null;
    try {
      await client.setStatus(status);
      this.#menu.hide({ refocus: true });
      emit<StatusChanged>(this, 'conv-status-changed', { status });
    } catch (error) {
      this.fault = codeOf(error);
    }
  }

  readonly #onPage = async (event: Event): Promise<void> => {
    const page = (event.currentTarget as HTMLElement).dataset['page'] as AgentSettingsPage;
    this.fault = null;
    try {
      await import('../conv-agent-settings/conv-agent-settings.js');
    } catch {
      this.fault = 'connection_lost';
      return;
    }
    this.page = page;
    // So that the focus goes back to the picture when the dialog closes.
    this.#menu.hide({ refocus: true });
    await this.#dialog.show();
  };

  async #onSignOut(): Promise<void> {
    this.fault = null;
    try {
      await this.#account.value?.signOut();
      this.#menu.hide();
    } catch (error) {
      this.fault = codeOf(error);
    }
  }

  /** Whether others see the agent offline, whatever status was chosen. */
  get #lost(): 'reconnecting' | 'offline' | null {
    const state = this.#connection.value?.state ?? 'idle';
    if (state === 'online' || state === 'idle') return null;
    return state === 'connecting' || state === 'reconnecting' ? 'reconnecting' : 'offline';
  }

  #renderMenu(me: Me): TemplateResult {
    const l = this.#l.now;
    const lost = this.#lost !== null && me.status !== 'offline';
    return html`<div class="menu start" part="menu" @keydown=${this.#menu.onMenuKeydown}>
      <div class="who" id="who">
        <strong>${me.name}</strong>
        ${me.email ? html`<span>${me.email}</span>` : nothing}
        ${lost ? html`<p class="lost">${l.term('status.lost')}</p>` : nothing}
      </div>
      <div role="menu" aria-label=${l.term('status.label')}>
        ${statuses.map(
          (status) =>
            html`<button
              type="button"
              role="menuitemradio"
              tabindex="-1"
              aria-checked=${me.status === status ? 'true' : 'false'}
              aria-label=${l.term(`status.${status}`)}
              aria-describedby="hint-${status}"
              data-status=${status}
              @click=${this.#onStatus}
            >
              <span class="presence ${status}"></span>
              <span>
                ${l.term(`status.${status}`)}
                <span class="hint" id="hint-${status}">${l.term(`status.${status}.hint`)}</span>
              </span>
              <span class="tick">${checkIcon()}</span>
            </button>`,
        )}
        <div role="separator"></div>
        ${pages.map(
          ({ page, icon }) =>
            html`<button
              type="button"
              role="menuitem"
              tabindex="-1"
              data-page=${page}
              @click=${this.#onPage}
            >
              ${icon()} ${l.term(`agent.${page}`)}
            </button>`,
        )}
        ${
          this.#account.value
            ? html`<div role="separator"></div>
                <button type="button" role="menuitem" tabindex="-1" @click=${this.#onSignOut}>
                  ${logOutIcon()} ${l.term('status.signOut')}
                </button>`
            : nothing
        }
        <slot name="menu"></slot>
      </div>
      ${this.fault ? html`<p class="error" role="alert">${errorText(l, this.fault)}</p>` : nothing}
    </div>`;
  }

  #renderDialog(): TemplateResult | typeof nothing {
    const l = this.#l.now;
    const title = l.term(`agent.${this.page}`);
    const body = html`<conv-agent-settings
      .client=${this.#agent.client}
      .page=${this.page}
    ></conv-agent-settings>`;
    return renderDialog(this.#dialog, { title, body, full: true, part: 'dialog' }, l);
  }

  override render(): TemplateResult | typeof nothing {
    const me = this.#me.value;
    if (!me) return nothing;
    const l = this.#l.now;
    const lost = this.#lost;
    const label = l.term('status.yours', l.term(`status.${lost ?? me.status}`));
    return html`<div class="menu-anchor" dir=${l.dir}>
      <conv-avatar
        name=${me.name}
        person-id=${me.id}
        .src=${me.avatarUrl}
        .status=${lost ? 'offline' : me.status}
      ></conv-avatar>
      <button
        type="button"
        class="trigger"
        part="trigger"
        aria-haspopup="menu"
        aria-expanded=${this.#menu.open ? 'true' : 'false'}
        aria-label=${label}
        title=${label}
        @click=${this.#menu.onTriggerClick}
        @keydown=${this.#menu.onTriggerKeydown}
      ></button>
      ${this.#menu.open ? this.#renderMenu(me) : nothing} ${this.#renderDialog()}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-agent-status': ConvAgentStatus;
  }
  interface HTMLElementEventMap {
    'conv-status-changed': CustomEvent<StatusChanged>;
  }
}
