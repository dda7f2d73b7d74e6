import { html, type TemplateResult } from 'lit';
import type { InboxStrings, Localizer } from '../../i18n/index.js';

export interface MeanwhileChoices {
  onMine: () => void;
  onTheirs: () => void;
}

/**
 * A colleague changed what is being edited: says to what, and lets the agent choose. Until then
 * nothing is saved, so that neither text is lost (S3.35).
 */
export function renderMeanwhile(
  id: string,
  theirs: string,
  { onMine, onTheirs }: MeanwhileChoices,
  l: Localizer<InboxStrings>,
): TemplateResult {
  return html`<p class="error" id=${id} role="alert">
      ${theirs === '' ? l.term('contact.meanwhile.empty') : l.term('contact.meanwhile')}
      <bdi>${theirs}</bdi>
    </p>
    <p class="meanwhile">
      <button type="button" class="button small" @click=${onMine}>${l.term('contact.mine')}</button>
      <button type="button" class="button small quiet" @click=${onTheirs}>
        ${l.term('contact.theirs')}
      </button>
    </p>`;
}
