import { html, nothing, type TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { Connection } from '../../transport/transport.js';
import { warningIcon } from '../shared/chat-icons.js';
import type { WidgetView } from './panel.js';

/** Tells in words that the connection is gone, and what becomes of what is written. */
export function renderConnection({ stores, localizer, onStart }: WidgetView): TemplateResult {
  const { connection } = stores;
  const words = connection.value && wordsFor(connection.value, localizer);
  const waits = connection.value?.state === 'connecting';
  // The region stays, so that screen readers notice what comes into it.
  return html`<div class="connection-place" role="status">
    ${
      words
        ? html`<div part="connection" class="connection">
            ${waits ? nothing : warningIcon()}
            <span>${words}</span>
            ${
              waits
                ? nothing
                : html`<button class="inline-button" type="button" @click=${onStart}>
                    ${localizer.term('chat.connectNow')}
                  </button>`
            }
          </div>`
        : nothing
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
