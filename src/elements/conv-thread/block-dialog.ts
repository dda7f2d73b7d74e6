import { html, nothing, type TemplateResult } from 'lit';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { HeaderActs } from './header-acts.js';

type L = Localizer<InboxStrings>;

/** Asks what to block: the contact, or the address too (S3.17). */
export function renderBlockDialog(acts: HeaderActs, l: L): TemplateResult | typeof nothing {
  const { blocking } = acts;
  if (!blocking.open) return nothing;
  return html`<dialog
    class="dialog block-dialog"
    dir=${l.dir}
    aria-labelledby="block-title"
    @cancel=${blocking.onCancel}
    @close=${blocking.onClose}
    @pointerdown=${blocking.onPointerdown}
  >
    <form @submit=${acts.onBlockNow}>
      <div class="dialog-head"><h2 id="block-title">${l.term('thread.block')}</h2></div>
      <fieldset class="dialog-body">
        <legend class="visually-hidden">${l.term('thread.block.ask')}</legend>
        ${renderChoice('contact', true, l)} ${renderChoice('address', false, l)}
      </fieldset>
      <div class="dialog-acts">
        <button type="button" class="button cancel" @click=${blocking.onHide}>
          ${l.term('thread.cancel')}
        </button>
        <button type="submit" class="button danger">${l.term('thread.block.now')}</button>
      </div>
    </form>
  </dialog>`;
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
