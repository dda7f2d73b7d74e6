import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { StoreController } from '../../context/index.js';
import type { Attachment } from '../../domain/index.js';
import { Localize, fileSize, type FilesStrings } from '../../i18n/index.js';
import { filesEnglish } from '../../i18n/locales/en-files.js';
import { fileLinksOf } from '../../store/file-links.js';
import type { FileLink, FileSource } from '../../store/file-source.js';
import { customElement } from '../shared/custom-element.js';
import { downloadIcon, fileIcon, imageIcon } from '../shared/icons.js';
import { baseStyles } from '../shared/styles.js';
import { styles } from './conv-attachments.styles.js';

/** The most that a picture takes, in px. */
const box = { width: 260, height: 220 };

/**
 * @summary The files of one message: pictures small, everything else by name and size.
 *
 * @csspart attachment - One file.
 * @csspart picture - The small picture; opens the whole one in a new tab.
 * @csspart download - A file that is no picture, with the way to load it.
 */
@customElement('conv-attachments')
export class ConvAttachments extends LitElement {
  static override styles = [baseStyles, styles];

  readonly #localize = new Localize<FilesStrings>(this, filesEnglish);
  readonly #links = new StoreController(this, () =>
    this.source ? fileLinksOf(this.source).$links : undefined,
  );
  /** What a picture was shown from first: a fresher address would load it again. */
  readonly #shown = new Map<string, string>();
  readonly #retried = new Set<string>();
  #stop: (() => void) | null = null;

  /** Addresses that did not work. */
  @state() private broken: ReadonlySet<string> = new Set();

  /** The files. */
  @property({ attribute: false }) attachments: readonly Attachment[] = [];

  /**
   * Gives addresses of the files: a visitor's client, or an agent's conversation. Without it they
   * are shown by name and size.
   */
  @property({ attribute: false }) source: FileSource | null | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unwatch();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('attachments') || changed.has('source')) this.#watch();
  }

  #watch(): void {
    this.#unwatch();
    if (!this.source || this.attachments.length === 0) return;
    this.#stop = fileLinksOf(this.source).watch(this.attachments.map(({ id }) => id));
  }

  #unwatch(): void {
    this.#stop?.();
    this.#stop = null;
  }

  /** The address may have expired while the page slept: one fresh one is tried. */
  readonly #onPictureError = (event: Event): void => {
    const picture = event.currentTarget as HTMLImageElement;
    const { id = '' } = picture.dataset;
    this.#shown.delete(id);
    this.broken = new Set([...this.broken, picture.getAttribute('src') ?? '']);
    if (!this.source || this.#retried.has(id)) return;
    this.#retried.add(id);
    fileLinksOf(this.source).refresh(id);
  };

  #renderPicture(
    { id, name }: Attachment,
    image: { width: number; height: number },
    link: FileLink | null | undefined,
  ): TemplateResult {
    const l = this.#localize.now;
    const scale = Math.min(1, box.width / image.width, box.height / image.height);
    const width = Math.max(56, Math.round(image.width * scale));
    const height = Math.max(56, Math.round(image.height * scale));
    const address = this.#shown.get(id) ?? link?.thumbnailUrl;
    const gone = link === null || (address != null && this.broken.has(address));
    if (address && !gone) this.#shown.set(id, address);
    // Holds the place of the picture, without an inline style, until it is there.
    const place = html`<svg
      class="place"
      width=${width}
      height=${height}
      viewBox="0 0 ${width} ${height}"
      aria-hidden="true"
    ></svg>`;
    if (gone || !link) {
      return html`<span part="picture" class="picture ${gone ? 'gone' : 'waiting'}">
        ${place}
        ${
          gone
            ? html`<span class="cover">${imageIcon()}<span>${l.term('files.gone')}</span></span>`
            : nothing
        }
      </span>`;
    }
    return html`<a
      part="picture"
      class="picture"
      href=${link.url}
      target="_blank"
      rel="noopener noreferrer"
      aria-label=${l.term('files.open', name)}
      title=${name}
    >
      ${place}
      ${
        address
          ? html`<img
              src=${address}
              alt=""
              width=${width}
              height=${height}
              decoding="async"
              referrerpolicy="no-referrer"
              data-id=${id}
              @error=${this.#onPictureError}
            />`
          : nothing
      }
    </a>`;
  }

  #renderFile({ name, size }: Attachment, link: FileLink | null | undefined): TemplateResult {
    const l = this.#localize.now;
    const about = html`${fileIcon()}
      <span class="about">
        <bdi class="name" title=${name}>${name}</bdi>
        <span class="size">
          ${link === null ? l.term('files.gone') : fileSize(l.locale, size)}
        </span>
      </span>`;
    if (!link) return html`<span part="download" class="download">${about}</span>`;
    return html`<a
      part="download"
      class="download"
      href=${link.url}
      target="_blank"
      rel="noopener noreferrer"
      download=${name}
      aria-label=${l.term('files.download', `${name}, ${fileSize(l.locale, size)}`)}
    >
      ${about}${downloadIcon()}
    </a>`;
  }

  override render(): TemplateResult | typeof nothing {
    if (this.attachments.length === 0) return nothing;
    const l = this.#localize.now;
    const links = this.#links.value;
    return html`<ul dir=${l.dir} lang=${l.locale} aria-label=${l.term('files.shown')}>
      ${repeat(
        this.attachments,
        ({ id }) => id,
        (attachment) => {
          const link = links?.get(attachment.id);
          const { image } = attachment;
          return html`<li part="attachment">
            ${
              image && this.source
                ? this.#renderPicture(attachment, image, link)
                : this.#renderFile(attachment, link)
            }
          </li>`;
        },
      )}
    </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-attachments': ConvAttachments;
  }
}
