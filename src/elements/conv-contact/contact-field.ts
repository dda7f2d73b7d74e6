import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Contact } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import { limits, type ErrorCode } from '../../protocol/index.js';
import type { ConversationStore } from '../../store/agent-client.js';
import { editIcon } from '../shared/icons.js';
import { codeOf, errorText } from '../shared/shown-error.js';

export type FieldName = 'name' | 'email' | 'phone';

type L = Localizer<InboxStrings>;
type Host = ReactiveControllerHost & HTMLElement;

const kinds = {
  name: { type: 'text', autocomplete: 'off', maxlength: limits.nameLength },
  email: { type: 'email', autocomplete: 'off', maxlength: limits.emailLength },
  phone: { type: 'tel', autocomplete: 'off', maxlength: limits.phoneLength },
} as const;

/**
 * Fields of a contact edited in place: Enter saves, Escape gives up, leaving saves what was
 * changed. Only the field that was changed is sent, so that another agent's edit of another field
 * lasts (S3.35).
 */
export class ContactFields {
  #host: Host;
  #store: () => ConversationStore | undefined;
  #onSaved: (field: FieldName, value: string | null) => void;
  #editing: FieldName | null = null;
  #fault: { field: FieldName; code: ErrorCode } | null = null;
  /** What was written when it was refused. */
  #refused = '';
  #busy = false;

  constructor(
    host: Host,
    store: () => ConversationStore | undefined,
    onSaved: (field: FieldName, value: string | null) => void,
  ) {
    this.#host = host;
    this.#store = store;
    this.#onSaved = onSaved;
  }

  /** Another contact is shown. */
  reset(): void {
    this.#editing = null;
    this.#fault = null;
    this.#busy = false;
  }

  render(field: FieldName, contact: Contact, l: L): TemplateResult {
    const label = l.term(`contact.${field}`);
    const value = contact[field];
    if (this.#editing === field) return this.#renderInput(field, value, label, l);
    return html`<button
      type="button"
      class="value ${value === null ? 'none' : ''}"
      part="value"
      data-field=${field}
      aria-label=${
        value === null
          ? l.term('contact.addField', label)
          : `${l.term('contact.edit', label)}: ${value}`
      }
      @click=${this.#onEdit}
    >
      <bdi>${value ?? l.term('contact.add')}</bdi> ${editIcon()}
    </button>`;
  }

  #renderInput(field: FieldName, value: string | null, label: string, l: L): TemplateResult {
    const fault = this.#fault?.field === field ? this.#fault : null;
    const { type, autocomplete, maxlength } = kinds[field];
    return html`<input
        type=${type}
        part="input"
        data-field=${field}
        aria-label=${label}
        aria-invalid=${fault ? 'true' : nothing}
        aria-describedby=${fault ? 'fault' : 'keys'}
        maxlength=${maxlength}
        autocomplete=${autocomplete}
        dir="auto"
        .defaultValue=${fault ? this.#refused : (value ?? '')}
        @keydown=${this.#onKeydown}
        @blur=${this.#onBlur}
      />
      ${
        fault
          ? html`<p class="error" id="fault" role="alert">${errorText(l, fault.code)}</p>`
          : html`<p class="hint" id="keys">${l.term('contact.keys')}</p>`
      }`;
  }

  async #end(field: FieldName, refocus: boolean): Promise<void> {
    this.reset();
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    if (!refocus) return;
    this.#host.shadowRoot?.querySelector<HTMLElement>(`.value[data-field=${field}]`)?.focus();
  }

  async #save(input: HTMLInputElement, refocus: boolean): Promise<void> {
    const field = input.dataset['field'] as FieldName;
    const store = this.#store();
    if (this.#busy || !store) return;
    const value = input.value.trim() || null;
    if (value === (input.defaultValue || null) && !this.#fault) return this.#end(field, refocus);
    this.#busy = true;
    try {
      await store.updateContact({ [field]: value });
      if (store !== this.#store()) return;
      await this.#end(field, refocus);
      this.#onSaved(field, value);
    } catch (error) {
      if (store !== this.#store()) return;
      this.#busy = false;
      this.#refused = input.value;
      this.#fault = { field, code: codeOf(error) };
      this.#host.requestUpdate();
    }
  }

  readonly #onEdit = async (event: Event): Promise<void> => {
    this.#editing = (event.currentTarget as HTMLElement).dataset['field'] as FieldName;
    this.#fault = null;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const input = this.#host.shadowRoot?.querySelector('input');
    input?.focus();
    input?.select();
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const input = event.currentTarget as HTMLInputElement;
    if (event.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      void this.#save(input, true);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      void this.#end(input.dataset['field'] as FieldName, true);
    }
  };

  readonly #onBlur = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement;
    // Escape and Enter took it away already, or it was refused and waits for another try.
    if (!input.isConnected || this.#editing === null) return;
    if (this.#fault && input.value === this.#refused) return;
    void this.#save(input, false);
  };
}
