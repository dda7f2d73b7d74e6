import { html, nothing, type TemplateResult } from 'lit';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { Connection } from '../../transport/transport.js';
import { offlineIcon, warningIcon } from '../shared/icons.js';
import { errorText } from '../shared/shown-error.js';

/** Says in words what is wrong with the connection; its live region is always there. */
export function renderConnection(
  connection: Connection | undefined,
  l: Localizer<InboxStrings>,
  onRetry: () => void,
): TemplateResult {
  return html`<div role="status">${renderNotice(connection, l, onRetry)}</div>`;
}

function renderNotice(
  connection: Connection | undefined,
  l: Localizer<InboxStrings>,
  onRetry: () => void,
): TemplateResult | typeof nothing {
  if (!connection) return nothing;
  const { state, code } = connection;
  if (state === 'idle' || state === 'connecting' || state === 'online') return nothing;
  const refused = state === 'refused';
  return html`<div class="notice ${refused ? 'refused' : 'offline'}">
    <p>
      ${refused ? warningIcon() : offlineIcon()} ${l.term(`connection.${state}`)}
      ${refused && code ? errorText(l, code) : nothing}
    </p>
    <button type="button" class="button" @click=${onRetry}>${l.term('connection.retry')}</button>
  </div>`;
}
