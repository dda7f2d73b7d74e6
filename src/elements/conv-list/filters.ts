import { html, type TemplateResult } from 'lit';
import type { ChannelFilter, ConversationState, View } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import { chevronDownIcon } from '../shared/icons.js';

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
