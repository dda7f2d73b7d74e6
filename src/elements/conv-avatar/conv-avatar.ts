import {
  LitElement,
  adoptStyles,
  html,
  nothing,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { property, state } from 'lit/decorators.js';
import { localize } from '../../context/index.js';
import type { AgentStatus } from '../../domain/index.js';
import { avatarTones } from '../../tokens/index.js';
import { customElement } from '../shared/custom-element.js';
import { userIcon } from '../shared/chat-icons.js';
import { baseStyles } from '../shared/styles.js';
import { styles } from './conv-avatar.styles.js';
import { initials, toneOf } from './initials.js';
import { statusParts } from './status-slot.js';

/**
 * @summary A person's picture, or their initials on a tone that is always the same for them.
 *
 * @csspart face - The round ground with picture or initials.
 * @csspart picture - The picture.
 * @csspart status - The badge of presence.
 * @cssproperty [--conv-avatar-size=32px] - Width and height.
 * @cssproperty [--conv-avatar-ring] - Colour around the badge; the ground that the avatar lies on.
 */
@customElement('conv-avatar')
export class ConvAvatar extends LitElement {
  static override styles = [baseStyles, styles];

  readonly #localize = localize(this);

  /** True once the picture of `src` could not be loaded. */
  @state() private broken = false;

  /** Whose picture it is; gives the initials. */
  @property() name = '';

  /** Id of the person; gives the tone. */
  @property({ attribute: 'person-id' }) personId = '';

  /** Address of a picture; initials are shown without it, and when it cannot be loaded. */
  @property() src: string | null = null;

  /** Shows the person's presence as a badge. */
  @property({ reflect: true }) status: AgentStatus | null = null;

  /** Gives the picture a text alternative (the name); without it, it is decoration beside a name. */
  @property({ type: Boolean }) labelled = false;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src')) this.broken = false;
    if (this.status && changed.has('status')) this.#showStatus();
  }

  readonly #onPictureError = (): void => {
    this.broken = true;
  };

  /** The look of presence, once one is shown. */
  #showStatus(): void {
    const { ready } = statusParts;
    if (ready) {
      const { elementStyles } = this.constructor as typeof ConvAvatar;
      adoptStyles(this.renderRoot as ShadowRoot, [...elementStyles, ready.styles]);
      return;
    }
    void import('./status.js').then(
      () => this.requestUpdate('status'),
      () => undefined,
    );
  }

  #label(): string {
    const { name, status } = this;
    return (status && statusParts.ready?.label(name, status, this.#localize.now.locale)) ?? name;
  }

  override render(): TemplateResult {
    const tone = toneOf(this.personId || this.name, avatarTones.length);
    const picture = this.src && !this.broken && isPictureAddress(this.src) ? this.src : null;
    return html`<span
        part="face"
        class="face tone-${tone}"
        role=${this.labelled ? 'img' : nothing}
        aria-label=${this.labelled ? this.#label() : nothing}
        aria-hidden=${this.labelled ? nothing : 'true'}
        >${
          picture
            ? html`<img
                part="picture"
                class="picture"
                src=${picture}
                alt=""
                loading="lazy"
                decoding="async"
                referrerpolicy="no-referrer"
                @error=${this.#onPictureError}
              />`
            : initials(this.name) || userIcon()
        }</span
      >${this.status ? statusParts.ready?.render(this.status) : nothing}`;
  }
}

/** Pictures come over http(s) or from the page itself; never from `data:` or `javascript:`. */
function isPictureAddress(address: string): boolean {
  try {
    const { protocol } = new URL(address, document.baseURI);
    return protocol === 'https:' || protocol === 'http:' || protocol === 'blob:';
  } catch {
    return false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-avatar': ConvAvatar;
  }
}
