import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { LocalizeController, StoreController } from '../../context/index.js';
import type { EmailTemplate, SavedReply } from '../../domain/index.js';
import type { SavedStrings } from '../../i18n/index.js';
import { savedEnglish } from '../../i18n/locales/en-saved.js';
import type { ErrorCode } from '../../protocol/index.js';
import type { AgentClient } from '../../store/agent-client.js';
import {
  matchingTexts,
  ofReplies,
  ofTemplates,
  type SavedText,
} from '../conv-composer/saved-texts.js';
import { AgentController } from '../shared/agent-controller.js';
import { buttonToneStyles } from '../shared/button-tones.styles.js';
import { customElement } from '../shared/custom-element.js';
import { emit } from '../shared/events.js';
import { editIcon, searchIcon, trashIcon } from '../shared/icons.js';
import { codeOf, errorText } from '../shared/shown-error.js';
import { baseStyles, buttonStyles } from '../shared/styles.js';
import { styles } from './conv-saved-replies.styles.js';
import { SavedForm, type Written } from './saved-form.js';

/** Of `conv-reply-saved` and `conv-template-saved`. */
export type ReplySavedDetail = SavedReply;
export type TemplateSavedDetail = EmailTemplate;

/**
 * @summary Saved replies, or email templates: to find, write, edit and delete.
 *
 * The composer shows it in a dialog, by `Edit saved replies` and by `Save as reply`.
 *
 * @csspart item - One saved reply or template.
 * @csspart form - The form in which one is written.
 *
 * @event {CustomEvent<SavedReply>} conv-reply-saved - The server took a saved reply.
 * @event {CustomEvent<EmailTemplate>} conv-template-saved - The server took an email template.
 */
@customElement('conv-saved-replies')
export class ConvSavedReplies extends LitElement {
  static override styles = [baseStyles, buttonStyles, buttonToneStyles, styles];

  #agent = new AgentController(this);
  #l = new LocalizeController<SavedStrings>(this, savedEnglish);
  #replies = new StoreController(this, () => this.#agent.client?.$replies);
  #templates = new StoreController(this, () => this.#agent.client?.$templates);
  #me = new StoreController(this, () => this.#agent.client?.$me);
  #form = new SavedForm(this, {
    kind: () => this.kind,
    taken: (shortcut, id) =>
      (this.#replies.value ?? []).some((one) => one.shortcut === shortcut && one.id !== id),
    save: (written) => this.#save(written),
    onClosed: (name, saved) => void this.#closed(name, saved),
  });

  @state() private words = '';

  /** The one whose deletion is asked about. */
  @state() private asked: string | null = null;

  @state() private fault: ErrorCode | null = null;

  @state() private news = '';

  /** Shows saved replies, or the templates of emails. */
  @property() kind: 'replies' | 'templates' = 'replies';

  /** What to write a new one from, such as the text in the composer; the form opens with it. */
  @property({ attribute: false }) draft: { text: string; subject?: string } | null = null;

  /** What to work on instead of the nearest provider's client. */
  @property({ attribute: false }) client: AgentClient | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('draft') || !this.draft) return;
    const { text, subject = '' } = this.draft;
    this.#form.open({ id: null, name: '', subject, text, shared: true });
  }

  get #texts(): readonly SavedText[] {
    return this.kind === 'replies'
      ? ofReplies(this.#replies.value ?? [])
      : ofTemplates(this.#templates.value ?? []);
  }

  async #save({ id, name, subject, text, shared }: Written): Promise<void> {
    const { client } = this.#agent;
    if (!client) return;
    const known = id === null ? {} : { id };
    if (this.kind === 'replies') {
      const saved = await client.saveReply({ ...known, shortcut: name, text, shared });
      emit<SavedReply>(this, 'conv-reply-saved', saved);
    } else {
      const saved = await client.saveTemplate({ ...known, name, subject, body: text });
      emit<EmailTemplate>(this, 'conv-template-saved', saved);
    }
  }

  #titleOf(name: string): string {
    return this.kind === 'replies' ? `/${name}` : name;
  }

  async #closed(name: string, saved: boolean): Promise<void> {
    this.news = saved ? this.#l.now.term('saved.done', this.#titleOf(name)) : '';
    this.words = '';
    await this.updateComplete;
    this.focus();
  }

  #textOf(event: Event): SavedText | undefined {
    const { id } = (event.currentTarget as HTMLElement).dataset;
    return this.#texts.find((text) => text.id === id);
  }

  readonly #onSearch = (event: Event): void => {
    this.words = (event.currentTarget as HTMLInputElement).value;
  };

  readonly #onNew = (): void => {
    this.#form.open({ id: null, name: '', subject: '', text: '', shared: true });
  };

  readonly #onEdit = (event: Event): void => {
    const text = this.#textOf(event);
    if (!text) return;
    const { id, word, subject, own } = text;
    this.#form.open({ id, name: word, subject, text: text.text, shared: !own });
  };

  readonly #onDelete = async (event: Event): Promise<void> => {
    this.fault = null;
    this.asked = this.#textOf(event)?.id ?? null;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.keep')?.focus();
  };

  readonly #onKeep = async (): Promise<void> => {
    const id = this.asked;
    this.asked = null;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`.delete[data-id="${id}"]`)?.focus();
  };

  readonly #onDeleteNow = async (event: Event): Promise<void> => {
    const text = this.#textOf(event);
    const { client } = this.#agent;
    if (!text || !client) return;
    this.fault = null;
    try {
      if (this.kind === 'replies') await client.deleteReply(text.id);
      else await client.deleteTemplate(text.id);
      this.news = this.#l.now.term('saved.gone', text.title);
      this.asked = null;
      await this.updateComplete;
      this.focus();
    } catch (error) {
      this.fault = codeOf(error);
    }
  };

  /** Moves the focus to the form, or to the search. */
  override focus(options?: FocusOptions): void {
    const wanted = this.#form.isOpen ? 'form input, form textarea' : 'input, .new';
    this.renderRoot.querySelector<HTMLElement>(wanted)?.focus(options);
  }

  #renderItem(text: SavedText): TemplateResult {
    const l = this.#l.now;
    const { id, title } = text;
    if (this.asked === id) {
      return html`<li class="item asked" part="item">
        <p id="ask">${l.term('saved.deleteAsk', title)}</p>
        <button type="button" class="button keep" aria-describedby="ask" @click=${this.#onKeep}>
          ${l.term('saved.keep')}
        </button>
        <button
          type="button"
          class="button danger"
          aria-describedby="ask"
          data-id=${id}
          @click=${this.#onDeleteNow}
        >
          ${l.term('saved.deleteNow')}
        </button>
      </li>`;
    }
    return html`<li class="item" part="item">
      <div class="what" dir="auto">
        <strong>${title}</strong>
        ${text.own ? html`<span class="badge">${l.term('replies.own')}</span>` : nothing}
        <p>${text.subject || text.text}</p>
      </div>
      <button
        type="button"
        class="icon-button edit"
        data-id=${id}
        aria-label=${l.term('saved.edit', title)}
        title=${l.term('saved.edit', title)}
        @click=${this.#onEdit}
      >
        ${editIcon()}
      </button>
      <button
        type="button"
        class="icon-button delete"
        data-id=${id}
        aria-label=${l.term('saved.delete', title)}
        title=${l.term('saved.delete', title)}
        @click=${this.#onDelete}
      >
        ${trashIcon()}
      </button>
    </li>`;
  }

  #renderList(): TemplateResult {
    const l = this.#l.now;
    const { kind } = this;
    const all = this.#texts;
    const found = matchingTexts(all, this.words);
    return html`
      <div class="top">
        ${
          all.length > 0
            ? html`<label class="find"
                >${searchIcon()}
                <input
                  type="search"
                  autocomplete="off"
                  aria-label=${l.term(`${kind}.search`)}
                  placeholder=${l.term(`${kind}.search`)}
                  .value=${this.words}
                  @input=${this.#onSearch}
              /></label>`
            : nothing
        }
        <button type="button" class="button new" @click=${this.#onNew}>
          ${l.term(`${kind}.new`)}
        </button>
      </div>
      ${
        found.length > 0
          ? html`<ul class="items">
              ${repeat(
                found,
                ({ id }) => id,
                (text) => this.#renderItem(text),
              )}
            </ul>`
          : html`<p class="none">${l.term(all.length === 0 ? `${kind}.empty` : `${kind}.none`)}</p>`
      }
    `;
  }

  override render(): TemplateResult {
    const l = this.#l.now;
    return html`<div dir=${l.dir}>
      ${this.#form.isOpen ? this.#form.render(l, this.#me.value !== null) : this.#renderList()}
      ${this.fault ? html`<p class="fault" role="alert">${errorText(l, this.fault)}</p>` : nothing}
      <p class="visually-hidden" role="status">${this.news}</p>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-saved-replies': ConvSavedReplies;
  }
  interface HTMLElementEventMap {
    'conv-reply-saved': CustomEvent<SavedReply>;
    'conv-template-saved': CustomEvent<EmailTemplate>;
  }
}
