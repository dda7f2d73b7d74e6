import { html, nothing, type TemplateResult } from 'lit';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { DialogController } from './dialog-controller.js';

export interface Question {
  title: string;
  text: string;
  /** What is done on yes, as the button says it. */
  act: string;
  onYes: () => void;
}

/** Asks once before what cannot be undone. Needs `dialogStyles`, `buttonStyles`, `buttonToneStyles`. */
export function renderQuestion(
  dialog: DialogController,
  { title, text, act, onYes }: Question,
  l: Localizer<InboxStrings>,
): TemplateResult | typeof nothing {
  if (!dialog.open) return nothing;
  return html`<dialog
    class="dialog question"
    role="alertdialog"
    dir=${l.dir}
    aria-labelledby="question-title"
    aria-describedby="question-text"
    @cancel=${dialog.onCancel}
    @close=${dialog.onClose}
    @pointerdown=${dialog.onPointerdown}
  >
    <div class="dialog-head"><h2 id="question-title">${title}</h2></div>
    <div class="dialog-body" id="question-text">${text}</div>
    <div class="dialog-acts">
      <button type="button" class="button cancel" @click=${dialog.onHide}>
        ${l.term('thread.cancel')}
      </button>
      <button type="button" class="button danger yes" @click=${onYes}>${act}</button>
    </div>
  </dialog>`;
}
