import { html, type nothing, type TemplateResult } from 'lit';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { AgentClient } from '../../store/agent-client.js';
import type { DialogController } from '../shared/dialog-controller.js';
import { renderDialog } from '../shared/dialog-frame.js';

/** The groups of the team, edited from where they are used. */
export function renderGroupsDialog(
  dialog: DialogController,
  client: AgentClient | undefined,
  l: Localizer<InboxStrings>,
): TemplateResult | typeof nothing {
  const body = html`<conv-groups .client=${client}></conv-groups>`;
  return renderDialog(dialog, { title: l.term('thread.group.edit'), body, full: true }, l);
}
