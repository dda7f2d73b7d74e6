import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { LocalizeController } from '../../context/index.js';
import type { Dot } from '../../domain/index.js';
import { inboxEnglish } from '../../i18n/inbox.js';
import { customElement } from '../shared/custom-element.js';
import { baseStyles } from '../shared/styles.js';
import { styles } from './conv-dot.styles.js';

/**
 * @summary The status dot of a conversation: violet for new, red for missed.
 *
 * @csspart dot - The dot.
 */
@customElement('conv-dot')
export class ConvDot extends LitElement {
  static override styles = [baseStyles, styles];

  readonly #localize = new LocalizeController(this, inboxEnglish);

  /** What the dot tells; `none` shows nothing. */
  @property({ reflect: true }) status: Dot = 'none';

  override render(): TemplateResult | typeof nothing {
    if (this.status === 'none') return nothing;
    const label = this.#localize.term(this.status === 'missed' ? 'dot.missed' : 'dot.new');
    return html`<span
      part="dot"
      class="dot ${this.status}"
      role="img"
      aria-label=${label}
      title=${label}
    ></span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-dot': ConvDot;
  }
}
