import { html, nothing, type TemplateResult } from 'lit';
import type { Contact, ContactPatch } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import { limits } from '../../protocol/index.js';
import { editIcon } from '../shared/icons.js';
import { errorText } from '../shared/shown-error.js';
import type { ContactEdits, EditKey } from './contact-edits.js';
import { renderMeanwhile } from './meanwhile.js';

type L = Localizer<InboxStrings>;
export type FieldKey = 'name' | 'email' | 'phone' | `attributes.${string}`;

const kinds = {
  name: { type: 'text', maxlength: limits.nameLength },
  email: { type: 'email', maxlength: limits.emailLength },
  phone: { type: 'tel', maxlength: limits.phoneLength },
  attribute: { type: 'text', maxlength: limits.fieldValueLength },
} as const;

/** One line each, edited in place: Enter saves, Escape gives up, leaving saves what was changed. */
export class ContactFields {
  #edits: ContactEdits;

  constructor(edits: ContactEdits) {
    this.#edits = edits;
  }

  render(key: FieldKey, label: string, contact: Contact, l: L): TemplateResult {
    const value = valueOf(contact, key);
    if (this.#edits.editing === key) return this.#renderInput(key, label, value, l);
    const code = this.#edits.codeFor(key);
    return html`<button
        type="button"
        class="value ${value === null ? 'none' : ''}"
        part="value"
        data-field=${key}
        aria-label=${
          value === null
            ? l.term('contact.addField', label)
            : `${l.term('contact.edit', label)}: ${value}`
        }
        @click=${this.#onEdit}
      >
        <bdi>${value ?? l.term('contact.add')}</bdi> ${editIcon()}</button
      >${code ? html`<p class="error" role="alert">${errorText(l, code)}</p>` : nothing}`;
  }

  #renderInput(key: FieldKey, label: string, value: string | null, l: L): TemplateResult {
    const code = this.#edits.codeFor(key);
    this.#edits.follow(value ?? '');
    const { theirs } = this.#edits;
    const { type, maxlength } = kinds[isOwnField(key) ? key : 'attribute'];
    return html`<input
        type=${type}
        class="editing"
        part="input"
        data-field=${key}
        aria-label=${label}
        aria-invalid=${code ? 'true' : nothing}
        aria-describedby=${code ? 'fault' : 'keys'}
        maxlength=${maxlength}
        autocomplete="off"
        dir="auto"
        .defaultValue=${this.#edits.refusedFor(key) ?? value ?? ''}
        @keydown=${this.#onKeydown}
        @blur=${this.#onBlur}
      />
      ${
        code
          ? html`<p class="error" id="fault" role="alert">${errorText(l, code)}</p>`
          : theirs === null
            ? html`<p class="hint" id="keys">${l.term('contact.keys')}</p>`
            : renderMeanwhile('keys', theirs, this.#choices, l)
      }`;
  }

  #save(input: HTMLInputElement | HTMLTextAreaElement, refocus: boolean): void {
    const key = input.dataset['field'] as FieldKey;
    const focus = refocus ? valueSelector(key) : null;
    const value = input.value.trim();
    const same = value === input.defaultValue && this.#edits.codeFor(key) === null;
    if (same) void this.#edits.end(focus);
    else void this.#edits.save(key, input.value, patchOf(key, value || null), focus);
  }

  readonly #choices = {
    onMine: (): void => {
      const { field } = this.#edits;
      if (field) this.#save(field, true);
    },
    onTheirs: (): void => {
      const { editing } = this.#edits;
      if (editing) void this.#edits.end(valueSelector(editing));
    },
  };

  readonly #onEdit = (event: Event): void => {
    const key = (event.currentTarget as HTMLElement).dataset['field'] as EditKey;
    void this.#edits.begin(key, 'input.editing');
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const input = event.currentTarget as HTMLInputElement;
    if (event.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      this.#save(input, true);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      void this.#edits.end(valueSelector(input.dataset['field'] as FieldKey));
    }
  };

  readonly #onBlur = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement;
    // Escape and Enter took it away already, or it was refused and waits for another try.
    if (!input.isConnected || this.#edits.editing === null || this.#edits.theirs !== null) return;
    const key = input.dataset['field'] as FieldKey;
    if (input.value === this.#edits.refusedFor(key)) return;
    this.#save(input, false);
  };
}

function isOwnField(key: FieldKey): key is 'name' | 'email' | 'phone' {
  return !key.startsWith('attributes.');
}

function attributeOf(key: FieldKey): string {
  return key.slice('attributes.'.length);
}

function valueOf(contact: Contact, key: FieldKey): string | null {
  if (isOwnField(key)) return contact[key];
  return contact.attributes.find((field) => field.key === attributeOf(key))?.value ?? null;
}

function patchOf(key: FieldKey, value: string | null): ContactPatch {
  // An attribute without a value is kept: taking it away is an act of its own.
  return isOwnField(key) ? { [key]: value } : { attributes: { [attributeOf(key)]: value ?? '' } };
}

function valueSelector(key: EditKey): string {
  return `.value[data-field="${CSS.escape(key)}"]`;
}
