import { html, nothing, svg, type TemplateResult } from 'lit';
import { chevronDownIcon, icon } from '../shared/chat-icons.js';
import '../conv-avatar/conv-avatar.js';
import type { WidgetView } from './panel.js';

/** Head of the panel: faces, greeting, who is there, and the menu. */
export function renderHeader({
  stores,
  parts: { scene, menu },
  localizer,
  phone,
  onToggle,
}: WidgetView): TemplateResult {
  const { own } = scene;
  const { agents = [], mode } = stores.availability.value ?? {};
  const present = mode === 'live' ? 'available' : mode;
  const onMenu = (): void => void menu.load().then((part) => part.toggle());
  return html`<div part="header" class="header">
    <slot name="header">
      <div class="headline">
        ${
          agents[0]
            ? html`<div part="faces" class="faces">
                ${agents.map(
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
          <bdi>
            ${own('greeting') ?? stores.settings.value?.greeting ?? localizer.term('chat.greeting')}
          </bdi>
        </h2>
        ${
          present
            ? html`<p part="availability" class="availability">
                ${
                  mode === 'live'
                    ? html`<span class="presence" aria-hidden="true"></span>`
                    : nothing
                }
                <span>${own(present) ?? localizer.term(`chat.${present}`)}</span>
              </p>`
            : nothing
        }
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
      aria-label=${
        // It fills the screen, so this is the only one that closes it.
        localizer.term(phone ? 'chat.close' : 'chat.minimize')
      }
      @click=${onToggle}
    >
      ${chevronDownIcon()}
    </button>
  </div>`;
}
