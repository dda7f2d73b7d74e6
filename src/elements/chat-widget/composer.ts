import { html, nothing, svg, type ReactiveController, type TemplateResult } from 'lit';
import { StoreController } from '../../context/index.js';
import type { Localizer } from '../../i18n/index.js';
import { limits } from '../../protocol/index.js';
import { arrowUpIcon, icon, paperclipIcon } from '../shared/chat-icons.js';
import { emit } from './events.js';
import type { Files } from './parts/files.js';
import type { WidgetParts } from './widget-parts.js';

interface ComposerParts {
  /** The contact form has to be answered first. */
  blocked(): boolean;
  onSent(): void;
}

/** The visitor's field. It grows with what is written, and never cuts a text short. */
export class Composer implements ReactiveController {
  readonly #widget: WidgetParts;
  readonly #parts: ComposerParts;
  readonly #draft: StoreController<string>;
  /** Files could not be taken: what takes them did not come. */
  #lost = false;

  constructor(widget: WidgetParts, parts: ComposerParts) {
    const { host, client } = widget.scene;
    this.#widget = widget;
    this.#parts = parts;
    this.#draft = new StoreController(host, () => client()?.$draft);
    host.addController(this);
  }

  get files(): Files | undefined {
    return this.#widget.files.part;
  }

  get field(): HTMLTextAreaElement | null {
    return this.#widget.scene.host.renderRoot.querySelector('.field');
  }

  /** Not by binding: a value that is set again would move the caret and break a composition. */
  hostUpdated(): void {
    const { field } = this;
    const draft = this.#draft.value ?? '';
    if (field && field.value !== draft) field.value = draft;
  }

  /** Takes them as soon as it can, and says so where it cannot. */
  #add(files: Iterable<File>): void {
    const list = [...files];
    this.#lost = false;
    this.#widget.files
      .load()
      .then((taker) => taker.add(list))
      .catch(() => {
        this.#lost = true;
        this.#widget.scene.host.requestUpdate();
      });
  }

  /** Somebody is about to choose files. */
  readonly #onNear = (): void => void this.#widget.files.when(true);

  readonly #onAttach = (event: Event): void => {
    ((event.currentTarget as HTMLElement).nextElementSibling as HTMLElement).click();
    this.#onNear();
  };

  readonly #onChosen = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement;
    this.#add(input.files ?? []);
    // The same file may be chosen again.
    input.value = '';
    this.field?.focus({ preventScroll: true });
  };

  /** Files alone: where there is text too, that is what a person means. */
  readonly #onPaste = (event: ClipboardEvent): void => {
    const { files, types } = event.clipboardData ?? {};
    if (!files?.length || types?.includes('text/plain')) return;
    event.preventDefault();
    this.#add(files);
  };

  /** Files over the panel, until the part that shows it is there. */
  readonly onDrag = (event: DragEvent): void => {
    const { types, files } = event.dataTransfer ?? {};
    if (this.files || !types?.includes('Files') || !this.#widget.scene.writable()) return;
    // Else the browser leaves the page for the file.
    event.preventDefault();
    if (files?.length) this.#add(files);
    else this.#onNear();
  };

  readonly #onSend = (): void => {
    const { host, client: current } = this.#widget.scene;
    const client = current();
    const text = this.#draft.value ?? '';
    const { attachments = [], busy } = this.files ?? {};
    if (text.length > limits.messageLength || busy || !client || this.#parts.blocked()) return;
    const empty = text.trim() === '' && attachments.length === 0;
    if (!empty && emit(host, 'chat-before-message-send', { text, attachments })) {
      client.send(text, attachments);
      client.setDraft('');
      client.setTyping(false);
      this.files?.take();
      this.#parts.onSent();
      emit(host, 'chat-message-sent', { text, attachments });
    }
    this.field?.focus({ preventScroll: true });
  };

  readonly #onInput = (): void => {
    this.#lost = false;
    const text = this.field?.value ?? '';
    const client = this.#widget.scene.client();
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

  readonly #onBlur = (): void => this.#widget.scene.client()?.setTyping(false);

  readonly #onEmoji = (): void => void this.#widget.emoji.load().then((emoji) => emoji.toggle());

  render(localizer: Localizer): TemplateResult {
    const { emoji, form, scene } = this.#widget;
    const draft = this.#draft.value ?? '';
    const tooLong = draft.length > limits.messageLength;
    const busy = this.files?.busy ?? false;
    const blocked = this.#parts.blocked();
    return html`<div part="composer" class="composer">
      ${this.files?.renderList()}
      <div class="box">
        <button
          part="attach"
          class="icon-button"
          type="button"
          aria-label=${localizer.term('files.attach')}
          title=${this.files?.limit ?? nothing}
          ?disabled=${blocked}
          @pointerenter=${this.#onNear}
          @focus=${this.#onNear}
          @click=${this.#onAttach}
        >
          ${paperclipIcon()}
        </button>
        <input type="file" multiple hidden @change=${this.#onChosen} />
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
            aria-describedby=${tooLong || blocked ? 'problem' : nothing}
            placeholder=${scene.own('placeholder') ?? localizer.term('chat.placeholder')}
            ?disabled=${blocked}
            @input=${this.#onInput}
            @keydown=${this.#onKeyDown}
            @paste=${this.#onPaste}
            @blur=${this.#onBlur}
          ></textarea>
        </div>
        <slot name="composer"></slot>
        <button
          part="emoji"
          class="icon-button emoji"
          type="button"
          aria-label=${localizer.term('chat.emoji')}
          aria-haspopup="dialog"
          aria-expanded=${emoji.part?.open ? 'true' : 'false'}
          ?disabled=${blocked}
          @click=${this.#onEmoji}
        >
          ${icon(
            svg`<circle cx="12" cy="12" r="10"/><path d="M8 14s1.5 2 4 2 4-2 4-2M9 9h.01M15 9h.01"/>`,
          )}
        </button>
        ${emoji.part?.render()}
        <button
          part="send"
          class="icon-button send"
          type="button"
          aria-label=${localizer.term('chat.send')}
          aria-describedby=${tooLong || busy || blocked ? 'problem' : nothing}
          ?disabled=${tooLong || busy || blocked}
          @click=${this.#onSend}
        >
          ${arrowUpIcon()}
        </button>
      </div>
      ${
        blocked
          ? html`<p id="problem" class="problem waits">${form.when(true)?.waits}</p>`
          : tooLong
            ? html`<p id="problem" class="problem" role="alert">
                ${localizer.term('error.message_too_long')}
              </p>`
            : this.#lost
              ? html`<p class="problem" role="alert">${localizer.term('error.connection_lost')}</p>`
              : busy
                ? this.files?.renderWait()
                : nothing
      }
    </div>`;
  }
}
