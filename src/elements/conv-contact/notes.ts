import { html, nothing, type TemplateResult } from 'lit';
import type { Contact } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import { limits } from '../../protocol/index.js';
import { errorText } from '../shared/shown-error.js';
import type { ContactEdits } from './contact-edits.js';
import { renderMeanwhile } from './meanwhile.js';

type L = Localizer<InboxStrings>;

/** What agents write down about a contact; leaving the field saves it (S3.31). */
export class Notes {
  #edits: ContactEdits;

  constructor(edits: ContactEdits) {
    this.#edits = edits;
  }

  render({ notes }: Contact, l: L): TemplateResult {
    return html`<section part="pane" aria-labelledby="notes">
      <h3 id="notes">${l.term('contact.notes')}</h3>
      ${this.#edits.editing === 'notes' ? this.#renderField(notes, l) : this.#renderText(notes, l)}
    </section>`;
  }

  #renderText(notes: string, l: L): TemplateResult {
    const empty = notes === '';
    const label = `${l.term('contact.edit', l.term('contact.notes'))}: ${notes}`;
    const code = this.#edits.codeFor('notes');
    return html`<button
        type="button"
        class="value notes ${empty ? 'none' : ''}"
        part="value"
        dir=${empty ? nothing : 'auto'}
        aria-label=${empty ? nothing : label}
        @click=${this.#onEdit}
      >
        <bdi>${empty ? l.term('contact.notes.add') : notes}</bdi></button
      >${code ? html`<p class="error" role="alert">${errorText(l, code)}</p>` : nothing}`;
  }

  #renderField(notes: string, l: L): TemplateResult {
    const code = this.#edits.codeFor('notes');
    this.#edits.follow(notes);
    return html`<textarea
        class="editing"
        part="input"
        rows="4"
        dir="auto"
        maxlength=${limits.notesLength}
        aria-label=${l.term('contact.notes')}
        aria-invalid=${code ? 'true' : nothing}
        aria-describedby="notes-keys"
        .defaultValue=${this.#edits.refusedFor('notes') ?? notes}
        @keydown=${this.#onKeydown}
        @blur=${this.#onBlur}
      ></textarea>
      ${
        code
          ? html`<p class="error" id="notes-keys" role="alert">${errorText(l, code)}</p>`
          : this.#edits.theirs === null
            ? html`<p class="hint" id="notes-keys">${l.term('contact.notes.keys')}</p>`
            : renderMeanwhile('notes-keys', this.#edits.theirs, this.#choices, l)
      }`;
  }

  #save(field: Pick<HTMLTextAreaElement, 'value' | 'defaultValue'>, focus: string | null): void {
    const notes = field.value.trim();
    if (notes === field.defaultValue && this.#edits.codeFor('notes') === null)
      void this.#edits.end(focus);
    else void this.#edits.save('notes', field.value, { notes }, focus);
  }

  readonly #choices = {
    onMine: (): void => {
      const { field } = this.#edits;
      if (field) this.#save(field, '.value.notes');
    },
    onTheirs: (): void => void this.#edits.end('.value.notes'),
  };

  readonly #onEdit = (): void => void this.#edits.begin('notes', 'textarea.editing');

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const field = event.currentTarget as HTMLTextAreaElement;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#save(field, '.value.notes');
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      void this.#edits.end('.value.notes');
    }
  };

  readonly #onBlur = (event: Event): void => {
    const field = event.currentTarget as HTMLTextAreaElement;
    if (!field.isConnected || this.#edits.editing !== 'notes' || this.#edits.theirs !== null)
      return;
    if (field.value === this.#edits.refusedFor('notes')) return;
    this.#save(field, null);
  };
}
