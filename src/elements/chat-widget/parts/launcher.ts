import { html, nothing, type TemplateResult } from 'lit';
import type { Localizer } from '../../../i18n/index.js';
import { chatIcon, chevronDownIcon } from '../../shared/chat-icons.js';
import { launcherStyles } from './launcher.styles.js';

export interface LauncherView {
  open: boolean;
  unread: number;
  /** What the workspace calls it. */
  words: string | undefined;
  /** A tab at the edge shows what it is called. */
  tab: boolean;
  localizer: Localizer;
  onToggle: () => void;
}

export const styles = launcherStyles;

export const create = (): typeof renderLauncher => renderLauncher;

/** The button, with the number of unread messages while the panel is closed. */
function renderLauncher(view: LauncherView): TemplateResult {
  const { open, unread, tab, localizer, words } = view;
  const count = unread > 99 ? '99+' : localizer.number(unread);
  return html`<button
    part="launcher"
    class=${tab ? 'launcher tab' : 'launcher'}
    type="button"
    aria-label=${nameOf(view, count)}
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

function nameOf({ open, unread, words, tab, localizer }: LauncherView, count: string): string {
  // The name of a tab holds the words that it shows, whatever its state.
  if (tab && words) return open || unread === 0 ? words : `${words}, ${count}`;
  if (open && !tab) return localizer.term('chat.close');
  if (words) return unread > 0 ? `${words}, ${count}` : words;
  return unread > 0 && !open
    ? localizer.term('chat.openUnread', unread)
    : localizer.term('chat.open');
}
