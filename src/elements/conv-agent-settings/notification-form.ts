import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Me, Preferences, Scope } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { AgentClient } from '../../store/agent-client.js';
import { ring } from '../shared/ring.js';
import { Saving } from './saving.js';

type L = Localizer<InboxStrings>;
type ScopeSetting = 'sound' | 'desktop' | 'badge';

const scopes: readonly (Scope | 'none')[] = ['mine', 'unassigned', 'all', 'none'];

/** What an agent wants to hear of, and how the keyboard works (S3.27, S3.36, S3.37). */
export class NotificationForm {
  #host: ReactiveControllerHost & HTMLElement;
  #client: () => AgentClient | undefined;
  #saving: Saving;
  /** The browser refused since this was opened. */
  #denied = false;

  constructor(host: ReactiveControllerHost & HTMLElement, client: () => AgentClient | undefined) {
    this.#host = host;
    this.#client = client;
    this.#saving = new Saving(host);
  }

  render({ preferences }: Me, l: L): TemplateResult {
    return html`<form @submit=${stop}>
      ${this.#renderScope('sound', preferences, l)}
      <p class="beside">
        <button type="button" class="button quiet" @click=${this.#onTry}>
          ${l.term('agent.sound.try')}
        </button>
      </p>
      ${this.#renderScope('desktop', preferences, l)} ${this.#renderDesktopNote(preferences, l)}
      ${this.#renderScope('badge', preferences, l)}
      <p class="hint">${l.term('agent.notifications.offline')}</p>
      <hr />
      ${this.#renderSwitch('enterSends', preferences, l)}
      ${this.#renderSwitch('shortcuts', preferences, l)}
      <div class="acts">${this.#saving.render(l)}</div>
    </form>`;
  }

  #renderScope(name: ScopeSetting, preferences: Preferences, l: L): TemplateResult {
    return html`<label class="field"
      ><span>${l.term(`agent.${name}`)}</span>
      <select name=${name} @change=${this.#onScope} .value=${live(preferences[name])}>
        ${scopes.map(
          (scope) =>
            html`<option value=${scope} ?selected=${scope === preferences[name]}>
              ${l.term(`agent.scope.${scope}`)}
            </option>`,
        )}
      </select>
    </label>`;
  }

  #renderDesktopNote({ desktop }: Preferences, l: L): TemplateResult | typeof nothing {
    if (typeof Notification === 'undefined') {
      return html`<p class="hint">${l.term('agent.desktop.unsupported')}</p>`;
    }
    const denied = this.#denied || (desktop !== 'none' && Notification.permission === 'denied');
    return denied
      ? html`<p class="error" role="alert">${l.term('agent.desktop.denied')}</p>`
      : nothing;
  }

  #renderSwitch(name: 'enterSends' | 'shortcuts', preferences: Preferences, l: L): TemplateResult {
    return html`<label class="switch">
      <input
        type="checkbox"
        name=${name}
        aria-describedby="${name}-hint"
        .checked=${live(preferences[name])}
        @change=${this.#onSwitch}
      />
      <span
        >${l.term(`agent.${name}`)}
        <span class="hint" id="${name}-hint">${l.term(`agent.${name}.hint`)}</span></span
      >
    </label>`;
  }

  async #set(patch: Partial<Preferences>): Promise<void> {
    const client = this.#client();
    if (client) await this.#saving.run(() => client.setPreferences(patch));
  }

  async #setDesktop(desktop: Preferences['desktop']): Promise<void> {
    this.#denied = false;
    if (desktop !== 'none' && typeof Notification !== 'undefined') {
      // Asked within the choice: browsers want to see a person's act.
      this.#denied = (await Notification.requestPermission()) === 'denied';
    }
    // Kept all the same: it holds for the agent's other devices.
    await this.#set({ desktop });
  }

  readonly #onScope = (event: Event): void => {
    const { name, value } = event.target as HTMLSelectElement;
    const scope = scopes.find((one) => one === value) ?? 'none';
    if (name === 'desktop') void this.#setDesktop(scope);
    else void this.#set({ [name]: scope });
  };

  readonly #onSwitch = (event: Event): void => {
    const { name, checked } = event.target as HTMLInputElement;
    void this.#set({ [name]: checked });
  };

  readonly #onTry = (): void => {
    ring();
    this.#host.requestUpdate();
  };
}

function stop(event: Event): void {
  event.preventDefault();
}
