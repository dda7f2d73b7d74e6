import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import { limits } from '../../protocol/index.js';
import type { Search } from '../../store/agent-client.js';
import { closeIcon, searchIcon, warningIcon } from '../shared/icons.js';
import { errorText } from '../shared/shown-error.js';

/** The field over the list (S3.11). */
export function renderSearchField(
  typed: string,
  l: Localizer<InboxStrings>,
  on: {
    onInput: (event: Event) => void;
    onKeydown: (event: KeyboardEvent) => void;
    onClear: () => void;
  },
): TemplateResult {
  return html`<div class="search" role="search">
    ${searchIcon()}
    <input
      type="text"
      inputmode="search"
      enterkeyhint="search"
      autocomplete="off"
      spellcheck="false"
      maxlength=${limits.queryLength}
      dir=${typed === '' ? nothing : 'auto'}
      part="search"
      aria-label=${l.term('list.search')}
      aria-describedby="search-hint"
      placeholder=${l.term('list.search')}
      .value=${live(typed)}
      @input=${on.onInput}
      @keydown=${on.onKeydown}
    />
    <span class="visually-hidden" id="search-hint">${l.term('list.search.hint')}</span>
    ${
      typed === ''
        ? nothing
        : html`<button
            type="button"
            class="icon-button clear"
            aria-label=${l.term('list.search.clear')}
            title=${l.term('list.search.clear')}
            @click=${on.onClear}
          >
            ${closeIcon()}
          </button>`
    }
  </div>`;
}

/** Says how many there are, once they are there. */
export function renderFound(
  search: Search | undefined,
  l: Localizer<InboxStrings>,
): TemplateResult | typeof nothing {
  if (!search || search.status === 'idle') return nothing;
  const { status, results, more } = search;
  const text =
    status === 'loading'
      ? l.term('list.search.loading')
      : status === 'ready' && results.length > 0
        ? l.term('list.search.found', results.length, more)
        : nothing;
  return html`<p class="found" role="status">${text}</p>`;
}

/** Instead of results: there are none, or they could not be fetched. */
export function renderNoResults(
  search: Search,
  l: Localizer<InboxStrings>,
  onRetry: () => void,
): TemplateResult | typeof nothing {
  if (search.status === 'error') {
    return html`<div class="state" role="alert">
      ${warningIcon()}
      <p><strong>${l.term('list.search.error')}</strong></p>
      <p>${errorText(l, search.error?.code ?? 'internal')}</p>
      <button type="button" class="button" @click=${onRetry}>${l.term('connection.retry')}</button>
    </div>`;
  }
  if (search.status !== 'ready') return nothing;
  return html`<div class="state" role="status">
    ${searchIcon()}
    <p><strong>${l.term('list.search.none', search.query)}</strong></p>
    <p>${l.term('list.search.noneHint')}</p>
  </div>`;
}
