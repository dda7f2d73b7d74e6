import { html, nothing, type TemplateResult } from 'lit';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { AgentClient } from '../../store/agent-client.js';
import type { DialogController } from '../shared/dialog-controller.js';
import { closeIcon } from '../shared/icons.js';

/** The groups of the team, edited from where they are used. */
export function renderGroupsDialog(
  dialog: DialogController,
  client: AgentClient | undefined,
  l: Localizer<InboxStrings>,
): TemplateResult | typeof nothing {
  if (!dialog.open) return nothing;
  return html`<dialog
    class="dialog full groups-dialog"
    dir=${l.dir}
    aria-labelledby="groups-title"
    @cancel=${dialog.onCancel}
    @close=${dialog.onClose}
    @pointerdown=${dialog.onPointerdown}
  >
    <div class="dialog-head">
      <h2 id="groups-title">${l.term('thread.group.edit')}</h2>
      <button
        type="button"
        class="icon-button close-groups"
        aria-label=${l.term('close')}
        title=${l.term('close')}
        @click=${dialog.onHide}
      >
        ${closeIcon()}
      </button>
    </div>
    <div class="dialog-body"><conv-groups .client=${client}></conv-groups></div>
  </dialog>`;
}
