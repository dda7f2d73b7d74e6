import {
  html,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { repeat } from 'lit/directives/repeat.js';

interface ListboxParts<Option> {
  /** Of the listbox; its options are `<id>-<key>`. */
  id: string;
  key(option: Option): string;
  render(option: Option): TemplateResult;
  onChosen(option: Option): void;
  /** False where Tab leads on to what stands beside the choices. */
  takesTab?: boolean;
}

/**
 * Choices below or above a field that keeps the focus: the field names the active one by
 * `aria-activedescendant`, arrows move it, Enter and Tab take it. Give its keys to `onKeydown` first.
 */
export class ListboxController<Option> implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #parts: ListboxParts<Option>;
  #options: readonly Option[] = [];
  #active = 0;
  #moved = false;

  constructor(host: ReactiveControllerHost & HTMLElement, parts: ListboxParts<Option>) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
  }

  get id(): string {
    return this.#parts.id;
  }

  get options(): readonly Option[] {
    return this.#options;
  }

  /** What Enter takes; undefined where there is nothing. */
  get active(): Option | undefined {
    return this.#options[this.#active];
  }

  /** For `aria-activedescendant`. */
  get activeId(): string | undefined {
    return this.active && this.#idOf(this.active);
  }

  /** Shows these; the active one stays while it is among them, else it is the first. */
  set(options: readonly Option[], { restart = false } = {}): void {
    const { active } = this;
    const key = active && !restart ? this.#parts.key(active) : undefined;
    this.#options = options;
    const at = options.findIndex((option) => this.#parts.key(option) === key);
    this.#active = Math.max(at, 0);
    this.#moved = true;
  }

  hostUpdated(): void {
    if (!this.#moved) return;
    this.#moved = false;
    const id = this.activeId;
    if (id === undefined) return;
    this.#host.shadowRoot?.getElementById(id)?.scrollIntoView({ block: 'nearest' });
  }

  /** True where the key was meant for the choices. */
  readonly onKeydown = (event: KeyboardEvent): boolean => {
    const { active } = this;
    if (!active || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
      return false;
    const count = this.#options.length;
    const to = {
      ArrowDown: (this.#active + 1) % count,
      ArrowUp: (this.#active - 1 + count) % count,
      PageDown: Math.min(this.#active + 6, count - 1),
      PageUp: Math.max(this.#active - 6, 0),
    }[event.key];
    if (to !== undefined) this.#move(to);
    else if (this.#takes(event)) this.#parts.onChosen(active);
    else return false;
    event.preventDefault();
    return true;
  };

  render(label: string): TemplateResult {
    return html`<ul
      class="listbox"
      role="listbox"
      id=${this.id}
      aria-label=${label}
      @pointerdown=${keepFocus}
      @mousedown=${keepFocus}
      @pointermove=${this.#onPoint}
      @click=${this.#onClick}
      @keydown=${this.onKeydown}
    >
      ${repeat(
        this.#options,
        (option) => this.#parts.key(option),
        (option, at) =>
          html`<li
            role="option"
            part="option"
            id=${this.#idOf(option)}
            data-at=${at}
            aria-selected=${at === this.#active ? 'true' : 'false'}
          >
            ${this.#parts.render(option)}
          </li>`,
      )}
    </ul>`;
  }

  #takes({ key, shiftKey }: KeyboardEvent): boolean {
    const tab = key === 'Tab' && this.#parts.takesTab !== false;
    return !shiftKey && (key === 'Enter' || tab);
  }

  #idOf(option: Option): string {
    return `${this.id}-${this.#parts.key(option)}`;
  }

  #move(to: number): void {
    if (to === this.#active) return;
    this.#active = to;
    this.#moved = true;
    this.#host.requestUpdate();
  }

  #at(event: Event): number {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[role=option]');
    return row ? Number(row.dataset['at']) : -1;
  }

  /** Only a pointer that moves: one that lies there while the list changes chooses nothing. */
  readonly #onPoint = (event: PointerEvent): void => {
    const at = this.#at(event);
    if (at === -1 || at === this.#active || event.pointerType === 'touch') return;
    this.#active = at;
    this.#host.requestUpdate();
  };

  readonly #onClick = (event: Event): void => {
    const option = this.#options[this.#at(event)];
    if (option !== undefined) this.#parts.onChosen(option);
  };
}

function keepFocus(event: Event): void {
  event.preventDefault();
}
