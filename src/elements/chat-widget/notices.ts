import { html, nothing, type TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { ShownError } from '../../store/thread-item.js';
import type { Connection } from '../../transport/transport.js';
import { offlineIcon, warningIcon } from '../shared/chat-icons.js';

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

export interface FaultView {
  fault: ShownError;
  localizer: Localizer;
  onRetry: () => void;
}

/** The chat cannot work at all here: says why, and offers to try again. */
export function renderFault({ fault, localizer, onRetry }: FaultView): TemplateResult {
  return html`<div part="fault" class="fault notice" role="alert">
    ${warningIcon()}
    <h3>${localizer.term('chat.fault')}</h3>
    <p>${localizer.error(fault)}</p>
    <button class="button" type="button" @click=${onRetry}>
      ${localizer.term('chat.connectNow')}
    </button>
  </div>`;
}
