import { html, nothing, type TemplateResult } from 'lit';
import type { WritingStrings, Localizer } from '../../i18n/index.js';
import type { SavedText } from './saved-texts.js';

/** One choice among saved replies or templates. */
export function renderSavedText(
  { title, subject, text, own }: SavedText,
  l: Localizer<WritingStrings> | undefined,
): TemplateResult {
  return html`<span class="choice" dir="auto"
      ><strong>${title}</strong><span class="hint">${subject || text}</span></span
    >
    ${own && l ? html`<span class="badge">${l.term('replies.own')}</span>` : nothing}`;
}
