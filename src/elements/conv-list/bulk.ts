import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ConversationState } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import { closeIcon } from '../shared/icons.js';
import { errorText } from '../shared/shown-error.js';
import type { BulkActs } from './bulk-acts.js';

export interface BulkBar {
  l: Localizer<InboxStrings>;
  /** Of the conversations that are shown. */
  state: ConversationState;
  selected: number;
  shown: number;
  busy: boolean;
  onAll: () => void;
  onCloseOrReopen: () => void;
  onDelete: (event: Event) => void;
  onDone: () => void;
}

/** What can be done with the selected cards; stands where the filters do. */
export function renderBulkBar(bar: BulkBar): TemplateResult {
  const { l, state, selected, shown, busy } = bar;
  const none = selected === 0 || busy;
  const all = selected > 0 && selected === shown;
  return html`<div class="bulk" role="group" aria-label=${l.term('list.bulk.label')}>
    <label class="all">
      <input
        type="checkbox"
        .checked=${live(all)}
        .indeterminate=${live(selected > 0 && !all)}
        ?disabled=${shown === 0}
        aria-label=${l.term('list.pickAll')}
        @change=${bar.onAll}
      />
      <span aria-live="polite"
        >${selected === 0 ? l.term('list.pickAll') : l.term('list.picked', selected)}</span
      >
    </label>
    <span class="acts">
      <button
        type="button"
        class="button small"
        aria-disabled=${none ? 'true' : nothing}
        @click=${bar.onCloseOrReopen}
      >
        ${l.term(state === 'open' ? 'list.bulk.close' : 'list.bulk.reopen')}
      </button>
      <button
        type="button"
        class="button small"
        aria-disabled=${none ? 'true' : nothing}
        @click=${bar.onDelete}
      >
        ${l.term('list.bulk.delete')}
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label=${l.term('list.pickDone')}
        title=${l.term('list.pickDone')}
        @click=${bar.onDone}
      >
        ${closeIcon()}
      </button>
    </span>
  </div>`;
}

const told = { close: 'list.closed', reopen: 'list.reopened', delete: 'list.deleted' } as const;

/** What was done to conversations, with the way back; or why it was refused. */
export function renderDone(
  acts: BulkActs,
  on: { undo: () => void; dismiss: () => void },
  l: Localizer<InboxStrings>,
): TemplateResult {
  const { done, fault } = acts;
  return html`<div
    class="done ${done || fault ? 'shown' : ''}"
    @pointerenter=${acts.pause}
    @pointerleave=${acts.resume}
    @focusin=${acts.pause}
    @focusout=${acts.resume}
  >
    <span class="told" role="status"
      >${done ? l.term(told[done.act], done.ids.length) : nothing}</span
    >
    ${fault ? html`<span class="told fault" role="alert">${errorText(l, fault)}</span>` : nothing}
    ${
      acts.canUndo
        ? html`<button type="button" class="button small quiet undo" @click=${on.undo}>
            ${l.term('list.undo')}
          </button>`
        : nothing
    }
    ${
      done || fault
        ? html`<button
            type="button"
            class="icon-button"
            aria-label=${l.term('list.dismiss')}
            title=${l.term('list.dismiss')}
            @click=${on.dismiss}
          >
            ${closeIcon()}
          </button>`
        : nothing
    }
  </div>`;
}
