import { html, nothing, type TemplateResult } from 'lit';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { ErrorCode } from '../../protocol/index.js';
import type { Typist } from '../../store/thread-item.js';
import { arrowDownIcon, chatIcon, eyeIcon, trashIcon, warningIcon } from '../shared/icons.js';
import { errorText } from '../shared/shown-error.js';

type L = Localizer<InboxStrings>;

export function renderNone(l: L): TemplateResult {
  return html`<div class="state" tabindex="-1" dir=${l.dir}>
    <slot name="none">
      ${chatIcon()}
      <p><strong>${l.term('thread.none')}</strong></p>
      <p>${l.term('thread.none.hint')}</p>
    </slot>
  </div>`;
}

export function renderRemoved(l: L): TemplateResult {
  return html`<div class="state" tabindex="-1" dir=${l.dir}>
    ${trashIcon()}
    <p><strong>${l.term('thread.removed')}</strong></p>
    <p>${l.term('thread.removed.hint')}</p>
  </div>`;
}

/** Holds the layout of the messages that come. No live region: only news are announced. */
export function renderBones(l: L): TemplateResult {
  return html`<div class="bones">
    <p class="visually-hidden">${l.term('thread.loading')}</p>
    <span class="bone"></span><span class="bone"></span><span class="bone own"></span
    ><span class="bone"></span>
  </div>`;
}

export function renderError(code: ErrorCode, l: L, onReload: () => void): TemplateResult {
  return html`<div class="state" role="alert" dir=${l.dir}>
    ${warningIcon()}
    <p><strong>${l.term('thread.error')}</strong></p>
    <p>${errorText(l, code)}</p>
    <button type="button" class="button" @click=${onReload}>${l.term('connection.retry')}</button>
  </div>`;
}

export function renderLatest(count: number, l: L, onLatest: () => void): TemplateResult {
  const label = count > 0 ? l.term('thread.toLatestNew', count) : l.term('thread.toLatest');
  return html`<button
    type="button"
    class="latest"
    part="latest"
    aria-label=${label}
    title=${label}
    @click=${onLatest}
  >
    ${arrowDownIcon()} ${count > 0 ? html`<span class="count">${l.number(count)}</span>` : nothing}
  </button>`;
}

/** Who writes, and which other agents look (S3.30). Its line is always there: nothing jumps. */
export function renderPresence(
  typists: readonly Typist[],
  viewers: readonly string[],
  l: L,
): TemplateResult {
  const names = typists.map(({ name }) => name ?? l.term('contact.visitor'));
  return html`<div class="typing" dir=${l.dir}>
    ${
      names.length > 0
        ? html`<span class="wave" aria-hidden="true"><i></i><i></i><i></i></span>
            <span class="typists">${l.term('thread.typing', l.list(names), names.length)}</span>`
        : nothing
    }
    ${
      viewers.length > 0
        ? html`<span class="viewers"
            >${eyeIcon()} ${l.term('thread.viewing', l.list(viewers), viewers.length)}</span
          >`
        : nothing
    }
  </div>`;
}
