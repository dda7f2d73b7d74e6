import { html, nothing, type ReactiveElement, type TemplateResult } from 'lit';
import { StoreController } from '../../context/index.js';
import type { Attachment } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import { isUploading, type UploadItem, type Uploads } from '../../store/uploads.js';
import { FileDropController, pastedFiles } from '../shared/file-drop-controller.js';
import { paperclipIcon } from '../shared/icons.js';
import '../conv-uploads/conv-uploads.js';

interface FilesParts {
  /** Null where no files can be sent. */
  uploads(): Uploads | null;
  /** Goes on writing: files were chosen or the last one was taken away. */
  focusField(): void;
}

/** The files of what is being written: chosen, pasted, or dropped anywhere on the thread (S3.26). */
export class ComposerFiles {
  readonly #host: ReactiveElement;
  readonly #parts: FilesParts;
  readonly #items: StoreController<readonly UploadItem[]>;
  readonly #drop: FileDropController;

  constructor(host: ReactiveElement, parts: FilesParts) {
    this.#host = host;
    this.#parts = parts;
    this.#items = new StoreController(host, () => parts.uploads()?.$uploads);
    this.#drop = new FileDropController(host, {
      target: () => host.closest<HTMLElement>('conv-thread') ?? host,
      enabled: () => parts.uploads() !== null,
      onFiles: (files) => parts.uploads()?.add(files),
    });
  }

  /** Files are held over the thread. */
  get over(): boolean {
    return this.#drop.over;
  }

  /** Some are on their way: the message waits for them. */
  get busy(): boolean {
    return isUploading(this.#items.value ?? []);
  }

  /** Those that go with the message. */
  get attachments(): Attachment[] {
    return (this.#items.value ?? []).flatMap(({ attachment }) => attachment ?? []);
  }

  /** The message was sent with them. */
  take(): void {
    this.#parts.uploads()?.take();
  }

  /** Takes files from the clipboard; false where it holds text. */
  paste(event: ClipboardEvent): boolean {
    const uploads = this.#parts.uploads();
    const files = pastedFiles(event);
    if (!uploads || files.length === 0) return false;
    event.preventDefault();
    uploads.add(files);
    return true;
  }

  readonly #onChosen = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement;
    this.#parts.uploads()?.add([...(input.files ?? [])]);
    // The same file may be chosen again.
    input.value = '';
    this.#parts.focusField();
  };

  readonly #onAttach = (): void => {
    this.#host.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click();
  };

  readonly #onEmptied = (): void => this.#parts.focusField();

  renderList(): TemplateResult | typeof nothing {
    const uploads = this.#parts.uploads();
    if (!uploads) return nothing;
    return html`<conv-uploads
        class="files"
        exportparts="file"
        .uploads=${uploads}
        @conv-uploads-emptied=${this.#onEmptied}
      ></conv-uploads>
      <input type="file" multiple hidden @change=${this.#onChosen} />`;
  }

  renderButton(l: Localizer<InboxStrings>): TemplateResult | typeof nothing {
    if (!this.#parts.uploads()) return nothing;
    return html`<button
      type="button"
      class="tool"
      part="attach"
      aria-label=${l.term('files.attach')}
      title=${l.term('files.limit')}
      @click=${this.#onAttach}
    >
      ${paperclipIcon()}
    </button>`;
  }
}
