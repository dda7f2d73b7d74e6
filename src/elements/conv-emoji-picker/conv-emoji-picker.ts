import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { LocalizeController } from '../../context/index.js';
import type { EmojiStrings } from '../../i18n/index.js';
import { emojiEnglish } from '../../i18n/locales/en-emoji.js';
import { bareFieldStyles } from '../shared/bare-field.styles.js';
import { customElement } from '../shared/custom-element.js';
import { emit } from '../shared/events.js';
import { searchIcon } from '../shared/icons.js';
import { baseStyles } from '../shared/styles.js';
import { styles } from './conv-emoji-picker.styles.js';
import {
  categories,
  emojiOf,
  findEmoji,
  tones,
  withTone,
  type Category,
  type Emoji,
  type Tone,
} from './emoji.js';
import {
  keptInBrowser,
  recallEmoji,
  rememberEmoji,
  withRecent,
  type GetEmojiKeep,
} from './emoji-memory.js';
import { columns, target } from './grid-keys.js';

/** Of `conv-emoji-chosen`. */
export interface EmojiChosen {
  /** With the chosen skin tone. */
  emoji: string;
}

type Tab = 'recent' | Category;
const tabs: readonly Tab[] = ['recent', ...categories];
const faces: Readonly<Record<Tab, string>> = {
  recent: '🕘',
  smileys: '😀',
  people: '👋',
  nature: '🐻',
  food: '🍔',
  travel: '✈️',
  activities: '⚽',
  objects: '💡',
  symbols: '❤️',
  flags: '🏁',
};

interface Cell {
  emoji: string;
  label: string;
  codes: readonly string[];
}

/**
 * @summary Emoji to choose from: by category, by word, the recent ones, with skin tones.
 *
 * Its data comes with it, and nothing is loaded from another server. Arrows move in the grid,
 * typing there searches, Enter in the search takes the first result. What was chosen and the skin
 * tone are remembered in this browser.
 *
 * @csspart base - The box.
 * @csspart search - The field that searches.
 * @csspart tab - One category.
 * @csspart emoji - One emoji.
 *
 * @event {CustomEvent<EmojiChosen>} conv-emoji-chosen - An emoji was chosen.
 */
@customElement('conv-emoji-picker')
export class ConvEmojiPicker extends LitElement {
  static override styles = [baseStyles, bareFieldStyles, styles];

  #l = new LocalizeController<EmojiStrings>(this, emojiEnglish);
  /** Recent ones as they were when it was shown: nothing moves below the pointer. */
  #recent: readonly string[] = [];

  @state() private tab: Tab = 'smileys';

  @state() private words = '';

  @state() private active = 0;

  @state() private tone: Tone = 0;

  /** Gives the storage and the key under which the chosen ones are remembered; null forgets them. */
  @property({ attribute: false }) keep: GetEmojiKeep = keptInBrowser;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#recall();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('keep')) this.#recall();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('words') || changed.has('tab')) {
      this.renderRoot.querySelector('.panel')?.scrollTo({ top: 0 });
    }
  }

  #recall(): void {
    const { tone, recent } = recallEmoji(this.keep);
    this.tone = tone;
    this.#recent = recent;
    this.words = '';
    this.active = 0;
    this.tab = recent.length > 0 ? 'recent' : 'smileys';
  }

  get #search(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input[type=search]');
  }

  get #cells(): readonly Cell[] {
    const toned = (one: Emoji): Cell => ({ ...one, emoji: withTone(one, this.tone) });
    if (this.words.trim() !== '') return findEmoji(this.words).map(toned);
    if (this.tab !== 'recent') return emojiOf(this.tab).map(toned);
    return this.#recent.map((emoji) => ({ emoji, label: emoji, codes: [] }));
  }

  #choose(emoji: string): void {
    rememberEmoji(this.keep, withRecent(recallEmoji(this.keep), emoji));
    emit<EmojiChosen>(this, 'conv-emoji-chosen', { emoji });
  }

  #button(at: number): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`[data-at="${at}"]`);
  }

  async #focusCell(at: number): Promise<void> {
    this.active = at;
    await this.updateComplete;
    this.#button(at)?.focus();
  }

  #show(tab: Tab): void {
    this.tab = tab;
    this.words = '';
    this.active = 0;
  }

  readonly #onSearch = (event: Event): void => {
    this.words = (event.currentTarget as HTMLInputElement).value;
    this.active = 0;
  };

  readonly #onSearchKeydown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const [first] = this.#cells;
    if (event.key === 'ArrowDown' && first) {
      event.preventDefault();
      void this.#focusCell(this.active);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (first && this.words.trim() !== '') this.#choose(first.emoji);
    }
  };

  readonly #onTab = (event: Event): void => {
    this.#show((event.currentTarget as HTMLElement).dataset['tab'] as Tab);
  };

  readonly #onTabKeydown = async (event: KeyboardEvent): Promise<void> => {
    const at = tabs.indexOf(this.tab);
    const forward = this.#l.dir === 'rtl' ? -1 : 1;
    const to = {
      ArrowRight: tabs.at((at + forward + tabs.length) % tabs.length),
      ArrowLeft: tabs.at((at - forward + tabs.length) % tabs.length),
      Home: tabs[0],
      End: tabs.at(-1),
    }[event.key];
    if (!to) return;
    event.preventDefault();
    this.#show(to);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus();
  };

  readonly #onGridKeydown = (event: KeyboardEvent): void => {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key.length === 1 && key !== ' ') {
      // The key itself is typed there.
      this.#search?.focus();
      return;
    }
    const to = target(key, this.active, this.#cells.length, this.#l.dir === 'rtl');
    if (to === null) return;
    event.preventDefault();
    if (to === 'out') this.#search?.focus();
    else void this.#focusCell(to);
  };

  readonly #onGridClick = (event: Event): void => {
    const button = (event.target as HTMLElement).closest<HTMLElement>('[data-at]');
    const cell = this.#cells[Number(button?.dataset['at'])];
    if (button && cell) this.#choose(cell.emoji);
  };

  readonly #onGridFocus = (event: Event): void => {
    const at = (event.target as HTMLElement).dataset['at'];
    if (at !== undefined) this.active = Number(at);
  };

  readonly #onTone = (event: Event): void => {
    this.tone = Number((event.currentTarget as HTMLInputElement).value) as Tone;
    rememberEmoji(this.keep, { ...recallEmoji(this.keep), tone: this.tone });
  };

  /** Moves the focus to the search. */
  override focus(options?: FocusOptions): void {
    this.#search?.focus(options);
  }

  #renderTabs(searching: boolean): TemplateResult {
    const l = this.#l.now;
    return html`<div class="tabs" role="tablist" aria-label=${l.term('emoji.categories')}>
      ${tabs.map((tab) => {
        const selected = !searching && tab === this.tab;
        return html`<button
          type="button"
          role="tab"
          part="tab"
          data-tab=${tab}
          aria-selected=${selected ? 'true' : 'false'}
          aria-controls="panel"
          aria-label=${l.term(`emoji.${tab}`)}
          title=${l.term(`emoji.${tab}`)}
          tabindex=${tab === this.tab ? 0 : -1}
          @click=${this.#onTab}
          @keydown=${this.#onTabKeydown}
        >
          ${faces[tab]}
        </button>`;
      })}
    </div>`;
  }

  #renderGrid(cells: readonly Cell[], label: string): TemplateResult {
    const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, row) =>
      cells.slice(row * columns, (row + 1) * columns),
    );
    return html`<div
      class="grid"
      role="grid"
      aria-label=${label}
      @click=${this.#onGridClick}
      @focusin=${this.#onGridFocus}
      @keydown=${this.#onGridKeydown}
    >
      ${rows.map(
        (row, y) =>
          html`<div class="row" role="row">
            ${row.map(
              ({ emoji, label: name }, x) =>
                html`<button
                  type="button"
                  role="gridcell"
                  part="emoji"
                  data-at=${y * columns + x}
                  tabindex=${y * columns + x === this.active ? 0 : -1}
                  aria-label=${name}
                  title=${name}
                >
                  ${emoji}
                </button>`,
            )}
          </div>`,
      )}
    </div>`;
  }

  #renderTones(): TemplateResult {
    const l = this.#l.now;
    return html`<fieldset class="tones">
      <legend class="visually-hidden">${l.term('emoji.tone')}</legend>
      ${tones.map(
        (tone) =>
          html`<label class="tone" title=${l.term(`emoji.tone.${tone}`)}>
            <input
              type="radio"
              name="tone"
              value=${tone}
              aria-label=${l.term(`emoji.tone.${tone}`)}
              .checked=${tone === this.tone}
              @change=${this.#onTone}
            />
            <span aria-hidden="true"
              >${withTone({ emoji: '✋', label: '', codes: [], toned: true }, tone)}</span
            >
          </label>`,
      )}
    </fieldset>`;
  }

  override render(): TemplateResult {
    const l = this.#l.now;
    const cells = this.#cells;
    const searching = this.words.trim() !== '';
    const shown = cells[this.active];
    const label = l.term(searching ? 'emoji.results' : `emoji.${this.tab}`);
    const empty = searching ? 'emoji.none' : 'emoji.noRecent';
    return html`<div class="base" part="base" dir=${l.dir}>
      <label class="bare-field boxed">
        ${searchIcon()}
        <input
          type="search"
          part="search"
          autocomplete="off"
          aria-label=${l.term('emoji.search')}
          placeholder=${l.term('emoji.search')}
          .value=${this.words}
          @input=${this.#onSearch}
          @keydown=${this.#onSearchKeydown}
        />
      </label>
      ${this.#renderTabs(searching)}
      <div class="panel" id="panel" role="tabpanel" aria-label=${label}>
        ${
          cells.length > 0
            ? this.#renderGrid(cells, label)
            : html`<p class="none" role="status">${l.term(empty)}</p>`
        }
      </div>
      <div class="foot">
        <p class="name" aria-hidden="true">
          ${shown ? html`<span>${shown.emoji}</span>` : nothing}
          ${shown && shown.label !== shown.emoji ? shown.label : nothing}
        </p>
        ${this.#renderTones()}
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-emoji-picker': ConvEmojiPicker;
  }
  interface HTMLElementEventMap {
    'conv-emoji-chosen': CustomEvent<EmojiChosen>;
  }
}
