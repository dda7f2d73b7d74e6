import {
  LitElement,
  adoptStyles,
  html,
  nothing,
  type CSSResult,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { property, state } from 'lit/decorators.js';
import { hasMarkup, linkify, markdownChunk, mayLink } from '../../content/index.js';
import { localize } from '../../context/index.js';
import { isPublic } from '../../domain/index.js';
import type { FileSource } from '../../store/file-source.js';
import type { ThreadItem } from '../../store/thread-item.js';
import { customElement } from '../shared/custom-element.js';
import { baseStyles } from '../shared/styles.js';
import { styles } from './conv-message.styles.js';
import { agentParts } from './agent-parts-slot.js';

/** The look of formatted text, once a message has needed it. */
let richStyles: CSSResult | undefined;

const loadRichStyles = async (): Promise<void> => {
  ({ richStyles } = await import('./rich.styles.js'));
};

/**
 * @summary One message: a bubble, a comment, a system line, or what is left of a deleted one.
 *
 * Who wrote it and when is told by the thread, once for a run of messages.
 *
 * @slot extra - Shown in the bubble, below the text.
 *
 * @csspart bubble - The bubble.
 * @csspart label - `Comment`, with its lock.
 * @csspart text - The text.
 * @csspart attachment - One attachment.
 * @csspart picture - The small picture of an attachment.
 * @csspart download - An attachment that is no picture.
 * @csspart system - A system line.
 *
 * @dependency conv-attachments
 */
@customElement('conv-message')
export class ConvMessage extends LitElement {
  static override styles = [baseStyles, styles];

  readonly #localize = localize(this);

  /** Stale answers of the markdown chunk are told by it. */
  #rendering = 0;

  /** Looks that only some messages need, as far as they are in place. */
  #looks: CSSResult[] = [];

  /** The formatted text; null while plain text is shown. */
  @state() private formatted: DocumentFragment | null = null;

  /** The message. */
  @property({ attribute: false }) item: ThreadItem | null = null;

  /** Gives addresses of its files: a visitor's client, or an agent's conversation. */
  @property({ attribute: false }) source: FileSource | null | undefined;

  /** Names of the agents whom a comment names; they are marked in it. */
  @property({ attribute: false }) mentioned: readonly string[] = [];

  /** Last of a run by one author: gets the small corner that points to them. */
  @property({ type: Boolean, reflect: true }) last = false;

  /** Written by the one who looks; follows from the message. */
  @property({ type: Boolean, reflect: true }) own = false;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('item')) this.#follow(changed);
    else if (
      changed.has('mentioned') &&
      this.mentioned.join() !== changed.get('mentioned')?.join()
    ) {
      this.#format();
    }
    if (this.formatted) this.#adopt(richStyles);
    if (this.item && !isPublic(this.item)) this.#showToAgents();
  }

  #follow(changed: PropertyValues<this>): void {
    const previous = changed.get('item');
    this.own = this.item?.own ?? false;
    if (this.item?.text === previous?.text && this.item?.format === previous?.format) return;
    this.#format();
  }

  #format(): void {
    const call = ++this.#rendering;
    const text = this.item?.format === 'markdown' ? this.item.text : '';
    this.formatted = null;
    if (!hasMarkup(text)) return;
    if (markdownChunk.ready && richStyles) {
      this.formatted = this.#mark(markdownChunk.ready(text));
      return;
    }
    // The plain text stays where the chunk cannot be loaded.
    void Promise.all([markdownChunk.get(), loadRichStyles()]).then(
      ([render]) => {
        if (call === this.#rendering) this.formatted = this.#mark(render(text));
      },
      () => undefined,
    );
  }

  #mark(text: DocumentFragment): DocumentFragment {
    if (this.mentioned.length === 0) return text;
    return agentParts.ready?.markMentions(text, this.mentioned) ?? text;
  }

  #adopt(look: CSSResult | undefined): void {
    if (!look || this.#looks.includes(look)) return;
    this.#looks = [...this.#looks, look];
    adoptStyles(this.renderRoot as ShadowRoot, [...ConvMessage.elementStyles, ...this.#looks]);
  }

  #showToAgents(): void {
    this.#adopt(agentParts.ready?.styles);
    if (agentParts.ready) return;
    void import('./agent-parts.js').then(
      () => this.requestUpdate(),
      () => undefined,
    );
  }

  #systemLine({ system }: ThreadItem): string {
    const { now } = this.#localize;
    if (system?.type === 'joined') return now.term('message.joined', system.agentName);
    return (system && agentParts.ready?.systemLine(system, now.locale)) ?? '';
  }

  #renderText(item: ThreadItem): TemplateResult {
    if (this.formatted) {
      return html`<div part="text" class="text rich" dir="auto">${this.formatted}</div>`;
    }
    const segments = linkify(item.text).map(({ text, href }) =>
      href
        ? html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow">${text}</a>`
        : text,
    );
    return html`<div part="text" class="text plain" dir="auto">${segments}</div>`;
  }

  /** Words and nothing else, as most messages are: as few nodes as can be. */
  #renderWords({ text }: ThreadItem, look: string): TemplateResult {
    return html`<div part="bubble" class="bubble ${look}">
      <div part="text" class="text plain" dir="auto" .textContent=${text}></div>
      <slot name="extra"></slot>
    </div>`;
  }

  #isWords({ kind, text, attachments, editedAt }: ThreadItem): boolean {
    if (this.formatted || kind === 'comment' || text === '') return false;
    return attachments.length === 0 && editedAt === null && !mayLink(text);
  }

  #renderAttachments(item: ThreadItem): TemplateResult | typeof nothing {
    if (item.attachments.length === 0) return nothing;
    // Few threads have files: what shows them is fetched with the first.
    void import('../conv-attachments/conv-attachments.js').catch(() => undefined);
    return html`<conv-attachments
      exportparts="attachment, picture, download"
      .attachments=${item.attachments}
      .source=${this.source}
    ></conv-attachments>`;
  }

  override render(): TemplateResult | typeof nothing {
    const { item } = this;
    if (!item) return nothing;
    const { now, term } = this.#localize;
    if (item.kind === 'system') {
      return html`<p part="system" class="system">
        <bdi>${this.#systemLine(item)}</bdi>
      </p>`;
    }
    const look = [
      item.own ? 'own' : '',
      this.last ? 'last' : '',
      item.kind === 'comment' ? 'comment' : '',
      item.state === 'failed' ? 'failed' : '',
    ].join(' ');
    if (item.deletedAt !== null) {
      return html`<div part="bubble" class="bubble deleted ${look}">
        <bdi>${term('message.deleted')}</bdi>
      </div>`;
    }
    if (this.#isWords(item)) return this.#renderWords(item, look);
    return html`<div part="bubble" class="bubble ${look}">
      ${item.kind === 'comment' ? agentParts.ready?.label(now.locale) : nothing}${
        item.text === '' ? nothing : this.#renderText(item)
      }${this.#renderAttachments(item)}${
        item.editedAt === null
          ? nothing
          : html` <span class="edited">${term('message.edited')}</span>`
      }<slot name="extra"></slot>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-message': ConvMessage;
  }
}
