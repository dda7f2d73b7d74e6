import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import { limits, type ErrorCode } from '../../protocol/index.js';
import type { ConversationStore } from '../../store/agent-client.js';
import type { ThreadItem } from '../../store/thread-item.js';
import { editIcon, trashIcon } from '../shared/icons.js';
import { codeOf, errorText } from '../shared/shown-error.js';

type Host = ReactiveControllerHost & HTMLElement;

/** Own stored messages can be edited and deleted (S3.21). */
export function isEditable(item: ThreadItem): boolean {
  return item.own && item.id !== null && item.kind !== 'system' && item.deletedAt === null;
}

/** Editing and deleting one message at a time, in its place. */
export class MessageActs {
  #host: Host;
  #store: () => ConversationStore | undefined;
  #key: string | null = null;
  #act: 'edit' | 'delete' = 'edit';
  #busy = false;
  #fault: ErrorCode | null = null;

  constructor(host: Host, store: () => ConversationStore | undefined) {
    this.#host = host;
    this.#store = store;
  }

  reset(): void {
    this.#key = null;
    this.#fault = null;
    this.#busy = false;
  }

  /** Key of the message that is edited or about to be deleted. */
  get key(): string | null {
    return this.#key;
  }

  isEditing(item: ThreadItem): boolean {
    return this.#key === item.key && this.#act === 'edit' && isEditable(item);
  }

  /** The buttons on a message; `stop` is the one that Tab reaches. */
  renderButtons(item: ThreadItem, stop: string | null, l: Localizer<InboxStrings>): unknown {
    if (!isEditable(item) || this.#key === item.key) return nothing;
    const tabindex = item.key === stop ? 0 : -1;
    const edit = l.term('thread.edit');
    const remove = l.term('thread.remove');
    return html`<span class="acts"
      ><button
        type="button"
        class="edit-act"
        data-id=${item.key}
        tabindex=${tabindex}
        aria-label=${edit}
        title=${edit}
        @click=${this.#onEdit}
      >
        ${editIcon()}</button
      ><button
        type="button"
        data-id=${item.key}
        tabindex=${tabindex}
        aria-label=${remove}
        title=${remove}
        @click=${this.#onDelete}
      >
        ${trashIcon()}
      </button></span
    >`;
  }

  /** Asks before a message is deleted. */
  renderQuestion(item: ThreadItem, l: Localizer<InboxStrings>): TemplateResult | typeof nothing {
    if (this.#key !== item.key || this.#act !== 'delete' || !isEditable(item)) return nothing;
    return html`<div
      class="row question"
      role="group"
      aria-label=${l.term('thread.remove')}
      @keydown=${this.#onEscape}
    >
      <span id="question">${l.term('thread.removeAsk')}</span>
      <button
        type="button"
        class="small cancel"
        aria-describedby="question"
        @click=${this.#onCancel}
      >
        ${l.term('thread.cancel')}
      </button>
      <button
        type="button"
        class="small danger"
        data-id=${item.id ?? ''}
        @click=${this.#onDeleteNow}
      >
        ${l.term('thread.removeNow')}
      </button>
      ${this.#renderFault(l)}
    </div>`;
  }

  /** The field that stands in the message's place while it is edited. */
  renderField(item: ThreadItem, l: Localizer<InboxStrings>): TemplateResult {
    return html`<form class="edit" data-id=${item.id ?? ''} @submit=${this.#onSave}>
      <textarea
        name="text"
        aria-label=${l.term('thread.edit')}
        aria-describedby="edit-fault"
        maxlength=${limits.messageLength}
        .defaultValue=${item.text}
        dir="auto"
        @keydown=${this.#onFieldKeydown}
      ></textarea>
      <div class="row">
        <span id="edit-fault">${this.#renderFault(l)}</span>
        <button type="button" class="small" @click=${this.#onCancel}>
          ${l.term('thread.cancel')}
        </button>
        <button type="submit" class="small primary">${l.term('thread.save')}</button>
      </div>
    </form>`;
  }

  #renderFault(l: Localizer<InboxStrings>): TemplateResult | typeof nothing {
    if (!this.#fault) return nothing;
    return html`<span class="error" role="alert">${errorText(l, this.#fault)}</span>`;
  }

  async #begin(event: Event, act: 'edit' | 'delete'): Promise<void> {
    this.#key = (event.currentTarget as HTMLElement).dataset['id'] ?? null;
    this.#act = act;
    this.#fault = null;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#find(act === 'edit' ? '.edit textarea' : '.question .cancel')?.focus();
  }

  async #end(): Promise<void> {
    const key = this.#key;
    this.reset();
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const button = [...this.#findAll('.edit-act')].find((one) => one.dataset['id'] === key);
    (button ?? this.#find('.scroller'))?.focus({ preventScroll: true });
  }

  async #try(act: () => Promise<void>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      await act();
      await this.#end();
    } catch (error) {
      this.#busy = false;
      this.#fault = codeOf(error);
      this.#host.requestUpdate();
    }
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
  }

  #findAll(selector: string): Iterable<HTMLElement> {
    return this.#host.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [];
  }

  readonly #onEdit = (event: Event): void => void this.#begin(event, 'edit');

  readonly #onDelete = (event: Event): void => void this.#begin(event, 'delete');

  readonly #onCancel = (): void => void this.#end();

  readonly #onEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    void this.#end();
  };

  readonly #onFieldKeydown = (event: KeyboardEvent): void => {
    this.#onEscape(event);
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    (event.currentTarget as HTMLTextAreaElement).form?.requestSubmit();
  };

  readonly #onSave = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const id = form.dataset['id'] ?? '';
    const text = String(new FormData(form).get('text')).trim();
    if (text === '') {
      this.#fault = 'message_empty';
      this.#host.requestUpdate();
      return;
    }
    void this.#try(async () => this.#store()?.edit(id, text));
  };

  readonly #onDeleteNow = (event: Event): void => {
    const id = (event.currentTarget as HTMLElement).dataset['id'] ?? '';
    void this.#try(async () => this.#store()?.delete(id));
  };
}
