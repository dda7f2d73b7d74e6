import { html, type TemplateResult } from 'lit';
import type { ChannelFilter, ConversationState, SortOrder, View } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import { chevronDownIcon, sortIcon } from '../shared/icons.js';

const channels: readonly ChannelFilter[] = ['all', 'email', 'chat', 'social'];
const states: readonly ConversationState[] = ['open', 'closed'];

/** The channel and state filters (S3.5, S3.6). */
export function renderFilters(
  view: View,
  l: Localizer<InboxStrings>,
  onChannel: (event: Event) => void,
  onState: (event: Event) => void,
): TemplateResult {
  return html`<span class="pill">
      <select aria-label=${l.term('list.channel')} @change=${onChannel}>
        ${channels.map(
          (channel) =>
            html`<option value=${channel} ?selected=${channel === view.channel}>
              ${l.term(`list.channel.${channel}`)}
            </option>`,
        )}
      </select>
      ${chevronDownIcon()}
    </span>
    <span class="pill">
      <select aria-label=${l.term('list.state')} @change=${onState}>
        ${states.map(
          (state) =>
            html`<option value=${state} ?selected=${state === view.state}>
              ${l.term(`list.state.${state}`)}
            </option>`,
        )}
      </select>
      ${chevronDownIcon()}
    </span>`;
}

/** Turns the order round (S3.7); says the one that is. */
export function renderSort(
  order: SortOrder,
  l: Localizer<InboxStrings>,
  onSort: () => void,
): TemplateResult {
  const label = l.term(`list.order.${order}`);
  return html`<button
    type="button"
    class="icon-button sort ${order}"
    aria-label=${label}
    title=${label}
    @click=${onSort}
  >
    ${sortIcon()}
  </button>`;
}
