import { html, nothing, type TemplateResult } from 'lit';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { DialogController } from './dialog-controller.js';
import { closeIcon } from './icons.js';

export interface DialogFrame {
  title: string;
  body: unknown;
  /** Buttons at the foot that end it; without them a cross in the head does. */
  acts?: unknown;
  /** It asks before what cannot be undone. */
  alert?: boolean;
  /** Id in the body of what says more than the title. */
  describedBy?: string | undefined;
  /** Room for long lines. */
  wide?: boolean;
  /** Fills the screen of a phone. */
  full?: boolean;
  /** The body reaches the edges. */
  bare?: boolean;
  /** Name of the dialog for `::part()`. */
  part?: string;
}

/** Head, body and foot of every dialog. Needs `dialogStyles` and `buttonStyles`. */
export function renderDialog(
  dialog: DialogController,
  frame: DialogFrame,
  l: Localizer<InboxStrings>,
): TemplateResult | typeof nothing {
  if (!dialog.open) return nothing;
  const { title, body, acts, alert, describedBy, wide, full, bare, part } = frame;
  const id = `${dialog.name}-title`;
  return html`<dialog
    class="dialog ${dialog.name} ${wide ? 'wide' : ''} ${full ? 'full' : ''}"
    part=${part ?? nothing}
    role=${alert ? 'alertdialog' : nothing}
    dir=${l.dir}
    aria-labelledby=${id}
    aria-describedby=${describedBy ?? nothing}
    @cancel=${dialog.onCancel}
    @close=${dialog.onClose}
    @pointerdown=${dialog.onPointerdown}
  >
    <div class="dialog-head">
      <h2 id=${id} tabindex="-1">${title}</h2>
      ${
        acts
          ? nothing
          : html`<button
              type="button"
              class="icon-button dialog-close"
              aria-label=${l.term('close')}
              title=${l.term('close')}
              @click=${dialog.onHide}
            >
              ${closeIcon()}
            </button>`
      }
    </div>
    ${bare ? body : html`<div class="dialog-body">${body}</div>`}
    ${acts ? html`<div class="dialog-acts">${acts}</div>` : nothing}
  </dialog>`;
}
