import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AgentClient } from '../../src/store/agent-client.js';
import type { VisitorClient } from '../../src/store/visitor-client.js';
import type { Theme } from '../../src/tokens/index.js';
import type { MemoryServer } from '../../src/transport/memory/memory-server.js';

import { demos, type Demo, type Scene } from './demos.js';
import { agentClient, openOffice, sizesIn, visitorClient } from './office.js';

const themes = ['auto', 'light', 'dark'];
const directions = ['left to right', 'right to left'];
/** As a page's address says, such as `?dir=rtl`. */
const asked = new URLSearchParams(location.search);

/** One element, live, with its choices and the things that can happen to it. */
export class DemoStage extends LitElement {
  @property() tag = '';
  /** Names of the element's public events; the last one is shown. */
  @property({ attribute: false }) events: readonly string[] = [];

  @state() private ready = false;
  @state() private choice: Record<string, string> = {};
  @state() private theme: Theme = 'auto';
  @state() private direction = directions[asked.get('dir') === 'rtl' ? 1 : 0] ?? '';
  @state() private happened = '';

  readonly #office: MemoryServer = openOffice(sizesIn(location.search));
  #client: AgentClient | undefined;
  #visitor: VisitorClient | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const name of this.events) this.addEventListener(name, this.#onEvent);
    void this.#demo?.load().then(() => {
      this.ready = true;
    });
  }

  get #demo(): Demo | undefined {
    return demos[this.tag];
  }

  readonly #onChoice = (event: Event): void => {
    const { name, value } = event.target as HTMLInputElement | HTMLSelectElement;
    if (name === 'theme') this.theme = value as Theme;
    else if (name === 'direction') this.direction = value;
    else this.choice = { ...this.choice, [name]: value };
  };

  readonly #onAct = (event: Event): void => {
    const { act = '' } = (event.currentTarget as HTMLElement).dataset;
    this.#demo?.acts?.[act]?.(this.#office);
  };

  readonly #onEvent = (event: Event): void => {
    if (!(event instanceof CustomEvent)) return;
    this.happened = `${event.type} ${JSON.stringify(event.detail)}`;
  };

  #renderChoice(name: string, values: readonly string[], chosen?: string): TemplateResult {
    if (values.length === 0) {
      return html`<label
        >${label(name)} <input type="text" name=${name} @input=${this.#onChoice}
      /></label>`;
    }
    return html`<label>
      ${label(name)}
      <select name=${name} @change=${this.#onChoice}>
        ${values.map(
          (value) => html`<option value=${value} ?selected=${value === chosen}>${value}</option>`,
        )}
      </select>
    </label>`;
  }

  override render(): TemplateResult | typeof nothing {
    const demo = this.#demo;
    if (!demo) return nothing;
    const choices = Object.entries(demo.choices ?? {});
    const rtl = this.direction === 'right to left';
    return html`
      <div class="controls" role="group" aria-label="Demo">
        ${choices.map(([name, values]) => this.#renderChoice(name, values))}
        ${this.#renderChoice('theme', themes)}
        ${this.#renderChoice('direction', directions, this.direction)}
        ${Object.keys(demo.acts ?? {}).map(
          (act) =>
            html`<button type="button" data-act=${act} @click=${this.#onAct}>${act}</button>`,
        )}
      </div>
      <div
        class="stage"
        data-size=${demo.size}
        data-theme=${this.theme}
        dir=${rtl ? 'rtl' : 'ltr'}
        lang=${rtl ? 'ar' : 'en'}
      >
        ${this.ready ? demo.render(this.#scene(demo)) : html`<p class="hint">Loading…</p>`}
      </div>
      <p class="events" role="status">${this.happened}</p>
    `;
  }

  #scene(demo: Demo): Scene {
    const defaults = Object.fromEntries(
      Object.entries(demo.choices ?? {}).map(([name, [first = '']]) => [name, first]),
    );
    return {
      theme: this.theme,
      choice: { ...defaults, ...this.choice },
      client: () => (this.#client ??= agentClient(this.#office)),
      visitor: () => (this.#visitor ??= visitorClient(this.#office)),
    };
  }
}

function label(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

customElements.define('demo-stage', DemoStage);
