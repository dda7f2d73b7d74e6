import { html, nothing, type TemplateResult } from 'lit';
import { chatIcon, chevronDownIcon } from '../../shared/chat-icons.js';
import type { WidgetView } from '../panel.js';
import { launcherStyles } from './launcher.styles.js';

export const styles = launcherStyles;

export const create = (): typeof renderLauncher => renderLauncher;

/** The button, with the number of unread messages while the panel is closed. */
function renderLauncher(view: WidgetView): TemplateResult | typeof nothing {
  const { page, stores, parts, localizer } = view;
  const { open, buttonStyle } = page;
  const mode = stores.availability.value?.mode;
  if (!open && (mode ? mode === 'hidden' : !stores.fault.value)) return nothing;
  const unread = stores.unread.value ?? 0;
  const count = unread > 99 ? '99+' : localizer.number(unread);
  const words = parts.scene.own('button');
  const tab = (buttonStyle ?? stores.settings.value?.look.buttonStyle) === 'tab';

  function name(): string {
    // The name of a tab holds the words that it shows, whatever its state.
    if (tab && words) return open || unread === 0 ? words : `${words}, ${count}`;
    if (open && !tab) return localizer.term('chat.close');
    if (words) return unread > 0 ? `${words}, ${count}` : words;
    return unread > 0 && !open
      ? localizer.term('chat.openUnread', unread)
      : localizer.term('chat.open');
  }

  return html`<button
    part="launcher"
    class=${tab ? 'launcher tab' : 'launcher'}
    type="button"
    aria-label=${name()}
    aria-expanded=${open ? 'true' : 'false'}
    @click=${view.onToggle}
  >
    ${open ? chevronDownIcon() : chatIcon()}
    ${tab ? html`<span class="caption">${words ?? localizer.term('chat.open')}</span>` : nothing}
    ${
      !open && unread > 0
        ? html`<span part="badge" class="badge" aria-hidden="true">${count}</span>`
        : nothing
    }
  </button>`;
}
