import { html, nothing, type ReactiveElement, type TemplateResult } from 'lit';
import { StoreController } from '../../context/index.js';
import type { Attachment } from '../../domain/index.js';
import { Localize, type FilesStrings } from '../../i18n/index.js';
import { filesEnglish } from '../../i18n/locales/en-files.js';
import { createUploads, isUploading, type UploadItem, type Uploads } from '../../store/uploads.js';
import type { VisitorClient } from '../../store/visitor-client.js';
import { FileDropController, pastedFiles } from '../shared/file-drop-controller.js';
import { paperclipIcon } from '../shared/icons.js';
import '../conv-uploads/conv-uploads.js';

interface FilesParts {
  client(): VisitorClient | undefined;
  /** Whether files are taken now: the panel is open. */
  enabled(): boolean;
  /** Goes on writing. */
  focusField(): void;
}

/**
 * The files of a visitor's next message: chosen, pasted, or dropped on the panel (S5.4). Fetched
 * when the panel opens: plain messages need nothing of it.
 */
export class Files {
  readonly #host: ReactiveElement;
  readonly #parts: FilesParts;
  readonly #items: StoreController<readonly UploadItem[]>;
  readonly #drop: FileDropController;
  readonly #localize: Localize<FilesStrings>;
  #uploads: Uploads | undefined;

  constructor(host: ReactiveElement, parts: FilesParts) {
    this.#host = host;
    this.#parts = parts;
    this.#localize = new Localize<FilesStrings>(host, filesEnglish);
    this.#items = new StoreController(host, () => this.#current?.$uploads);
    this.#drop = new FileDropController(host, {
      target: () => host,
      enabled: parts.enabled,
      onFiles: (files) => this.#add(files),
    });
  }

  /** What to say while files are held over the panel. */
  get dropText(): string | undefined {
    return this.#drop.over ? this.#localize.term('files.drop') : undefined;
  }

  /** Some are on their way: the message waits for them. */
  get busy(): boolean {
    return isUploading(this.#items.value ?? []);
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

  /** There before the first file: what is read out needs a place that was there already. */
  get #current(): Uploads | undefined {
    const client = this.#parts.client();
    if (!client) return undefined;
    return (this.#uploads ??= createUploads({
      upload: client.upload,
      onConnection: (listener) => client.$connection.listen(listener),
    }));
  }

  #add(files: readonly File[]): void {
    if (files.length > 0) this.#current?.add(files);
  }

  readonly onPaste = (event: ClipboardEvent): void => {
    const files = pastedFiles(event);
    if (files.length === 0) return;
    event.preventDefault();
    this.#add(files);
  };

  readonly #onChosen = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement;
    this.#add([...(input.files ?? [])]);
    // The same file may be chosen again.
    input.value = '';
    this.#parts.focusField();
  };

  readonly #onAttach = (event: Event): void => {
    (event.currentTarget as HTMLElement).parentElement?.querySelector('input')?.click();
  };

  readonly #onEmptied = (): void => this.#parts.focusField();

  renderList(): TemplateResult | typeof nothing {
    const uploads = this.#current;
    if (!uploads) return nothing;
    return html`<conv-uploads
      class=${this.#items.value?.length ? 'files' : nothing}
      exportparts="file"
      .uploads=${uploads}
      @conv-uploads-emptied=${this.#onEmptied}
    ></conv-uploads>`;
  }

  /** Why `Send` is disabled. */
  renderWait(): TemplateResult {
    return html`<p id="problem" class="visually-hidden">${this.#localize.term('files.wait')}</p>`;
  }

  renderButton(): TemplateResult {
    const { term } = this.#localize;
    return html`<button
        part="attach"
        class="icon-button"
        type="button"
        aria-label=${term('files.attach')}
        title=${term('files.limit')}
        @click=${this.#onAttach}
      >
        ${paperclipIcon()}
      </button>
      <input type="file" multiple hidden @change=${this.#onChosen} />`;
  }
}
