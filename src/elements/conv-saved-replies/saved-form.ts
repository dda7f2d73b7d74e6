import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { variables } from '../../domain/index.js';
import type { Localizer, SavedStrings } from '../../i18n/index.js';
import { limits, type ErrorCode } from '../../protocol/index.js';
import { WritingField } from '../conv-composer/writing-field.js';
import { codeOf, errorText } from '../shared/shown-error.js';

type L = Localizer<SavedStrings>;
type Host = ReactiveControllerHost & HTMLElement;

/** What the form holds. */
export interface Written {
  /** Null for a new one. */
  id: string | null;
  /** Shortcut of a reply, name of a template. */
  name: string;
  subject: string;
  text: string;
  shared: boolean;
}

interface SavedFormParts {
  kind(): 'replies' | 'templates';
  taken(shortcut: string, id: string | null): boolean;
  /** Rejects with a `CodedError`. */
  save(written: Written): Promise<void>;
  onClosed(name: string, saved: boolean): void;
}

type Problem = 'saved.needShortcut' | 'saved.taken' | 'saved.needName' | 'saved.needText';

/** One saved reply or template while it is written. What is refused stays as it was written. */
export class SavedForm {
  readonly #host: Host;
  readonly #parts: SavedFormParts;
  readonly #writing: WritingField;
  #written: Written | null = null;
  #problem: Problem | null = null;
  #fault: ErrorCode | null = null;
  #busy = false;

  constructor(host: Host, parts: SavedFormParts) {
    this.#host = host;
    this.#parts = parts;
    this.#writing = new WritingField({
      field: () => this.#find<HTMLTextAreaElement>('textarea'),
      sendsBy: () => 'control',
      onSend: () => this.#find<HTMLFormElement>('form')?.requestSubmit(),
      onInput: () => undefined,
    });
  }

  get isOpen(): boolean {
    return this.#written !== null;
  }

  open(written: Written): void {
    this.#written = written;
    this.#problem = null;
    this.#fault = null;
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => this.#find('form input')?.focus());
  }

  #find<Found extends HTMLElement>(selector: string): Found | null {
    return this.#host.shadowRoot?.querySelector<Found>(selector) ?? null;
  }

  #close(name: string, saved: boolean): void {
    this.#written = null;
    this.#host.requestUpdate();
    this.#parts.onClosed(name, saved);
  }

  #refuse(problem: Problem, field: string): void {
    this.#problem = problem;
    this.#host.requestUpdate();
    this.#find(`[name=${field}]`)?.focus();
  }

  #problemOf({ id, name, text }: Written): [Problem, string] | null {
    if (this.#parts.kind() === 'templates') {
      if (name === '') return ['saved.needName', 'name'];
    } else {
      if (!/^[\p{L}\p{N}-]+$/u.test(name)) return ['saved.needShortcut', 'name'];
      if (this.#parts.taken(name, id)) return ['saved.taken', 'name'];
    }
    return text.trim() === '' ? ['saved.needText', 'text'] : null;
  }

  readonly #onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!this.#written || this.#busy) return;
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const read = (name: string): string => String(form.get(name) ?? '');
    const name = read('name').trim();
    const written: Written = {
      id: this.#written.id,
      name: this.#parts.kind() === 'replies' ? name.replace(/^\//, '') : name,
      subject: read('subject').trim(),
      text: read('text').trim(),
      shared: read('for') !== 'own',
    };
    this.#written = written;
    this.#problem = null;
    this.#fault = null;
    const problem = this.#problemOf(written);
    if (problem) return this.#refuse(...problem);
    this.#busy = true;
    this.#host.requestUpdate();
    try {
      await this.#parts.save(written);
      this.#close(written.name, true);
    } catch (error) {
      this.#fault = codeOf(error);
    } finally {
      this.#busy = false;
      this.#host.requestUpdate();
    }
  };

  readonly #onCancel = (): void => this.#close('', false);

  readonly #onVariable = (event: Event): void => {
    const select = event.currentTarget as HTMLSelectElement;
    if (select.value !== '') this.#writing.insert(`{{${select.value}}}`);
    select.value = '';
  };

  #textOf(problem: Problem, name: string, l: L): string {
    return problem === 'saved.taken' ? l.term(problem, name) : l.term(problem);
  }

  #renderText(name: 'name' | 'subject', label: string, value: string, hint = ''): TemplateResult {
    const wrong = name === 'name' && this.#problem !== null && this.#problem !== 'saved.needText';
    const described = [hint && 'hint', wrong && 'problem'].filter(Boolean).join(' ');
    const short = name === 'name' && this.#parts.kind() === 'replies';
    const longest = short ? limits.shortcutLength : limits.nameLength;
    return html`<label class="field"
      >${label}
      <span class="control ${short ? 'slash' : ''}">
        <input
          name=${name}
          autocomplete="off"
          dir="auto"
          maxlength=${name === 'subject' ? limits.subjectLength : longest}
          .defaultValue=${value}
          aria-invalid=${wrong ? 'true' : nothing}
          aria-describedby=${described || nothing}
      /></span>
      ${hint ? html`<span class="hint" id="hint">${hint}</span>` : nothing}
    </label>`;
  }

  render(l: L, canOwn: boolean): TemplateResult | typeof nothing {
    const written = this.#written;
    if (!written) return nothing;
    const replies = this.#parts.kind() === 'replies';
    const wrongText = this.#problem === 'saved.needText';
    return html`<form novalidate part="form" @submit=${this.#onSubmit}>
      ${
        replies
          ? this.#renderText(
              'name',
              l.term('saved.shortcut'),
              written.name,
              l.term('saved.shortcutHint'),
            )
          : html`${this.#renderText('name', l.term('saved.name'), written.name)}
            ${this.#renderText('subject', l.term('saved.subject'), written.subject)}`
      }
      <label class="field"
        >${l.term(replies ? 'saved.text' : 'saved.body')}
        <textarea
          name="text"
          rows="6"
          dir="auto"
          maxlength=${limits.messageLength}
          .defaultValue=${written.text}
          aria-invalid=${wrongText ? 'true' : nothing}
          aria-describedby=${wrongText ? 'problem' : nothing}
          @keydown=${this.#writing.onKeydown}
          @paste=${this.#writing.onPaste}
        ></textarea>
      </label>
      <label class="field variables"
        ><span class="visually-hidden">${l.term('saved.variables')}</span>
        <select @change=${this.#onVariable}>
          <option value="">${l.term('saved.variables')}</option>
          ${variables.map((name) => html`<option value=${name}>${l.term(`saved.variable.${name}`)}</option>`)}
        </select>
      </label>
      ${
        replies && canOwn
          ? html`<fieldset class="for">
              <legend>${l.term('saved.for')}</legend>
              ${(['shared', 'own'] as const).map(
                (who) =>
                  html`<label
                    ><input
                      type="radio"
                      name="for"
                      value=${who}
                      .defaultChecked=${written.shared === (who === 'shared')}
                    />
                    ${l.term(who === 'shared' ? 'saved.shared' : 'saved.ownOnly')}</label
                  >`,
              )}
            </fieldset>`
          : nothing
      }
      ${
        this.#problem
          ? html`<p class="fault" id="problem" role="alert">
              ${this.#textOf(this.#problem, written.name, l)}
            </p>`
          : nothing
      }
      ${
        this.#fault ? html`<p class="fault" role="alert">${errorText(l, this.#fault)}</p>` : nothing
      }
      <div class="acts">
        <button type="button" class="button" @click=${this.#onCancel}>
          ${l.term('saved.cancel')}
        </button>
        <button type="submit" class="button primary" aria-disabled=${this.#busy ? 'true' : nothing}>
          ${l.term('saved.save')}
        </button>
      </div>
    </form>`;
  }
}
