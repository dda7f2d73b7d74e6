import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveElement,
  type TemplateResult,
} from 'lit';
import { StoreController } from '../../context/index.js';
import type { Localizer } from '../../i18n/index.js';
import { limits } from '../../protocol/index.js';
import type { VisitorClient } from '../../store/visitor-client.js';
import { arrowUpIcon } from '../shared/chat-icons.js';
import { emit } from './events.js';
import type { Files } from './files.js';

interface ComposerParts {
  client(): VisitorClient | undefined;
  /** The panel is open. */
  open(): boolean;
  onSent(): void;
}

/** The visitor's field. It grows with what is written, and never cuts a text short. */
export class Composer implements ReactiveController {
  /** Once the part that sends files is there. */
  files: Files | undefined;
  readonly #host: ReactiveElement;
  readonly #parts: ComposerParts;
  readonly #draft: StoreController<string>;
  #asked = false;

  constructor(host: ReactiveElement, parts: ComposerParts) {
    this.#host = host;
    this.#parts = parts;
    this.#draft = new StoreController(host, () => parts.client()?.$draft);
    host.addController(this);
  }

  get field(): HTMLTextAreaElement | null {
    return this.#host.renderRoot.querySelector('textarea');
  }

  /** Not by binding: a value that is set again would move the caret and break a composition. */
  hostUpdated(): void {
    const { field } = this;
    const draft = this.#draft.value ?? '';
    if (field && field.value !== draft) field.value = draft;
    if (field && !this.#asked) void this.#loadFiles();
  }

  async #loadFiles(): Promise<void> {
    this.#asked = true;
    try {
      const { Files } = await import('./files.js');
      this.files = new Files(this.#host, {
        client: this.#parts.client,
        enabled: this.#parts.open,
        focusField: () => this.field?.focus({ preventScroll: true }),
      });
      this.#host.requestUpdate();
    } catch {
      // Text can be sent all the same; the next change of anything tries again.
      this.#asked = false;
    }
  }

  readonly #onSend = (): void => {
    const client = this.#parts.client();
    const text = this.#draft.value ?? '';
    const { attachments = [], busy } = this.files ?? {};
    if (text.length > limits.messageLength || busy || !client) return;
    const empty = text.trim() === '' && attachments.length === 0;
    if (!empty && emit(this.#host, 'chat-before-message-send', { text, attachments })) {
      client.send(text, attachments);
      client.setDraft('');
      client.setTyping(false);
      this.files?.take();
      this.#parts.onSent();
      emit(this.#host, 'chat-message-sent', { text, attachments });
    }
    this.field?.focus({ preventScroll: true });
  };

  readonly #onInput = (): void => {
    const text = this.field?.value ?? '';
    const client = this.#parts.client();
    client?.setDraft(text);
    client?.setTyping(text.trim() !== '');
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    // keyCode 229: Safari ends a composition before the Enter that confirmed it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229)
      return;
    event.preventDefault();
    this.#onSend();
  };

  readonly #onBlur = (): void => this.#parts.client()?.setTyping(false);

  render(localizer: Localizer): TemplateResult {
    const draft = this.#draft.value ?? '';
    const tooLong = draft.length > limits.messageLength;
    const busy = this.files?.busy ?? false;
    return html`<div part="composer" class="composer">
      ${this.files?.renderList()}
      <div class="box">
        ${this.files ? this.files.renderButton() : html`<span class="icon-button"></span>`}
        <div class="grow" data-text=${draft}>
          <textarea
            part="field"
            class="field"
            rows="1"
            dir="auto"
            enterkeyhint="send"
            autocomplete="off"
            aria-label=${localizer.term('chat.field')}
            aria-invalid=${tooLong ? 'true' : nothing}
            aria-describedby=${tooLong ? 'problem' : nothing}
            placeholder=${localizer.term('chat.placeholder')}
            @input=${this.#onInput}
            @keydown=${this.#onKeyDown}
            @paste=${this.files?.onPaste}
            @blur=${this.#onBlur}
          ></textarea>
        </div>
        <slot name="composer"></slot>
        <button
          part="send"
          class="icon-button send"
          type="button"
          aria-label=${localizer.term('chat.send')}
          aria-describedby=${tooLong || busy ? 'problem' : nothing}
          ?disabled=${tooLong || busy}
          @click=${this.#onSend}
        >
          ${arrowUpIcon()}
        </button>
      </div>
      ${
        tooLong
          ? html`<p id="problem" class="problem" role="alert">
              ${localizer.term('error.message_too_long')}
            </p>`
          : busy
            ? this.files?.renderWait()
            : nothing
      }
    </div>`;
  }
}
