import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Contact } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import { limits } from '../../protocol/index.js';
import { closeIcon, plusIcon } from '../shared/icons.js';
import { errorText } from '../shared/shown-error.js';
import type { ContactEdits } from './contact-edits.js';
import type { ContactFields } from './contact-field.js';

type L = Localizer<InboxStrings>;

/** Fields that agents add themselves (S3.31). */
export class Attributes {
  #edits: ContactEdits;
  #fields: ContactFields;
  #taken = false;
  #known: readonly string[] = [];
  /** What was sent of the form last, which may be refused when the form is gone. */
  #sent = { key: '', value: '' };

  constructor(edits: ContactEdits, fields: ContactFields) {
    this.#edits = edits;
    this.#fields = fields;
  }

  /** Lines of a `<dl>`. */
  renderLines(contact: Contact, l: L): unknown {
    this.#known = contact.attributes.map(({ key }) => key);
    return repeat(
      contact.attributes,
      ({ key }) => key,
      ({ key }) => {
        const remove = l.term('contact.attributes.remove', key);
        return html`<dt><bdi>${key}</bdi></dt>
          <dd class="attribute">
            <span>${this.#fields.render(`attributes.${key}`, key, contact, l)}</span>
            <button
              type="button"
              class="icon-button small"
              data-key=${key}
              aria-label=${remove}
              title=${remove}
              @click=${this.#onRemove}
            >
              ${closeIcon()}
            </button>
          </dd>`;
      },
    );
  }

  renderAdd(contact: Contact, l: L): TemplateResult | typeof nothing {
    const code = this.#edits.codeFor('newAttribute');
    if (this.#edits.editing !== 'newAttribute') {
      if (contact.attributes.length >= limits.fields) return nothing;
      const fault = code ?? this.#edits.codeFor('attributes');
      return html`<button type="button" class="add add-attribute" @click=${this.#onAdd}>
          ${plusIcon()} ${l.term('contact.attributes.add')}
        </button>
        ${fault ? html`<p class="error" role="alert">${errorText(l, fault)}</p>` : nothing}`;
    }
    const kept = code ? this.#sent : { key: '', value: '' };
    return html`<form class="new" @submit=${this.#onSubmit} @keydown=${this.#onKeydown}>
      <input
        name="key"
        required
        maxlength=${limits.fieldKeyLength}
        autocomplete="off"
        dir="auto"
        aria-label=${l.term('contact.attributes.key')}
        aria-invalid=${this.#taken ? 'true' : nothing}
        placeholder=${l.term('contact.attributes.key')}
        .defaultValue=${kept.key}
      />
      <input
        name="value"
        maxlength=${limits.fieldValueLength}
        autocomplete="off"
        dir="auto"
        aria-label=${l.term('contact.attributes.value')}
        placeholder=${l.term('contact.attributes.value')}
        .defaultValue=${kept.value}
      />
      ${
        this.#taken || code
          ? html`<p class="error" role="alert">
              ${code ? errorText(l, code) : l.term('contact.attributes.taken')}
            </p>`
          : nothing
      }
      <span class="row">
        <button type="submit" class="button small">${l.term('contact.save')}</button>
        <button type="button" class="button small quiet" @click=${this.#onCancel}>
          ${l.term('contact.cancel')}
        </button>
      </span>
    </form>`;
  }

  readonly #onAdd = (): void => {
    this.#taken = false;
    void this.#edits.begin('newAttribute', '.new [name=key]');
  };

  readonly #onCancel = (): void => void this.#edits.end('.add-attribute');

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    this.#onCancel();
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const written = new FormData(event.currentTarget as HTMLFormElement);
    const read = (name: string): string => String(written.get(name) ?? '').trim();
    const key = read('key');
    this.#taken = this.#known.includes(key);
    if (key === '' || this.#taken) return void this.#edits.focus('.new [name=key]');
    this.#sent = { key, value: read('value') };
    const patch = { attributes: { [key]: read('value') } };
    void this.#edits.save('newAttribute', key, patch, '.add-attribute');
  };

  readonly #onRemove = async (event: Event): Promise<void> => {
    const { key } = (event.currentTarget as HTMLElement).dataset;
    if (key === undefined) return;
    if (await this.#edits.send('attributes', { attributes: { [key]: null } })) {
      await this.#edits.focus('.add-attribute');
    }
  };
}
