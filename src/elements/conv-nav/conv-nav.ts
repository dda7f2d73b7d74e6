import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { LocalizeController, StoreController } from '../../context/index.js';
import type { ViewName } from '../../domain/index.js';
import { inboxEnglish } from '../../i18n/inbox.js';
import type { AgentClient } from '../../store/agent-client.js';
import { AgentController } from '../shared/agent-controller.js';
import { customElement } from '../shared/custom-element.js';
import { emit } from '../shared/events.js';
import { inboxIcon, listIcon, userIcon } from '../shared/icons.js';
import { baseStyles } from '../shared/styles.js';
import { styles } from './conv-nav.styles.js';

const views: readonly { name: ViewName; icon: () => TemplateResult }[] = [
  { name: 'mine', icon: inboxIcon },
  { name: 'unassigned', icon: userIcon },
  { name: 'all', icon: listIcon },
];

/** More would not fit the badge; the full number is in its description. */
const mostShown = 99;

/** Of `conv-view-changed`. */
export interface ViewChanged {
  view: ViewName;
}

/**
 * @summary Narrow navigation between the agent's views, with counts of open conversations.
 *
 * @slot top - Replaces the workspace's initial.
 * @slot bottom - Stands apart at the end, for links of the host such as settings.
 *
 * @csspart base - The navigation landmark.
 * @csspart link - One view.
 * @csspart count - The count on a view.
 *
 * @event {CustomEvent<ViewChanged>} conv-view-changed - The agent chose another view.
 */
@customElement('conv-nav')
export class ConvNav extends LitElement {
  static override styles: CSSResultGroup = [baseStyles, styles];

  #agent = new AgentController(this);
  #l = new LocalizeController(this, inboxEnglish);
  #counts = new StoreController(this, () => this.#agent.client?.$counts);
  #me = new StoreController(this, () => this.#agent.client?.$me);
  #workspace = new StoreController(this, () => this.#agent.client?.$workspace);
  #view = new StoreController(this, () => this.#agent.selection.$view);

  /** Shows the views side by side with their names, as on a phone. */
  @property({ type: Boolean, reflect: true }) bar = false;

  /** What to work on instead of the nearest provider's client. */
  @property({ attribute: false }) client: AgentClient | undefined;

  #count(name: ViewName): number | null {
    const counts = this.#counts.value;
    if (!counts) return null;
    if (name !== 'mine') return counts[name];
    const me = this.#me.value;
    return me ? (counts.byAgent[me.id] ?? 0) : null;
  }

  #onClick(event: MouseEvent): void {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    const name = (event.currentTarget as HTMLElement).dataset['view'] as ViewName;
    if (name === this.#view.value?.name) return;
    this.#agent.selection.showView({ name });
    emit<ViewChanged>(this, 'conv-view-changed', { view: name });
  }

  #renderLink(name: ViewName, icon: () => TemplateResult): TemplateResult {
    const l = this.#l.now;
    const count = this.#count(name);
    const label = l.term(`nav.${name}`);
    return html`<li>
      <a
        part="link"
        href="#${name}"
        data-view=${name}
        aria-current=${this.#view.value?.name === name ? 'page' : nothing}
        aria-describedby=${count ? `count-${name}` : nothing}
        title=${label}
        @click=${this.#onClick}
      >
        ${icon()}<span class="label">${label}</span>
      </a>
      ${
        count
          ? html`<span class="count" part="count" aria-hidden="true"
                >${count > mostShown ? `${l.number(mostShown)}+` : l.number(count)}</span
              >
              <span id="count-${name}" hidden>${l.term('nav.count', count)}</span>`
          : nothing
      }
    </li>`;
  }

  override render(): TemplateResult {
    const initial = Array.from(this.#workspace.value?.name.trim() ?? '')[0] ?? '';
    return html`<nav part="base" aria-label=${this.#l.term('nav.label')} dir=${this.#l.dir}>
      <slot name="top"><span class="logo" aria-hidden="true">${initial}</span></slot>
      <ul role="list">
        ${views.map(({ name, icon }) => this.#renderLink(name, icon))}
      </ul>
      <div class="bottom"><slot name="bottom"></slot></div>
    </nav>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-nav': ConvNav;
  }
  interface HTMLElementEventMap {
    'conv-view-changed': CustomEvent<ViewChanged>;
  }
}
