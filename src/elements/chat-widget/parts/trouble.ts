import { html, nothing, type TemplateResult } from 'lit';
import type { Localizer } from '../../../i18n/index.js';
import type { ShownError } from '../../../store/thread-item.js';
import { warningIcon } from '../../shared/chat-icons.js';

export interface TroubleView {
  error: ShownError | null;
  localizer: Localizer;
  onRetry: () => void;
}

export const create = (): { renderFault: typeof renderFault; renderError: typeof renderError } => ({
  renderFault,
  renderError,
});

/** The chat cannot work at all here: says why, and offers to try again. */
function renderFault(view: TroubleView): TemplateResult {
  return html`<div part="fault" class="fault notice" role="alert">
    ${warningIcon()}
    <h3>${view.localizer.term('chat.fault')}</h3>
    ${renderReason(view)}
  </div>`;
}

/** The messages cannot be loaded. */
function renderError(view: TroubleView): TemplateResult {
  return html`<div part="error" class="notice">${warningIcon()} ${renderReason(view)}</div>`;
}

function renderReason({ error, localizer, onRetry }: TroubleView): TemplateResult {
  return html`<p>${error ? localizer.error(error) : nothing}</p>
    <button class="button" type="button" @click=${onRetry}>
      ${localizer.term('chat.connectNow')}
    </button>`;
}
