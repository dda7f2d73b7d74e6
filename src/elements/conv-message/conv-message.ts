import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { hasMarkup, mayLink } from '../../content/index.js';
import { localize } from '../../context/index.js';
import type { FileSource } from '../../store/file-source.js';
import type { ThreadItem } from '../../store/thread-item.js';
import { customElement } from '../shared/custom-element.js';
import { baseStyles } from '../shared/styles.js';
import { styles } from './conv-message.styles.js';
import { messageParts, type MessageBody } from './message-parts-slot.js';

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

  /** Once there was more to show than words. */
  #body: MessageBody | undefined;

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
    const { item } = this;
    if (changed.has('item')) this.own = item?.own ?? false;
    if (!item || (!this.#body && isSimple(item))) return;
    if (!this.#body && !messageParts.create) {
      // The words are shown meanwhile, and stay where the chunk cannot be loaded.
      void import('./message-parts.js').then(
        () => this.requestUpdate(),
        () => undefined,
      );
    }
    this.#body ??= messageParts.create?.(this);
    this.#body?.follow(item);
  }

  override render(): TemplateResult | typeof nothing {
    const { item } = this;
    if (!item) return nothing;
    const { kind, system, text, state, own } = item;
    if (system?.type === 'joined') {
      return html`<p part="system" class="system">
        <bdi>${this.#localize.term('message.joined', system.agentName)}</bdi>
      </p>`;
    }
    const look = [
      own ? 'own' : '',
      this.last ? 'last' : '',
      kind === 'comment' ? kind : '',
      state === 'failed' ? state : '',
    ].join(' ');
    if (this.#body && !isSimple(item)) return this.#body.render(item, look);
    if (kind === 'system') return nothing;
    // Words and nothing else, as most messages are: as few nodes as can be.
    return html`<div part="bubble" class="bubble ${look}">
      <div part="text" class="text plain" dir="auto" .textContent=${text || '\u00a0'}></div>
      <slot name="extra"></slot>
    </div>`;
  }
}

/** An agent who came, or words that mean nothing but themselves. */
function isSimple(item: ThreadItem): boolean {
  const { kind, system, text, format, attachments, editedAt } = item;
  if (system) return system.type === 'joined';
  return (
    kind === 'reply' &&
    text !== '' &&
    attachments.length === 0 &&
    editedAt === null &&
    !mayLink(text) &&
    !(format === 'markdown' && hasMarkup(text))
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-message': ConvMessage;
  }
}
