import { html, nothing, type ReactiveElement, type TemplateResult } from 'lit';
import { StoreController } from '../../context/index.js';
import type { Me } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { ErrorCode } from '../../protocol/index.js';
import type { AgentClient } from '../../store/agent-client.js';
import { infoIcon } from '../shared/icons.js';
import { codeOf, errorText } from '../shared/shown-error.js';

/** Says that the agent is offline, with the way back, where they are about to answer (S4.3). */
export class OfflineNote {
  #host: ReactiveElement;
  #client: () => AgentClient | undefined;
  #me: StoreController<Me | null>;
  #fault: ErrorCode | null = null;

  constructor(host: ReactiveElement, client: () => AgentClient | undefined) {
    this.#host = host;
    this.#client = client;
    this.#me = new StoreController(host, () => client()?.$me);
  }

  render(l: Localizer<InboxStrings>): TemplateResult | typeof nothing {
    if (this.#me.value?.status !== 'offline') return nothing;
    return html`<div class="note offline">
      ${infoIcon()}
      <p role=${this.#fault ? 'alert' : nothing}>
        ${this.#fault ? errorText(l, this.#fault) : l.term('agent.offline')}
      </p>
      <button type="button" class="anyway" @click=${this.#onGoOnline}>
        ${l.term('agent.goOnline')}
      </button>
    </div>`;
  }

  readonly #onGoOnline = async (): Promise<void> => {
    this.#fault = null;
    try {
      await this.#client()?.setStatus('online');
      await this.#host.updateComplete;
      this.#host.shadowRoot?.querySelector<HTMLElement>('textarea')?.focus();
    } catch (error) {
      this.#fault = codeOf(error);
      this.#host.requestUpdate();
    }
  };
}
