import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Contact } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import { limits } from '../../protocol/index.js';
import { closeIcon, plusIcon } from '../shared/icons.js';
import { errorText } from '../shared/shown-error.js';
import type { ContactEdits } from './contact-edits.js';

type L = Localizer<InboxStrings>;

/** Tags of a contact: Enter or a comma adds one, a cross takes one away (S3.31). */
export class Tags {
  #edits: ContactEdits;
  #tags: readonly string[] = [];

  constructor(edits: ContactEdits) {
    this.#edits = edits;
  }

  render({ tags }: Contact, l: L): TemplateResult {
    this.#tags = tags;
    const code = this.#edits.codeFor('tags');
    return html`<section part="pane" aria-labelledby="tags">
      <h3 id="tags">${l.term('contact.tags')}</h3>
      <ul class="tags" role="list">
        ${repeat(
          tags,
          (tag) => tag,
          (tag) => {
            const remove = l.term('contact.tags.remove', tag);
            return html`<li class="tag">
              <bdi>${tag}</bdi>
              <button
                type="button"
                data-tag=${tag}
                aria-label=${remove}
                title=${remove}
                @click=${this.#onRemove}
              >
                ${closeIcon()}
              </button>
            </li>`;
          },
        )}
        <li>${this.#renderAdd(l)}</li>
      </ul>
      ${code ? html`<p class="error" role="alert">${errorText(l, code)}</p>` : nothing}
    </section>`;
  }

  #renderAdd(l: L): TemplateResult | typeof nothing {
    if (this.#edits.editing === 'tags') {
      return html`<input
        class="new-tag"
        maxlength=${limits.tagLength}
        autocomplete="off"
        dir="auto"
        aria-label=${l.term('contact.tags.add')}
        .defaultValue=${this.#edits.refusedFor('tags') ?? ''}
        placeholder=${l.term('contact.tags.add')}
        @keydown=${this.#onKeydown}
        @blur=${this.#onBlur}
      />`;
    }
    if (this.#tags.length >= limits.tags) return nothing;
    return html`<button type="button" class="add add-tag" @click=${this.#onAdd}>
      ${plusIcon()} ${l.term('contact.tags.add')}
    </button>`;
  }

  async #add(input: HTMLInputElement): Promise<void> {
    const tag = input.value.replaceAll(',', ' ').trim();
    input.value = '';
    if (tag === '' || this.#tags.includes(tag)) return;
    if (!(await this.#edits.send('tags', { addTags: [tag] }, tag)) && input.value === '') {
      input.value = tag;
    }
  }

  readonly #onAdd = (): void => void this.#edits.begin('tags', '.new-tag');

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const input = event.currentTarget as HTMLInputElement;
    if (event.isComposing) return;
    if (event.key === 'Escape' || (event.key === 'Enter' && input.value.trim() === '')) {
      event.preventDefault();
      event.stopPropagation();
      void this.#edits.end('.add-tag');
    } else if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault();
      void this.#add(input);
    } else if (event.key === 'Backspace' && input.value === '') {
      const last = this.#tags.at(-1);
      if (last !== undefined) void this.#edits.send('tags', { removeTags: [last] });
    }
  };

  readonly #onBlur = async (event: Event): Promise<void> => {
    const input = event.currentTarget as HTMLInputElement;
    if (!input.isConnected || this.#edits.editing !== 'tags') return;
    await this.#add(input);
    const done = input.isConnected && input.value === '' && !this.#edits.codeFor('tags');
    if (done) await this.#edits.end(null);
  };

  readonly #onRemove = async (event: Event): Promise<void> => {
    const { tag } = (event.currentTarget as HTMLElement).dataset;
    if (tag === undefined) return;
    if (await this.#edits.send('tags', { removeTags: [tag] })) {
      await this.#edits.focus('.tag button, .add-tag');
    }
  };
}
