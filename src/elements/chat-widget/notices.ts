import { html, nothing, type TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { Connection } from '../../transport/transport.js';
import { offlineIcon } from '../shared/chat-icons.js';

export interface ConnectionView {
  connection: Connection | undefined;
  localizer: Localizer;
  onRetry: () => void;
}

/** Tells in words that the connection is gone, and what becomes of what is written. */
export function renderConnection({
  connection,
  localizer,
  onRetry,
}: ConnectionView): TemplateResult {
  const words = connection ? wordsFor(connection, localizer) : null;
  // The region stays, so that screen readers notice what comes into it.
  return html`<div class="connection-place" role="status">
    ${
      words === null
        ? nothing
        : html`<div part="connection" class="connection">
            ${connection?.state === 'connecting' ? nothing : offlineIcon()}
            <span>${words}</span>
            ${
              connection?.state === 'connecting'
                ? nothing
                : html`<button class="inline-button" type="button" @click=${onRetry}>
                    ${localizer.term('chat.connectNow')}
                  </button>`
            }
          </div>`
    }
  </div>`;
}

function wordsFor({ state, code }: Connection, localizer: Localizer): string | null {
  switch (state) {
    case 'idle':
    case 'online':
      return null;
    case 'connecting':
      return localizer.term('chat.connecting');
    case 'reconnecting':
    case 'closed':
      return localizer.term('chat.reconnecting');
    case 'refused':
      return code === 'token_expired' || code === 'rate_limited'
        ? localizer.term(`error.${code}`)
        : localizer.term('chat.refused');
  }
}
