import { html, nothing, type TemplateResult } from 'lit';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { ThreadItem } from '../../store/thread-item.js';
import { mailIcon } from '../shared/icons.js';

/** How a reply travels by email: to whom, about what, and how far it came. */
export function renderEmailLine(
  { id, email, deletedAt }: ThreadItem,
  l: Localizer<InboxStrings>,
  onRetry: (event: Event) => void,
): TemplateResult | typeof nothing {
  if (!email || deletedAt !== null) return nothing;
  const failed = email.state === 'failed';
  return html`<p class="email ${failed ? 'failed' : 'meta'}" part="meta">
    <span class="route" title=${email.subject}>
      ${mailIcon()} <bdi>${l.term('email.to', email.to)}</bdi> · <bdi>${email.subject}</bdi>
    </span>
    <span class="fate"
      ><span class="dot"> · </span>${l.term(`email.${email.state}`)}${
        failed && email.error !== null ? html`: <bdi>${email.error}</bdi>` : nothing
      }</span
    >
    ${
      failed
        ? html`<span class="ways">
            <button type="button" data-id=${id ?? ''} @click=${onRetry}>
              ${l.term('email.retry')}
            </button>
          </span>`
        : nothing
    }
  </p>`;
}
