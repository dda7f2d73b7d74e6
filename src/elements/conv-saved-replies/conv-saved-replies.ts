import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { LocalizeController, StoreController } from '../../context/index.js';
import type { EmailTemplate, SavedReply } from '../../domain/index.js';
import type { SavedStrings } from '../../i18n/index.js';
import { savedEnglish } from '../../i18n/locales/en-saved.js';
import type { AgentClient } from '../../store/agent-client.js';
import {
  matchingTexts,
  ofReplies,
  ofTemplates,
  type SavedText,
} from '../conv-composer/saved-texts.js';
import { AgentController } from '../shared/agent-controller.js';
import { bareFieldStyles } from '../shared/bare-field.styles.js';
import { buttonToneStyles } from '../shared/button-tones.styles.js';
import { customElement } from '../shared/custom-element.js';
import { EntryList, type Entry } from '../shared/entry-list.js';
import { entryListStyles } from '../shared/entry-list.styles.js';
import { emit } from '../shared/events.js';
import { searchIcon } from '../shared/icons.js';
import { errorText } from '../shared/shown-error.js';
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
  static override styles = [
    baseStyles,
    buttonStyles,
    buttonToneStyles,
    bareFieldStyles,
    entryListStyles,
    styles,
  ];

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
  #entries = new EntryList(this, {
    edit: (id) => this.#edit(id),
    remove: (id) => this.#remove(id),
  });

  @state() private words = '';

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

  #textOf(id: string): SavedText | undefined {
    return this.#texts.find((text) => text.id === id);
  }

  readonly #onSearch = (event: Event): void => {
    this.words = (event.currentTarget as HTMLInputElement).value;
  };

  readonly #onNew = (): void => {
    this.#form.open({ id: null, name: '', subject: '', text: '', shared: true });
  };

  #edit(id: string): void {
    const text = this.#textOf(id);
    if (!text) return;
    const { word, subject, own } = text;
    this.#form.open({ id, name: word, subject, text: text.text, shared: !own });
  }

  async #remove(id: string): Promise<void> {
    const text = this.#textOf(id);
    const { client } = this.#agent;
    if (!text || !client) return;
    if (this.kind === 'replies') await client.deleteReply(id);
    else await client.deleteTemplate(id);
    this.news = this.#l.now.term('saved.gone', text.title);
  }

  #entryOf({ id, title, own, subject, text }: SavedText): Entry {
    const l = this.#l.now;
    return {
      id,
      shown: html`<div class="what" dir="auto">
        <strong>${title}</strong>
        ${own ? html`<span class="badge">${l.term('replies.own')}</span>` : nothing}
        <p>${subject || text}</p>
      </div>`,
      words: {
        edit: l.term('saved.edit', title),
        delete: l.term('saved.delete', title),
        ask: l.term('saved.deleteAsk', title),
        deleteNow: l.term('saved.deleteNow'),
        keep: l.term('saved.keep'),
      },
    };
  }

  /** Moves the focus to the form, or to the search. */
  override focus(options?: FocusOptions): void {
    const wanted = this.#form.isOpen ? 'form input, form textarea' : 'input, .new';
    this.renderRoot.querySelector<HTMLElement>(wanted)?.focus(options);
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
            ? html`<label class="bare-field boxed find"
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
          ? this.#entries.render(
              found.map((text) => this.#entryOf(text)),
              l.term(`${kind}.open`),
            )
          : html`<p class="none">${l.term(all.length === 0 ? `${kind}.empty` : `${kind}.none`)}</p>`
      }
    `;
  }

  override render(): TemplateResult {
    const l = this.#l.now;
    const { fault } = this.#entries;
    return html`<div dir=${l.dir}>
      ${this.#form.isOpen ? this.#form.render(l, this.#me.value !== null) : this.#renderList()}
      ${fault ? html`<p class="fault" role="alert">${errorText(l, fault)}</p>` : nothing}
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
