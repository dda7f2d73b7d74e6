import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { WritingStrings, Localizer } from '../../i18n/index.js';
import { mailIcon, searchIcon, zapIcon } from '../shared/icons.js';
import { ListboxController } from '../shared/listbox-controller.js';
import { PopoverController } from '../shared/popover-controller.js';
import { renderSavedText } from './render-saved-text.js';
import { matchingTexts, type SavedText } from './saved-texts.js';

type L = Localizer<WritingStrings>;
type Host = ReactiveControllerHost & HTMLElement;

export type LibraryKind = 'replies' | 'templates';

interface TextPickerParts {
  kind: LibraryKind;
  texts(): readonly SavedText[];
  /** Whether something is written that could be saved. */
  written(): boolean;
  onChosen(saved: SavedText): void;
  /** Saves what is written, or writes a new one. */
  onNew(): void;
  /** Shows all of them, to be edited and deleted. */
  onManage(): void;
}

/** A button and what it opens: saved replies, or email templates, with a search (S3.24, S3.25). */
export class TextPicker {
  readonly #host: Host;
  readonly #parts: TextPickerParts;
  readonly #listbox: ListboxController<SavedText>;
  #open = false;
  #query = '';
  #l: L | undefined;

  constructor(host: Host, parts: TextPickerParts) {
    this.#host = host;
    this.#parts = parts;
    this.#listbox = new ListboxController<SavedText>(host, {
      id: `${parts.kind}-list`,
      key: ({ id }) => id,
      render: (saved) => renderSavedText(saved, this.#l),
      takesTab: false,
      onChosen: (saved) => {
        this.hide();
        parts.onChosen(saved);
      },
    });
    new PopoverController(host, {
      popover: () => this.#find('.library'),
      anchor: () => this.#find('.trigger'),
      onDismissed: () => this.hide(),
    });
  }

  async show(): Promise<void> {
    this.#open = true;
    this.#query = '';
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#find('.library input')?.focus();
  }

  hide({ refocus = false } = {}): void {
    if (!this.#open) return;
    this.#open = false;
    this.#host.requestUpdate();
    if (refocus) this.#find('.trigger')?.focus();
  }

  #find(selector: string): HTMLElement | null {
    return (
      this.#host.shadowRoot?.querySelector<HTMLElement>(`.${this.#parts.kind}${selector}`) ?? null
    );
  }

  readonly #onTrigger = (): void => {
    if (this.#open) this.hide();
    else void this.show();
  };

  readonly #onInput = (event: Event): void => {
    this.#query = (event.currentTarget as HTMLInputElement).value;
    this.#listbox.set(matchingTexts(this.#parts.texts(), this.#query), { restart: true });
    this.#host.requestUpdate();
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    this.hide({ refocus: true });
  };

  readonly #onNew = (): void => {
    this.hide();
    this.#parts.onNew();
  };

  readonly #onManage = (): void => {
    this.hide();
    this.#parts.onManage();
  };

  renderButton(l: L): TemplateResult {
    const { kind } = this.#parts;
    const name = l.term(`${kind}.open`);
    return html`<button
      type="button"
      class="tool trigger ${kind}"
      part=${kind}
      aria-label=${name}
      title=${name}
      aria-haspopup="dialog"
      aria-expanded=${this.#open ? 'true' : 'false'}
      @click=${this.#onTrigger}
    >
      ${kind === 'replies' ? zapIcon() : mailIcon()}
    </button>`;
  }

  renderPopover(l: L): TemplateResult | typeof nothing {
    if (!this.#open) return nothing;
    this.#l = l;
    const { kind } = this.#parts;
    const texts = this.#parts.texts();
    this.#listbox.set(matchingTexts(texts, this.#query));
    const found = this.#listbox.options.length > 0;
    return html`<div
      class="popover choices library ${kind}"
      popover="manual"
      part="choices"
      role="dialog"
      aria-label=${l.term(`${kind}.open`)}
      @keydown=${this.#onKeydown}
    >
      <label class="bare-field find">
        ${searchIcon()}
        <input
          role="combobox"
          autocomplete="off"
          spellcheck="false"
          aria-label=${l.term(`${kind}.search`)}
          placeholder=${l.term(`${kind}.search`)}
          aria-autocomplete="list"
          aria-expanded=${found ? 'true' : 'false'}
          aria-controls=${found ? this.#listbox.id : nothing}
          aria-activedescendant=${this.#listbox.activeId ?? nothing}
          .value=${this.#query}
          @input=${this.#onInput}
          @keydown=${this.#listbox.onKeydown}
        />
      </label>
      ${
        found
          ? this.#listbox.render(l.term(`${kind}.open`))
          : html`<p class="none" role="status">
              ${l.term(texts.length === 0 ? `${kind}.empty` : `${kind}.none`)}
            </p>`
      }
      <div class="popover-acts">
        <button type="button" class="button quiet" @click=${this.#onNew}>
          ${l.term(this.#parts.written() ? `${kind}.saveAs` : `${kind}.new`)}
        </button>
        ${
          texts.length > 0
            ? html`<button type="button" class="button quiet" @click=${this.#onManage}>
                ${l.term(`${kind}.manage`)}
              </button>`
            : nothing
        }
      </div>
    </div>`;
  }
}
