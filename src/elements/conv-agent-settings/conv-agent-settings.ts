import type { nothing, CSSResultGroup, TemplateResult } from 'lit';
import { html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import {
  accountContext,
  ContextController,
  LocalizeController,
  StoreController,
  type Account,
} from '../../context/index.js';
import { inboxEnglish } from '../../i18n/inbox.js';
import type { AgentClient } from '../../store/agent-client.js';
import { AgentController } from '../shared/agent-controller.js';
import { buttonToneStyles } from '../shared/button-tones.styles.js';
import { customElement } from '../shared/custom-element.js';
import { baseStyles, buttonStyles } from '../shared/styles.js';
import { AvailabilityForm } from './availability-form.js';
import { styles } from './conv-agent-settings.styles.js';
import { NotificationForm } from './notification-form.js';
import { OwnProfileForm } from './own-profile-form.js';

/** The three pages of an agent's own settings (S3.3). */
export type AgentSettingsPage = 'profile' | 'availability' | 'notifications';

/**
 * @summary An agent's own settings: profile, weekly hours, notifications and keys.
 *
 * @csspart base - The form.
 */
@customElement('conv-agent-settings')
export class ConvAgentSettings extends LitElement {
  static override styles: CSSResultGroup = [baseStyles, buttonStyles, buttonToneStyles, styles];

  #agent = new AgentController(this);
  #account = new ContextController<Account | undefined>(this, accountContext);
  #l = new LocalizeController(this, inboxEnglish);
  #me = new StoreController(this, () => this.#agent.client?.$me);
  #profile = new StoreController(this, () => this.#account.value?.$profile);
  #forms = {
    profile: new OwnProfileForm(this, () => this.#account.value),
    availability: new AvailabilityForm(this, () => this.#agent.client),
    notifications: new NotificationForm(this, () => this.#agent.client),
  };

  /** Which of the settings are shown. */
  @property() page: AgentSettingsPage = 'profile';

  /** What to work on instead of the nearest provider's client. */
  @property({ attribute: false }) client: AgentClient | undefined;

  /** True while something is written that would be lost. */
  get unsaved(): boolean {
    return this.#forms.availability.unsaved || this.#forms.profile.unsaved;
  }

  override render(): TemplateResult | typeof nothing {
    const l = this.#l.now;
    const me = this.#profile.value ?? this.#me.value;
    const current = this.#me.value;
    if (!me || !current) return html`<p role="status">${l.term('agent.loading')}</p>`;
    const form = this.#forms[this.page] ?? this.#forms.profile;
    return html`<div part="base" dir=${l.dir}>
      ${form.render(form === this.#forms.profile ? me : current, l)}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-agent-settings': ConvAgentSettings;
  }
}
