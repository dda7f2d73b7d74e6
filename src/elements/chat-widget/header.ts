import { html, nothing, svg, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Availability, WidgetSettings } from '../../domain/index.js';
import type { Localizer } from '../../i18n/index.js';
import { chevronDownIcon, icon } from '../shared/chat-icons.js';
import '../conv-avatar/conv-avatar.js';
import type { Scene } from './scene.js';
import type { WidgetParts } from './widget-parts.js';

export interface HeaderView {
  settings: WidgetSettings | null | undefined;
  availability: Availability | null | undefined;
  localizer: Localizer;
  own: Scene['own'];
  /** The panel fills the screen, so this button is the only one that closes it. */
  phone: boolean;
  menu: WidgetParts['menu'];
  onClose: () => void;
}

/** Head of the panel: faces, greeting, who is there, and the menu. */
export function renderHeader(view: HeaderView): TemplateResult {
  const { settings, availability, localizer, own, menu } = view;
  const agents = availability?.agents ?? [];
  const onMenu = (): void => void menu.load().then((part) => part.toggle());
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
          <bdi>${own('greeting') ?? settings?.greeting ?? localizer.term('chat.greeting')}</bdi>
        </h2>
        ${renderAvailability(view)}
      </div>
    </slot>
    <button
      part="menu"
      class="icon-button menu-button"
      type="button"
      aria-label=${localizer.term('chat.menu')}
      aria-haspopup="menu"
      aria-expanded=${menu.part?.open ? 'true' : 'false'}
      @click=${onMenu}
    >
      ${icon(svg`<path d="M12 5h.01M12 12h.01M12 19h.01" stroke-width="2.5"/>`)}
    </button>
    ${menu.part?.render()}
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

function renderAvailability({
  availability,
  own,
  localizer,
}: HeaderView): TemplateResult | typeof nothing {
  if (!availability) return nothing;
  const { mode } = availability;
  const words = mode === 'live' ? 'available' : mode;
  return html`<p part="availability" class="availability">
    ${mode === 'live' ? html`<span class="presence" aria-hidden="true"></span>` : nothing}
    <span>${own(words) ?? localizer.term(`chat.${words}`)}</span>
  </p>`;
}
