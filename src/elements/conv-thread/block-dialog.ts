import { html, type nothing, type TemplateResult } from 'lit';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import { renderDialog } from '../shared/dialog-frame.js';
import type { HeaderActs } from './header-acts.js';

type L = Localizer<InboxStrings>;

/** Asks what to block: the contact, or the address too (S3.17). */
export function renderBlockDialog(acts: HeaderActs, l: L): TemplateResult | typeof nothing {
  const { blocking } = acts;
  const body = html`<form id="block-form" @submit=${acts.onBlockNow}>
    <fieldset>
      <legend class="visually-hidden">${l.term('thread.block.ask')}</legend>
      ${renderChoice('contact', true, l)} ${renderChoice('address', false, l)}
    </fieldset>
  </form>`;
  const buttons = html`<button type="button" class="button cancel" @click=${blocking.onHide}>
      ${l.term('thread.cancel')}
    </button>
    <button type="submit" form="block-form" class="button danger">
      ${l.term('thread.block.now')}
    </button>`;
  return renderDialog(blocking, { title: l.term('thread.block'), body, acts: buttons }, l);
}

function renderChoice(how: 'contact' | 'address', chosen: boolean, l: L): TemplateResult {
  return html`<div class="choice">
    <input
      type="radio"
      name="how"
      id=${`block-${how}`}
      value=${how}
      aria-describedby=${`block-${how}-hint`}
      ?checked=${chosen}
    />
    <label for=${`block-${how}`}>${l.term(`thread.block.${how}`)}</label>
    <p id=${`block-${how}-hint`}>${l.term(`thread.block.${how}.hint`)}</p>
  </div>`;
}
