import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ErrorCode } from '../../protocol/index.js';
import { editIcon, trashIcon } from './icons.js';
import { codeOf } from './shown-error.js';

export interface Entry {
  id: string;
  /** What is read of it. */
  shown: TemplateResult;
  words: {
    /** Names of its buttons, with its own name. */
    edit: string;
    delete: string;
    /** Asks before it is deleted. */
    ask: string;
    deleteNow: string;
    keep: string;
  };
}

interface EntryListParts {
  edit(id: string): void;
  /** Rejects with a `CodedError`. */
  remove(id: string): Promise<void>;
}

/** Entries that can be edited, and deleted after asking in their place. Needs `entryListStyles`. */
export class EntryList {
  /** Why the last one could not be deleted. */
  fault: ErrorCode | null = null;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #parts: EntryListParts;
  /** The one whose deletion is asked about. */
  #asked: string | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement, parts: EntryListParts) {
    this.#host = host;
    this.#parts = parts;
  }

  readonly #onEdit = (event: Event): void => this.#parts.edit(idOf(event));

  readonly #onDelete = (event: Event): void => {
    this.fault = null;
    this.#asked = idOf(event);
    void this.#focus('.keep');
  };

  readonly #onKeep = (): void => {
    const id = this.#asked;
    this.#asked = null;
    void this.#focus(`.delete[data-id="${id}"]`);
  };

  readonly #onDeleteNow = async (event: Event): Promise<void> => {
    this.fault = null;
    try {
      await this.#parts.remove(idOf(event));
      this.#asked = null;
      this.#host.requestUpdate();
      await this.#host.updateComplete;
      this.#host.focus();
    } catch (error) {
      this.fault = codeOf(error);
      this.#host.requestUpdate();
    }
  };

  async #focus(selector: string): Promise<void> {
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#host.shadowRoot?.querySelector<HTMLElement>(selector)?.focus();
  }

  render(entries: readonly Entry[], label: string, { editable = true } = {}): TemplateResult {
    return html`<ul class="items" role="list" aria-label=${label}>
      ${repeat(
        entries,
        ({ id }) => id,
        (entry) =>
          entry.id === this.#asked
            ? this.#renderQuestion(entry)
            : this.#renderItem(entry, editable),
      )}
    </ul>`;
  }

  #renderQuestion({ id, words }: Entry): TemplateResult {
    return html`<li class="item asked" part="item">
      <p id="ask">${words.ask}</p>
      <button type="button" class="button keep" aria-describedby="ask" @click=${this.#onKeep}>
        ${words.keep}
      </button>
      <button
        type="button"
        class="button danger"
        aria-describedby="ask"
        data-id=${id}
        @click=${this.#onDeleteNow}
      >
        ${words.deleteNow}
      </button>
    </li>`;
  }

  #renderItem({ id, shown, words }: Entry, editable: boolean): TemplateResult {
    return html`<li class="item" part="item">
      ${shown}
      ${
        editable
          ? html`<button
                type="button"
                class="icon-button edit"
                data-id=${id}
                aria-label=${words.edit}
                title=${words.edit}
                @click=${this.#onEdit}
              >
                ${editIcon()}
              </button>
              <button
                type="button"
                class="icon-button delete"
                data-id=${id}
                aria-label=${words.delete}
                title=${words.delete}
                @click=${this.#onDelete}
              >
                ${trashIcon()}
              </button>`
          : nothing
      }
    </li>`;
  }
}

function idOf(event: Event): string {
  return (event.currentTarget as HTMLElement).dataset['id'] ?? '';
}
