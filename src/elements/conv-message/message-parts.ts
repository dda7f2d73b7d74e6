import {
  adoptStyles,
  html,
  nothing,
  type CSSResult,
  type ReactiveElement,
  type TemplateResult,
} from 'lit';
import { hasMarkup, linkify, markdownChunk } from '../../content/index.js';
import { isPublic } from '../../domain/index.js';
import { Localize, type TimesStrings } from '../../i18n/index.js';
import { timesEnglish } from '../../i18n/locales/en-times.js';
import type { ThreadItem } from '../../store/thread-item.js';
import { agentParts } from './agent-parts-slot.js';
import { messageParts, type MessageBody, type MessageHost } from './message-parts-slot.js';
import { partsStyles } from './message-parts.styles.js';

/** The look of formatted text, once a message has needed it. */
let richStyles: CSSResult | undefined;

const loadRichStyles = async (): Promise<void> => {
  ({ richStyles } = await import('./rich.styles.js'));
};

/** A message with links, format, files, or a past; and those that only agents see. */
class RichBody implements MessageBody {
  readonly #host: MessageHost;
  readonly #localize: Localize<TimesStrings>;
  /** Looks that only some messages need, as far as they are in place. */
  #looks: CSSResult[] = [];
  /** Stale answers of the markdown chunk are told by it. */
  #rendering = 0;
  /** The formatted text; null while plain text is shown. */
  #formatted: DocumentFragment | null = null;
  /** What was formatted last. */
  #told = '';

  constructor(host: MessageHost) {
    this.#host = host;
    this.#localize = new Localize<TimesStrings>(host, timesEnglish);
  }

  follow(item: ThreadItem): void {
    const told = [item.format, ...this.#host.mentioned, item.text].join();
    if (told !== this.#told) this.#format(item);
    this.#told = told;
    this.#adopt(partsStyles);
    if (this.#formatted) this.#adopt(richStyles);
    if (!isPublic(item)) this.#showToAgents();
  }

  #format(item: ThreadItem): void {
    const call = ++this.#rendering;
    const text = item.format === 'markdown' ? item.text : '';
    this.#formatted = null;
    if (!hasMarkup(text)) return;
    if (markdownChunk.ready && richStyles) {
      this.#formatted = this.#mark(markdownChunk.ready(text));
      return;
    }
    // The plain text stays where the chunk cannot be loaded.
    void Promise.all([markdownChunk.get(), loadRichStyles()]).then(
      ([render]) => {
        if (call !== this.#rendering) return;
        this.#formatted = this.#mark(render(text));
        this.#host.requestUpdate();
      },
      () => undefined,
    );
  }

  #mark(text: DocumentFragment): DocumentFragment {
    const { mentioned } = this.#host;
    if (mentioned.length === 0) return text;
    return agentParts.ready?.markMentions(text, mentioned) ?? text;
  }

  #adopt(look: CSSResult | undefined): void {
    if (!look || this.#looks.includes(look)) return;
    this.#looks = [...this.#looks, look];
    const { elementStyles } = this.#host.constructor as typeof ReactiveElement;
    adoptStyles(this.#host.renderRoot as ShadowRoot, [...elementStyles, ...this.#looks]);
  }

  #showToAgents(): void {
    this.#adopt(agentParts.ready?.styles);
    if (agentParts.ready) return;
    void import('./agent-parts.js').then(
      () => this.#host.requestUpdate(),
      () => undefined,
    );
  }

  #renderText(item: ThreadItem): TemplateResult {
    if (this.#formatted) {
      return html`<div part="text" class="text rich" dir="auto">${this.#formatted}</div>`;
    }
    const segments = linkify(item.text).map(({ text, href }) =>
      href
        ? html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow">${text}</a>`
        : text,
    );
    return html`<div part="text" class="text plain" dir="auto">${segments}</div>`;
  }

  #renderAttachments({ attachments }: ThreadItem): TemplateResult | typeof nothing {
    if (attachments.length === 0) return nothing;
    // Few threads have files: what shows them is fetched with the first.
    void import('../conv-attachments/conv-attachments.js').catch(() => undefined);
    return html`<conv-attachments
      exportparts="attachment, picture, download"
      .attachments=${attachments}
      .source=${this.#host.source}
    ></conv-attachments>`;
  }

  render(item: ThreadItem, look: string): TemplateResult | typeof nothing {
    const { now, term } = this.#localize;
    if (item.kind === 'system') {
      const { system } = item;
      if (!system || system.type === 'joined') return nothing;
      const line = agentParts.ready?.systemLine(system, now.locale);
      return html`<p part="system" class="system"><bdi>${line}</bdi></p>`;
    }
    if (item.deletedAt !== null) {
      return html`<div part="bubble" class="bubble deleted ${look}">
        <bdi>${term('message.deleted')}</bdi>
      </div>`;
    }
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

/** Screens of agents import this, so that nothing of it comes late. */
messageParts.create = (host) => new RichBody(host);
