import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Agent, Group } from '../../domain/index.js';
import type { GroupsStrings, Localizer } from '../../i18n/index.js';
import { limits, type ErrorCode } from '../../protocol/index.js';
import type { AgentClient } from '../../store/agent-client.js';
import '../conv-avatar/conv-avatar.js';
import { languageName, languages } from '../shared/languages.js';
import { closeIcon } from '../shared/icons.js';
import { codeOf, errorText } from '../shared/shown-error.js';

type L = Localizer<GroupsStrings>;

interface FormParts {
  client(): AgentClient | undefined;
  agents(): readonly Agent[];
  /** With what the server took; null where it was given up. */
  onClosed(saved: Group | null): void;
}

/** One group: its name, its names in the widget, who is in it, and whether visitors see it (S4.6). */
export class GroupForm {
  isOpen = false;
  #host: ReactiveControllerHost & HTMLElement;
  #parts: FormParts;
  #group: Group | null = null;
  /** Names by language, as far as they were written. */
  #names: Record<string, string> = {};
  #wrong: 'groups.nameNeeded' | 'groups.nameTaken' | null = null;
  #fault: ErrorCode | null = null;
  #busy = false;

  constructor(host: ReactiveControllerHost & HTMLElement, parts: FormParts) {
    this.#host = host;
    this.#parts = parts;
  }

  /** Without a group for a new one. */
  open(group: Group | null): void {
    this.isOpen = true;
    this.#group = group;
    this.#names = { ...group?.names };
    this.#wrong = null;
    this.#fault = null;
    void this.#focus('form input');
  }

  render(l: L): TemplateResult {
    const group = this.#group;
    const members = new Set(group?.memberIds);
    const agents = [...this.#parts.agents()].sort((a, b) => a.name.localeCompare(b.name, l.locale));
    return html`<form
      part="form"
      dir=${l.dir}
      novalidate
      @submit=${this.#onSubmit}
      @keydown=${this.#onKeydown}
    >
      <label class="field"
        >${l.term('groups.name')}
        <input
          name="name"
          dir="auto"
          autocomplete="off"
          maxlength=${limits.nameLength}
          .defaultValue=${group?.name ?? ''}
          aria-invalid=${this.#wrong ? 'true' : nothing}
          aria-describedby=${this.#wrong ? 'wrong' : nothing}
        />
      </label>
      ${
        this.#wrong
          ? html`<p class="error" id="wrong" role="alert">${l.term(this.#wrong)}</p>`
          : nothing
      }
      <fieldset>
        <legend>${l.term('groups.agents')}</legend>
        ${repeat(
          agents,
          ({ id }) => id,
          ({ id, name, avatarUrl }) =>
            html`<label class="agent">
              <input type="checkbox" name="member" value=${id} .defaultChecked=${members.has(id)} />
              <conv-avatar name=${name} person-id=${id} .src=${avatarUrl}></conv-avatar>
              <bdi>${name}</bdi>
            </label>`,
        )}
      </fieldset>
      ${this.#renderNames(l)}
      <label class="agent">
        <input
          type="checkbox"
          name="private"
          aria-describedby="private-hint"
          .defaultChecked=${group?.private ?? false}
        />
        <span
          >${l.term('groups.private')}
          <span class="hint" id="private-hint">${l.term('groups.private.hint')}</span></span
        >
      </label>
      ${this.#fault ? html`<p class="error" role="alert">${errorText(l, this.#fault)}</p>` : nothing}
      <div class="acts">
        <button type="button" class="button" @click=${this.#onCancel}>
          ${l.term('groups.cancel')}
        </button>
        <button type="submit" class="button primary">${l.term('groups.save')}</button>
      </div>
    </form>`;
  }

  #renderNames(l: L): TemplateResult {
    const given = Object.keys(this.#names);
    const rest = languages
      .filter((tag) => !given.includes(tag))
      .map((tag) => ({ tag, name: languageName(tag, l) }))
      .sort((a, b) => a.name.localeCompare(b.name, l.locale));
    return html`<fieldset>
      <legend>${l.term('groups.names')}</legend>
      <p class="hint">${l.term('groups.names.hint')}</p>
      ${repeat(
        given,
        (tag) => tag,
        (tag) => {
          const language = languageName(tag, l);
          const remove = l.term('groups.names.remove', language);
          return html`<span class="translation">
            <span>${language}</span>
            <input
              data-language=${tag}
              dir="auto"
              autocomplete="off"
              maxlength=${limits.nameLength}
              aria-label=${l.term('groups.names.of', language)}
              .defaultValue=${this.#names[tag] ?? ''}
              @input=${this.#onTranslation}
            />
            <button
              type="button"
              class="icon-button"
              data-language=${tag}
              aria-label=${remove}
              title=${remove}
              @click=${this.#onRemove}
            >
              ${closeIcon()}
            </button>
          </span>`;
        },
      )}
      <select aria-label=${l.term('groups.names.add')} @change=${this.#onAdd}>
        <option value="">${l.term('groups.names.add')}</option>
        ${rest.map(({ tag, name }) => html`<option value=${tag}>${name}</option>`)}
      </select>
    </fieldset>`;
  }

  async #focus(selector: string): Promise<void> {
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#host.shadowRoot?.querySelector<HTMLElement>(selector)?.focus();
  }

  #close(saved: Group | null): void {
    this.isOpen = false;
    this.#host.requestUpdate();
    this.#parts.onClosed(saved);
  }

  readonly #onCancel = (): void => this.#close(null);

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    this.#close(null);
  };

  readonly #onTranslation = (event: Event): void => {
    const { dataset, value } = event.currentTarget as HTMLInputElement;
    this.#names = { ...this.#names, [dataset['language'] ?? '']: value };
  };

  readonly #onAdd = (event: Event): void => {
    const select = event.currentTarget as HTMLSelectElement;
    const tag = select.value;
    select.value = '';
    if (tag === '') return;
    this.#names = { ...this.#names, [tag]: '' };
    void this.#focus(`input[data-language="${tag}"]`);
  };

  readonly #onRemove = (event: Event): void => {
    const { language } = (event.currentTarget as HTMLElement).dataset;
    this.#names = Object.fromEntries(
      Object.entries(this.#names).filter(([tag]) => tag !== language),
    );
    void this.#focus('select');
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#save(new FormData(event.currentTarget as HTMLFormElement));
  };

  async #save(written: FormData): Promise<void> {
    const client = this.#parts.client();
    if (!client || this.#busy) return;
    const name = String(written.get('name') ?? '').trim();
    const taken = client.$groups
      .get()
      .some((one) => one.name === name && one.id !== this.#group?.id);
    this.#wrong = name === '' ? 'groups.nameNeeded' : taken ? 'groups.nameTaken' : null;
    this.#fault = null;
    if (this.#wrong) return this.#focus('form input');
    const names = Object.entries(this.#names)
      .map(([tag, text]) => [tag, text.trim()] as const)
      .filter(([, text]) => text !== '');
    this.#busy = true;
    try {
      const saved = await client.saveGroup({
        ...(this.#group ? { id: this.#group.id } : {}),
        name,
        names: Object.fromEntries(names),
        private: written.get('private') !== null,
        memberIds: written.getAll('member').map(String),
      });
      this.#close(saved);
    } catch (error) {
      this.#fault = codeOf(error);
      this.#host.requestUpdate();
    } finally {
      this.#busy = false;
    }
  }
}
