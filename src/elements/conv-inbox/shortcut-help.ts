import { html, nothing, type TemplateResult } from 'lit';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { DialogController } from '../shared/dialog-controller.js';
import { closeIcon } from '../shared/icons.js';
import { shortcutKeys, type Shortcut } from './shortcuts.js';

const shortcuts = Object.entries(shortcutKeys) as [Shortcut, string][];

/** The list of keys (S3.37). */
export function renderShortcutHelp(
  dialog: DialogController,
  l: Localizer<InboxStrings>,
): TemplateResult | typeof nothing {
  if (!dialog.open) return nothing;
  return html`<dialog
    class="dialog keys"
    dir=${l.dir}
    aria-labelledby="keys-title"
    @cancel=${dialog.onCancel}
    @close=${dialog.onClose}
    @pointerdown=${dialog.onPointerdown}
  >
    <div class="dialog-head">
      <h2 id="keys-title">${l.term('keys.title')}</h2>
      <button
        type="button"
        class="icon-button"
        aria-label=${l.term('close')}
        title=${l.term('close')}
        @click=${dialog.onHide}
      >
        ${closeIcon()}
      </button>
    </div>
    <div class="dialog-body">
      <dl>
        ${shortcuts.map(
          ([shortcut, key]) =>
            html`<div>
              <dt>${l.term(`keys.${shortcut}`)}</dt>
              <dd><kbd>${key}</kbd></dd>
            </div>`,
        )}
      </dl>
      <p class="hint">${l.term('keys.hint')}</p>
    </div>
  </dialog>`;
}
