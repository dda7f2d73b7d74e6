import { html, nothing, type TemplateResult } from 'lit';
import type { View } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { ErrorCode } from '../../protocol/index.js';
import { inboxIcon, warningIcon } from '../shared/icons.js';
import { errorText } from '../shared/shown-error.js';

/** Holds the layout of the cards that come (S3.12). */
export function renderBones(l: Localizer<InboxStrings>): TemplateResult {
  return html`<p class="visually-hidden" role="status">${l.term('list.loading')}</p>
    <ul class="bones" aria-hidden="true">
      ${[1, 2, 3, 4, 5, 6].map(
        () =>
          html`<li>
            <span class="card">
              <span class="bone face"></span>
              <span><span class="bone name"></span><span class="bone excerpt"></span></span>
            </span>
          </li>`,
      )}
    </ul>`;
}

/** Why there is no card; where it is for the channel, the way to the others. */
export function renderEmpty(
  view: View,
  l: Localizer<InboxStrings>,
  onEveryChannel: () => void,
): TemplateResult {
  if (view.channel !== 'all') {
    return html`<div class="state" role="status">
      ${inboxIcon()}
      <p>${l.term('list.empty.channel')}</p>
      <button type="button" class="button" @click=${onEveryChannel}>
        ${l.term('list.everyChannel')}
      </button>
    </div>`;
  }
  const key = view.state === 'closed' ? 'list.empty.closed' : (`list.empty.${view.name}` as const);
  return html`<div class="state" role="status">
    ${inboxIcon()}
    <p>${l.term(key)}</p>
  </div>`;
}

export function renderError(
  code: ErrorCode,
  l: Localizer<InboxStrings>,
  onRetry: () => void,
): TemplateResult {
  return html`<div class="state" role="alert">
    ${warningIcon()}
    <p><strong>${l.term('list.error')}</strong></p>
    <p>${errorText(l, code)}</p>
    <button type="button" class="button" @click=${onRetry}>${l.term('connection.retry')}</button>
  </div>`;
}

/** Why an act on a card was refused. */
export function renderFault(
  fault: ErrorCode | null,
  l: Localizer<InboxStrings>,
): TemplateResult | typeof nothing {
  return fault ? html`<p class="note fault" role="alert">${errorText(l, fault)}</p>` : nothing;
}
