import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { StoreController } from '../../context/index.js';
import { Localize, fileSize, refusalText, type FilesStrings } from '../../i18n/index.js';
import { filesEnglish } from '../../i18n/locales/en-files.js';
import type { UploadItem, Uploads } from '../../store/uploads.js';
import { customElement } from '../shared/custom-element.js';
import { emit } from '../shared/events.js';
import { closeIcon, fileIcon, retryIcon, warningIcon } from '../shared/icons.js';
import { baseStyles, buttonStyles } from '../shared/styles.js';
import { styles } from './conv-uploads.styles.js';
import { drawPreview, isPicture } from './preview.js';

/**
 * @summary The files that go with the next message: how far each has come, and what went wrong.
 *
 * @csspart list - The list of files.
 * @csspart file - One file.
 * @csspart preview - The small picture of a file, or its icon.
 * @csspart progress - How much of it was sent.
 * @csspart problem - Why it was not sent.
 * @csspart refusal - Why some of what was chosen was not taken.
 *
 * @event {CustomEvent<Record<string, never>>} conv-uploads-emptied - The last file went by a button that had the focus.
 */
@customElement('conv-uploads')
export class ConvUploads extends LitElement {
  static override styles = [baseStyles, buttonStyles, styles];

  readonly #localize = new Localize<FilesStrings>(this, filesEnglish);
  readonly #items = new StoreController(this, () => this.uploads?.$uploads);
  readonly #refusal = new StoreController(this, () => this.uploads?.$refusal);
  /** Those with a picture; another try of a file makes another one. */
  readonly #drawn = new WeakSet<HTMLCanvasElement>();
  readonly #told = new Map<string, string>();

  /** Pictures that this browser cannot read: they show an icon. */
  @state() private unreadable: ReadonlySet<string> = new Set();

  /** Read out to screen readers, once for each change. */
  @state() private news = '';

  /** The files, such as `conversation.uploads('reply')`. */
  @property({ attribute: false }) uploads: Uploads | null | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('uploads')) {
      this.#told.clear();
      this.unreadable = new Set();
    }
    this.#tell();
    // Those of another message were told when it was written.
    if (changed.has('uploads')) this.news = '';
  }

  protected override updated(): void {
    for (const canvas of this.renderRoot.querySelectorAll('canvas')) {
      const key = canvas.dataset['key'] ?? '';
      const item = this.#items.value?.find((one) => one.key === key);
      if (!item || this.#drawn.has(canvas)) continue;
      this.#drawn.add(canvas);
      drawPreview(canvas, item.file).catch(() => {
        this.unreadable = new Set([...this.unreadable, key]);
      });
    }
  }

  #tell(): void {
    const l = this.#localize.now;
    for (const { key, state, error, file } of this.#items.value ?? []) {
      const before = this.#told.get(key);
      this.#told.set(key, state);
      if (before === state) continue;
      if (state === 'done') this.news = l.term('files.ready', file.name);
      if (state === 'failed' && error)
        this.news = l.term('files.failed', file.name, refusalText(l, error));
    }
  }

  #keyOf(event: Event): string {
    return (event.currentTarget as HTMLElement).dataset['key'] ?? '';
  }

  /** The button that was pressed goes: what comes next takes the focus. */
  async #keepFocus(key: string): Promise<void> {
    const { activeElement } = this.shadowRoot ?? {};
    await this.updateComplete;
    if (!activeElement || activeElement.isConnected) return;
    const of = (selector: string): HTMLElement | null => this.renderRoot.querySelector(selector);
    const next = of(`button[data-key="${key}"]`) ?? of('button');
    if (next) next.focus();
    else emit(this, 'conv-uploads-emptied', {});
  }

  readonly #onCancel = (event: Event): void => {
    const key = this.#keyOf(event);
    this.uploads?.cancel(key);
    void this.#keepFocus(key);
  };

  readonly #onRetry = (event: Event): void => {
    const key = this.#keyOf(event);
    this.uploads?.retry(key);
    void this.#keepFocus(key);
  };

  readonly #onRemove = (event: Event): void => {
    const key = this.#keyOf(event);
    this.uploads?.remove(key);
    void this.#keepFocus(key);
  };

  #renderPreview({ key, file, state }: UploadItem): TemplateResult {
    if (state === 'failed') return html`${warningIcon()}`;
    return isPicture(file) && !this.unreadable.has(key)
      ? html`<canvas data-key=${key} width="80" height="80" aria-hidden="true"></canvas>`
      : html`${fileIcon()}`;
  }

  #renderState({ file, state, progress, error }: UploadItem): TemplateResult {
    const l = this.#localize.now;
    if (state === 'failed' && error) {
      return html`<span part="problem" class="problem">${refusalText(l, error)}</span>`;
    }
    const size = fileSize(l.locale, file.size);
    if (state === 'done' || state === 'failed') return html`<span class="meta">${size}</span>`;
    const words =
      state === 'uploading'
        ? l.term(
            'files.uploading',
            new Intl.NumberFormat(l.locale, { style: 'percent' }).format(progress),
          )
        : l.term(`files.${state}`);
    return html`<span class="meta">${size} · ${words}</span>`;
  }

  #renderActs({ key, file, state, retryable }: UploadItem): TemplateResult {
    const l = this.#localize.now;
    const busy = state === 'queued' || state === 'uploading';
    const name = busy ? l.term('files.cancel', file.name) : l.term('files.remove', file.name);
    return html`${
        retryable && (state === 'failed' || state === 'cancelled')
          ? html`<button
              class="icon-button"
              type="button"
              data-key=${key}
              aria-label=${l.term('files.retry', file.name)}
              title=${l.term('retry')}
              @click=${this.#onRetry}
            >
              ${retryIcon()}
            </button>`
          : nothing
      }<button
        class="icon-button"
        type="button"
        data-key=${key}
        aria-label=${name}
        @click=${busy ? this.#onCancel : this.#onRemove}
      >
        ${closeIcon()}
      </button>`;
  }

  #renderItem(item: UploadItem): TemplateResult {
    const l = this.#localize.now;
    const { file, state, progress } = item;
    return html`<li part="file" class="file ${state}">
      <span part="preview" class="preview">${this.#renderPreview(item)}</span>
      <span class="about">
        <bdi class="name" title=${file.name}>${file.name}</bdi>
        ${this.#renderState(item)}
      </span>
      <span class="acts">${this.#renderActs(item)}</span>
      ${
        state === 'uploading'
          ? html`<progress
              part="progress"
              role="progressbar"
              aria-label=${l.term('files.progress', file.name)}
              max="100"
              .value=${Math.round(progress * 100)}
            ></progress>`
          : nothing
      }
    </li>`;
  }

  override render(): TemplateResult {
    const l = this.#localize.now;
    const items = this.#items.value ?? [];
    const refusal = this.#refusal.value;
    return html`<div dir=${l.dir} lang=${l.locale}>
      ${
        items.length > 0
          ? html`<ul part="list" class="list" aria-label=${l.term('files.toSend')}>
              ${repeat(
                items,
                (item) => item.key,
                (item) => this.#renderItem(item),
              )}
            </ul>`
          : nothing
      }
      ${
        refusal
          ? html`<p part="refusal" class="refusal" role="alert">${refusalText(l, refusal)}</p>`
          : nothing
      }
      <p class="visually-hidden" role="status">${this.news}</p>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-uploads': ConvUploads;
  }
  interface HTMLElementEventMap {
    'conv-uploads-emptied': CustomEvent<Record<string, never>>;
  }
}
