import { html, nothing, type ReactiveElement, type TemplateResult } from 'lit';
import { StoreController } from '../../context/index.js';
import type { Attachment } from '../../domain/index.js';
import type { Localizer } from '../../i18n/index.js';
import type { UploadItem, Uploads } from '../../store/uploads.js';
import type { VisitorClient } from '../../store/visitor-client.js';
import { FileDropController, pastedFiles } from '../shared/file-drop-controller.js';
import { paperclipIcon } from '../shared/icons.js';

interface FilesParts {
  client(): VisitorClient | undefined;
  /** Whether files are taken now: the panel is open. */
  enabled(): boolean;
  /** Goes on writing. */
  focusField(): void;
}

/** The files of a visitor's next message: chosen, pasted, or dropped on the panel (S5.4). */
export class Files {
  readonly #host: ReactiveElement;
  readonly #parts: FilesParts;
  readonly #items: StoreController<readonly UploadItem[]>;
  readonly #drop: FileDropController;
  #uploads: Uploads | undefined;
  /** The part that sends files could not be loaded. */
  #unavailable = false;

  constructor(host: ReactiveElement, parts: FilesParts) {
    this.#host = host;
    this.#parts = parts;
    this.#items = new StoreController(host, () => this.#uploads?.$uploads);
    this.#drop = new FileDropController(host, {
      target: () => host,
      enabled: parts.enabled,
      onFiles: (files) => void this.#add(files),
    });
  }

  /** Files are held over the panel. */
  get over(): boolean {
    return this.#drop.over;
  }

  /** Some are on their way: the message waits for them. */
  get busy(): boolean {
    return !!this.#items.value?.some(({ state }) => state === 'queued' || state === 'uploading');
  }

  /** Another client: its files are not this one's. */
  reset(): void {
    this.#uploads?.stop();
    this.#uploads = undefined;
  }

  /** Those that go with the message. */
  get attachments(): Attachment[] {
    return (this.#items.value ?? []).flatMap(({ attachment }) => attachment ?? []);
  }

  /** The message was sent with them. */
  take(): void {
    this.#uploads?.take();
  }

  async #add(files: readonly File[]): Promise<void> {
    const client = this.#parts.client();
    if (!client || files.length === 0) return;
    try {
      const { createUploads } = await import('./uploads.js');
      if (client !== this.#parts.client()) return;
      this.#uploads ??= createUploads({
        upload: client.upload,
        onConnection: (listener) => client.$connection.listen(listener),
      });
      this.#uploads.add(files);
      this.#unavailable = false;
    } catch {
      this.#unavailable = true;
    }
    this.#host.requestUpdate();
  }

  readonly onPaste = (event: ClipboardEvent): void => {
    const files = pastedFiles(event);
    if (files.length === 0) return;
    event.preventDefault();
    void this.#add(files);
  };

  readonly #onChosen = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement;
    void this.#add([...(input.files ?? [])]);
    // The same file may be chosen again.
    input.value = '';
    this.#parts.focusField();
  };

  readonly #onAttach = (event: Event): void => {
    (event.currentTarget as HTMLElement).parentElement?.querySelector('input')?.click();
  };

  readonly #onEmptied = (): void => this.#parts.focusField();

  renderList(localizer: Localizer): TemplateResult {
    return html`${
      this.#uploads
        ? html`<conv-uploads
            class="files"
            exportparts="file"
            .uploads=${this.#uploads}
            @conv-uploads-emptied=${this.#onEmptied}
          ></conv-uploads>`
        : nothing
    }${
      this.#unavailable
        ? html`<p class="problem" role="alert">${localizer.term('error.unavailable')}</p>`
        : nothing
    }`;
  }

  renderButton(localizer: Localizer): TemplateResult {
    return html`<button
        part="attach"
        class="icon-button"
        type="button"
        aria-label=${localizer.term('files.attach')}
        title=${localizer.term('files.limit')}
        @click=${this.#onAttach}
      >
        ${paperclipIcon()}
      </button>
      <input type="file" multiple hidden @change=${this.#onChosen} />`;
  }
}
