import { html, type nothing, type TemplateResult } from 'lit';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { DialogController } from '../shared/dialog-controller.js';
import { renderDialog } from '../shared/dialog-frame.js';
import { shortcutKeys, type Shortcut } from './shortcuts.js';

const shortcuts = Object.entries(shortcutKeys) as [Shortcut, string][];

/** The list of keys (S3.37). */
export function renderShortcutHelp(
  dialog: DialogController,
  l: Localizer<InboxStrings>,
): TemplateResult | typeof nothing {
  const body = html`<dl>
      ${shortcuts.map(
        ([shortcut, key]) =>
          html`<div>
            <dt>${l.term(`keys.${shortcut}`)}</dt>
            <dd><kbd>${key}</kbd></dd>
          </div>`,
      )}
    </dl>
    <p class="hint">${l.term('keys.hint')}</p>`;
  return renderDialog(dialog, { title: l.term('keys.title'), body }, l);
}
