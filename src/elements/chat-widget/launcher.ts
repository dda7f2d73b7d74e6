import { html, nothing, type TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import { chatIcon, chevronDownIcon } from '../shared/chat-icons.js';

export interface LauncherView {
  open: boolean;
  unread: number;
  localizer: Localizer;
  onToggle: () => void;
}

/** The round button, with the number of unread messages while the panel is closed. */
export function renderLauncher({
  open,
  unread,
  localizer,
  onToggle,
}: LauncherView): TemplateResult {
  const label = open
    ? localizer.term('chat.close')
    : unread > 0
      ? localizer.term('chat.openUnread', unread)
      : localizer.term('chat.open');
  return html`<button
    part="launcher"
    class="launcher"
    type="button"
    aria-label=${label}
    aria-expanded=${open ? 'true' : 'false'}
    @click=${onToggle}
  >
    ${open ? chevronDownIcon() : chatIcon()}
    ${
      !open && unread > 0
        ? html`<span part="badge" class="badge" aria-hidden="true">
            ${unread > 99 ? '99+' : localizer.number(unread)}
          </span>`
        : nothing
    }
  </button>`;
}
