import { html, nothing, type TemplateResult } from 'lit';
import { StoreController } from '../../../context/index.js';
import type { Attachment } from '../../../domain/index.js';
import { Localize, type FilesStrings } from '../../../i18n/index.js';
import { filesEnglish } from '../../../i18n/locales/en-files.js';
import {
  createUploads,
  isUploading,
  type UploadItem,
  type Uploads,
} from '../../../store/uploads.js';
import { FileDropController } from '../../shared/file-drop-controller.js';
import '../../conv-uploads/conv-uploads.js';
import type { Scene } from '../scene.js';
import { filesStyles } from './files.styles.js';

export const styles = filesStyles;

export const create = (scene: Scene): Files => new Files(scene);

/** The files of a visitor's next message: chosen, pasted, or dropped on the panel (S5.4). */
export class Files {
  readonly #scene: Scene;
  readonly #items: StoreController<readonly UploadItem[]>;
  readonly #drop: FileDropController;
  readonly #localize: Localize<FilesStrings>;
  #uploads: Uploads | undefined;

  constructor(scene: Scene) {
    const { host } = scene;
    this.#scene = scene;
    this.#localize = new Localize<FilesStrings>(host, filesEnglish);
    this.#items = new StoreController(host, () => this.#current?.$uploads);
    this.#drop = new FileDropController(host, {
      target: () => host,
      enabled: scene.writable,
      onFiles: (files) => void this.add(files),
    });
  }

  /** What to say while files are held over the panel. */
  get dropText(): string | undefined {
    return this.#drop.over ? this.#localize.term('files.drop') : undefined;
  }

  /** How many files, and how large. */
  get limit(): string {
    return this.#localize.term('files.limit');
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
    const client = this.#scene.client();
    if (!client) return undefined;
    return (this.#uploads ??= createUploads({
      upload: client.upload,
      onConnection: (listener) => client.$connection.listen(listener),
    }));
  }

  async add(files: readonly File[]): Promise<void> {
    // What it reads out needs a place that was there before.
    await this.#scene.host.updateComplete;
    if (files.length > 0) this.#current?.add(files);
  }

  readonly #onEmptied = (): void => this.#scene.focusField();

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
}
