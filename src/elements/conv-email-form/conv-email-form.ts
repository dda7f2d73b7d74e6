import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { LocalizeController, StoreController } from '../../context/index.js';
import { openVariables } from '../../domain/index.js';
import type { EmailStrings } from '../../i18n/index.js';
import { emailEnglish } from '../../i18n/locales/en-email.js';
import { limits, type ErrorCode } from '../../protocol/index.js';
import type { AgentClient, EmailDraft } from '../../store/agent-client.js';
import { whenReady, type Uploads } from '../../store/uploads.js';
import { ComposerFiles } from '../conv-composer/composer-files.js';
import { styles as composerStyles } from '../conv-composer/conv-composer.styles.js';
import { firstVariable, marksOf, renderMarks, scrollMarks } from '../conv-composer/marks.js';
import { renderOpenVariables, renderWaiting } from '../conv-composer/notes.js';
import { renderToolbar } from '../conv-composer/toolbar.js';
import { WritingTools } from '../conv-composer/writing-tools.js';
import { writingStyles } from '../conv-composer/writing.styles.js';
import { AgentController } from '../shared/agent-controller.js';
import { buttonToneStyles } from '../shared/button-tones.styles.js';
import { customElement } from '../shared/custom-element.js';
import { dialogStyles } from '../shared/dialog.styles.js';
import { emit } from '../shared/events.js';
import { trashIcon } from '../shared/icons.js';
import { popoverStyles } from '../shared/popover.styles.js';
import { codeOf, errorText } from '../shared/shown-error.js';
import { baseStyles, buttonStyles } from '../shared/styles.js';
import { styles } from './conv-email-form.styles.js';
import { problemOf, type Problem } from './email-problem.js';
import { Recipient } from './recipient.js';

/** Of `conv-conversation-started`. */
export interface ConversationStarted {
  conversationId: string;
}

const noDraft: EmailDraft = { contactId: null, to: '', subject: '', text: '' };

/**
 * @summary The form in which an email to a contact, or to any address, is written and sent.
 *
 * What is written survives a reload, and stays when it could not be sent. Ctrl+Enter sends. It has
 * the formats, saved replies, templates, emoji and files of a composer.
 *
 * @csspart form - The form.
 * @csspart field - A field of it.
 * @csspart option - One contact that the typed words find.
 * @csspart send - The button that sends.
 *
 * @event {CustomEvent<ConversationStarted>} conv-conversation-started - The server took the email: it begins, or goes on with, this conversation.
 * @event {CustomEvent<Record<string, never>>} conv-email-discarded - What was written was thrown away.
 *
 * @dependency conv-avatar
 * @dependency conv-emoji-picker
 * @dependency conv-saved-replies
 * @dependency conv-uploads
 */
@customElement('conv-email-form')
export class ConvEmailForm extends LitElement {
  static override styles: CSSResultGroup = [
    baseStyles,
    buttonStyles,
    buttonToneStyles,
    popoverStyles,
    dialogStyles,
    composerStyles,
    writingStyles,
    styles,
  ];

  #agent = new AgentController(this);
  #l = new LocalizeController<EmailStrings>(this, emailEnglish);
  #mail = new StoreController(this, () => this.#agent.client?.$mail);
  #me = new StoreController(this, () => this.#agent.client?.$me);
  #draft = new StoreController(this, () => this.#agent.client?.$emailDraft);
  #uploads: { client: AgentClient; uploads: Uploads | null } | undefined;
  #files = new ComposerFiles(this, {
    uploads: () => this.#uploadsOf(),
    focusField: () => this.field?.focus(),
  });
  #recipient = new Recipient(this, {
    client: () => this.#agent.client,
    draft: () => this.#current,
    onChanged: (draft) => this.#write(draft),
    onDone: () => this.#find('[name=subject]')?.focus(),
  });
  #tools = new WritingTools(this, {
    client: () => this.#agent.client,
    field: () => this.field,
    anchor: () => this.#find('.body'),
    contact: () => this.#recipient.known,
    agents: () => [],
    unsaved: () => ({ text: this.#current.text, subject: this.#current.subject }),
    onSend: () => void this.#send(),
    onInput: () => this.#onInput(),
    takesPaste: (event) => this.#files.paste(event),
    onSubject: (subject) => this.#write({ subject }),
    long: true,
  });
  #stopWaiting: (() => void) | null = null;

  @query('textarea') private field!: HTMLTextAreaElement | null;

  @state() private problem: Problem | null = null;

  @state() private fault: ErrorCode | null = null;

  @state() private stage: 'writing' | 'waiting' | 'sending' = 'writing';

  /** What to work on instead of the nearest provider's client. */
  @property({ attribute: false }) client: AgentClient | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#cancelWaiting();
  }

  protected override updated(): void {
    const { text, subject } = this.#current;
    // What came from elsewhere; what is being typed equals it already.
    if (this.field && this.field.value !== text) this.field.value = text;
    const input = this.#find<HTMLInputElement>('[name=subject]');
    if (input && input.value !== subject) input.value = subject;
  }

  get #current(): EmailDraft {
    return this.#draft.value ?? noDraft;
  }

  #uploadsOf(): Uploads | null {
    const { client } = this.#agent;
    if (!client) return null;
    if (this.#uploads?.client !== client) this.#uploads = { client, uploads: client.uploads() };
    return this.#uploads.uploads;
  }

  #find<Found extends HTMLElement = HTMLElement>(selector: string): Found | null {
    return this.renderRoot.querySelector<Found>(selector);
  }

  #write(draft: Partial<EmailDraft>): void {
    this.problem = null;
    this.#cancelWaiting();
    this.#agent.client?.setEmailDraft(draft);
  }

  #cancelWaiting(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = null;
    if (this.stage === 'waiting') this.stage = 'writing';
  }

  async #send({ anyway = false } = {}): Promise<void> {
    if (this.stage !== 'writing' || !this.#me.value) return;
    this.fault = null;
    const { attachments, busy } = this.#files;
    const hasFiles = busy || attachments.length > 0;
    this.problem = problemOf(this.#current, this.#recipient.contact, hasFiles);
    if (this.problem) return this.#find(`[name=${this.problem.field}]`)?.focus();
    const open = anyway ? null : firstVariable(this.#current.text);
    if (open) return this.#tools.writing.select(open.from, open.to);
    const uploads = this.#uploadsOf();
    if (!busy || !uploads) return this.#post();
    this.stage = 'waiting';
    this.#stopWaiting = whenReady(uploads, () => void this.#post());
  }

  async #post(): Promise<void> {
    const { client } = this.#agent;
    if (!client) return;
    this.#stopWaiting = null;
    this.stage = 'sending';
    const { contactId, to, subject, text } = this.#current;
    try {
      const { id } = await client.startConversation({
        to: contactId === null ? { email: to.trim() } : { contactId },
        subject: subject.trim(),
        text: text.trim(),
        attachments: this.#files.attachments,
      });
      this.#empty();
      emit<ConversationStarted>(this, 'conv-conversation-started', { conversationId: id });
    } catch (error) {
      this.fault = codeOf(error);
    } finally {
      this.stage = 'writing';
    }
  }

  #empty(): void {
    this.#files.take();
    this.#recipient.reset();
    this.#agent.client?.setEmailDraft(noDraft);
  }

  readonly #onInput = (): void => {
    if (this.field) this.#write({ text: this.field.value });
    this.#tools.suggestions.follow();
  };

  readonly #onSubject = (event: Event): void => {
    this.#write({ subject: (event.currentTarget as HTMLInputElement).value });
  };

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#send();
  };

  readonly #onAnyway = (): void => void this.#send({ anyway: true });

  readonly #onBlur = (): void => this.#tools.suggestions.close();

  readonly #onCancelWaiting = (): void => {
    this.#cancelWaiting();
    this.field?.focus();
  };

  readonly #onDiscard = (): void => {
    this.problem = null;
    this.fault = null;
    const uploads = this.#uploadsOf();
    for (const { key } of uploads?.$uploads.get() ?? []) uploads?.remove(key);
    this.#empty();
    emit(this, 'conv-email-discarded', {});
  };

  /** Moves the focus to the first field that is empty. */
  override focus(options?: FocusOptions): void {
    const { to, subject } = this.#current;
    const wanted = to === '' ? '[name=to]' : subject === '' ? '[name=subject]' : 'textarea';
    this.#find(wanted)?.focus(options);
  }

  #renderAddresses(): TemplateResult | typeof nothing {
    const mail = this.#mail.value;
    if (!mail) return nothing;
    const l = this.#l.now;
    return html`<p class="addresses">
      ${mail.from ? l.term('newEmail.from', mail.from) : nothing}
      ${mail.replyTo ? l.term('newEmail.answersTo', mail.replyTo) : l.term('newEmail.noMailbox')}
    </p>`;
  }

  #renderBody(): TemplateResult {
    const l = this.#l.now;
    const { text } = this.#current;
    const { suggestions, writing } = this.#tools;
    const wrong = this.problem?.field === 'text';
    return html`<div
      class="body ${this.#files.over ? 'dropping' : ''}"
      data-drop=${l.term('files.drop')}
    >
      <div class="panel">
        ${renderMarks(text, marksOf(text, []))}
        <textarea
          name="text"
          part="field"
          rows="8"
          dir=${text === '' ? nothing : 'auto'}
          maxlength=${limits.messageLength}
          aria-label=${l.term('newEmail.text')}
          placeholder=${l.term('newEmail.text')}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls=${suggestions.listboxId ?? nothing}
          aria-activedescendant=${suggestions.activeId ?? nothing}
          aria-invalid=${wrong ? 'true' : nothing}
          aria-describedby=${wrong ? 'problem' : nothing}
          @input=${this.#onInput}
          @keydown=${writing.onKeydown}
          @keyup=${suggestions.onCaret}
          @click=${suggestions.onCaret}
          @scroll=${scrollMarks}
          @paste=${writing.onPaste}
          @blur=${this.#onBlur}
        ></textarea>
      </div>
      ${this.#files.renderList()}
    </div>`;
  }

  #renderNotes(): TemplateResult {
    const l = this.#l.now;
    const names = openVariables(this.#current.text);
    return html`${
      names.length > 0 ? renderOpenVariables({ names, onAnyway: this.#onAnyway }, l) : nothing
    }
    ${
      this.stage === 'waiting'
        ? renderWaiting({ failed: !this.#files.busy, onCancel: this.#onCancelWaiting }, l)
        : nothing
    }
    ${
      this.problem
        ? html`<p class="fault" id="problem" role="alert">${this.problem.text(l)}</p>`
        : nothing
    }
    ${this.fault ? html`<p class="fault" role="alert">${errorText(l, this.fault)}</p>` : nothing}`;
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.#agent.client) return nothing;
    const l = this.#l.now;
    const wrong = this.problem?.field;
    const idle = this.stage === 'writing';
    return html`<form novalidate part="form" dir=${l.dir} @submit=${this.#onSubmit}>
        ${this.#recipient.render(l, wrong === 'to')}
        <label class="bare-field line">
          <span>${l.term('newEmail.subject')}</span>
          <input
            name="subject"
            part="field"
            autocomplete="off"
            dir="auto"
            maxlength=${limits.subjectLength}
            aria-invalid=${wrong === 'subject' ? 'true' : nothing}
            aria-describedby=${wrong === 'subject' ? 'problem' : nothing}
            @input=${this.#onSubject}
          />
        </label>
        ${this.#renderBody()} ${this.#renderNotes()} ${this.#renderAddresses()}
        <div class="bar">
          <div class="adds">
            ${this.#files.renderButton(l)} ${this.#tools.renderButtons(l, { templates: true })}
          </div>
          ${renderToolbar(l, this.#tools.writing.onTool)}
          <button
            type="button"
            class="tool discard"
            aria-label=${l.term('newEmail.discard')}
            title=${l.term('newEmail.discard')}
            @click=${this.#onDiscard}
          >
            ${trashIcon()}
          </button>
          <button
            type="submit"
            class="send"
            part="send"
            aria-disabled=${idle && this.#me.value ? nothing : 'true'}
          >
            ${l.term(this.stage === 'sending' ? 'newEmail.sending' : 'newEmail.send')}
          </button>
        </div>
      </form>
      ${this.#recipient.renderChoices(l)} ${this.#tools.renderFloating(l)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-email-form': ConvEmailForm;
  }
  interface HTMLElementEventMap {
    'conv-conversation-started': CustomEvent<ConversationStarted>;
    'conv-email-discarded': CustomEvent<Record<string, never>>;
  }
}
