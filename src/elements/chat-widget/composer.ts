import { html, nothing, type TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import { limits } from '../../protocol/index.js';
import { arrowUpIcon } from '../shared/icons.js';

export interface ComposerView {
  draft: string;
  localizer: Localizer;
  onInput: (event: InputEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onBlur: () => void;
  onSend: () => void;
}

/** The visitor's field. It grows with what is written, and never cuts a text short. */
export function renderComposer(view: ComposerView): TemplateResult {
  const { draft, localizer } = view;
  const tooLong = draft.length > limits.messageLength;
  return html`<div part="composer" class="composer">
    <div class="box">
      <div class="grow" data-text=${draft}>
        <textarea
          part="field"
          class="field"
          rows="1"
          dir="auto"
          enterkeyhint="send"
          autocomplete="off"
          aria-label=${localizer.term('chat.field')}
          aria-invalid=${tooLong ? 'true' : nothing}
          aria-describedby=${tooLong ? 'too-long' : nothing}
          placeholder=${localizer.term('chat.placeholder')}
          @input=${view.onInput}
          @keydown=${view.onKeyDown}
          @blur=${view.onBlur}
        ></textarea>
      </div>
      <slot name="composer"></slot>
      <button
        part="send"
        class="icon-button send"
        type="button"
        aria-label=${localizer.term('chat.send')}
        ?disabled=${tooLong}
        @click=${view.onSend}
      >
        ${arrowUpIcon()}
      </button>
    </div>
    ${
      tooLong
        ? html`<p id="too-long" class="problem" role="alert">
            ${localizer.term('error.message_too_long')}
          </p>`
        : nothing
    }
  </div>`;
}
