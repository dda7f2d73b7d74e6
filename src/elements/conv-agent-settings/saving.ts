import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { ErrorCode } from '../../protocol/index.js';
import { codeOf, errorText } from '../shared/shown-error.js';

/** One change on its way to the server, and what came of it. */
export class Saving {
  busy = false;
  fault: ErrorCode | null = null;
  #saved = false;
  #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** Whether it was done. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    this.busy = true;
    this.fault = null;
    this.#saved = false;
    this.#host.requestUpdate();
    try {
      await work();
      this.#saved = true;
    } catch (error) {
      this.fault = codeOf(error);
    }
    this.busy = false;
    this.#host.requestUpdate();
    return this.#saved;
  }

  fail(code: ErrorCode): void {
    this.fault = code;
    this.#saved = false;
    this.#host.requestUpdate();
  }

  /** Something else is being written. */
  clear(): void {
    this.fault = null;
    this.#saved = false;
  }

  render(l: Localizer<InboxStrings>): TemplateResult {
    return html`<span class="outcome" role="status"
        >${this.#saved ? l.term('agent.saved') : nothing}</span
      >
      ${
        this.fault
          ? html`<span class="error" id="fault" role="alert">${errorText(l, this.fault)}</span>`
          : nothing
      }`;
  }
}
