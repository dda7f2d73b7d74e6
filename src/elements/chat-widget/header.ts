import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Availability, WidgetSettings } from '../../domain/index.js';
import type { Localizer } from '../../i18n/index.js';
import { chevronDownIcon } from '../shared/chat-icons.js';
import '../conv-avatar/conv-avatar.js';

export interface HeaderView {
  settings: WidgetSettings | null | undefined;
  availability: Availability | null | undefined;
  localizer: Localizer;
  /** The panel fills the screen, so this button is the only one that closes it. */
  phone: boolean;
  onClose: () => void;
}

const words = {
  live: 'chat.available',
  messenger: 'chat.messenger',
  hidden: 'chat.hidden',
} as const;

/** Head of the panel: faces, greeting and who is there. */
export function renderHeader(view: HeaderView): TemplateResult {
  const { settings, availability, localizer } = view;
  const agents = availability?.agents ?? [];
  return html`<div part="header" class="header">
    <slot name="header">
      <div class="headline">
        ${
          agents.length > 0
            ? html`<div part="faces" class="faces">
                ${repeat(
                  agents,
                  ({ id }) => id,
                  ({ id, name, avatarUrl }) =>
                    html`<conv-avatar
                      class="face"
                      .name=${name}
                      .personId=${id}
                      .src=${avatarUrl}
                      labelled
                    ></conv-avatar>`,
                )}
              </div>`
            : nothing
        }
        <h2 part="greeting" class="greeting">
          <bdi>${settings?.greeting ?? localizer.term('chat.greeting')}</bdi>
        </h2>
        ${renderAvailability(availability, localizer)}
      </div>
    </slot>
    <button
      part="minimize"
      class="icon-button minimize"
      type="button"
      aria-label=${localizer.term(view.phone ? 'chat.close' : 'chat.minimize')}
      @click=${view.onClose}
    >
      ${chevronDownIcon()}
    </button>
  </div>`;
}

function renderAvailability(
  availability: Availability | null | undefined,
  localizer: Localizer,
): TemplateResult | typeof nothing {
  if (!availability) return nothing;
  const live = availability.mode === 'live';
  return html`<p part="availability" class="availability">
    ${live ? html`<span class="presence" aria-hidden="true"></span>` : nothing}
    <span>${localizer.term(words[availability.mode])}</span>
  </p>`;
}
