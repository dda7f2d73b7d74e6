import { html, type nothing, type TemplateResult } from 'lit';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { DialogController } from './dialog-controller.js';
import { renderDialog } from './dialog-frame.js';

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
  const acts = html`<button type="button" class="button cancel" @click=${dialog.onHide}>
      ${l.term('thread.cancel')}
    </button>
    <button type="button" class="button danger yes" @click=${onYes}>${act}</button>`;
  const body = html`<div id="question-text">${text}</div>`;
  return renderDialog(dialog, { title, body, acts, alert: true, describedBy: 'question-text' }, l);
}
