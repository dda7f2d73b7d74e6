import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { LocalizeController, StoreController } from '../../context/index.js';
import { writingEnglish } from '../../i18n/locales/en-writing.js';
import { openVariables, type Agent, type Attachment } from '../../domain/index.js';
import { limits } from '../../protocol/index.js';
import type { AgentClient, Draft } from '../../store/agent-client.js';
import { AgentController } from '../shared/agent-controller.js';
import { buttonToneStyles } from '../shared/button-tones.styles.js';
import { customElement } from '../shared/custom-element.js';
import { dialogStyles } from '../shared/dialog.styles.js';
import { emit } from '../shared/events.js';
import { popoverStyles } from '../shared/popover.styles.js';
import { baseStyles, buttonStyles } from '../shared/styles.js';
import { ComposerFiles } from './composer-files.js';
import { styles } from './conv-composer.styles.js';
import { fitToText } from './fit-to-text.js';
import { firstVariable, marksOf, renderMarks, scrollMarks } from './marks.js';
import { mentionsIn } from './mentions.js';
import {
  emailProblem,
  renderEnded,
  renderNotes,
  renderOpenVariables,
  renderWaiting,
  type Situation,
} from './notes.js';
import { kindByKey, kinds, renderTabs } from './tabs.js';
import { renderToolbar } from './toolbar.js';
import { TypingTeller } from './typing-teller.js';
import { WritingTools } from './writing-tools.js';
import { writingStyles } from './writing.styles.js';

export type DraftKind = Draft['kind'];

/** So many characters before the limit it begins to be told. */
const warnBefore = 400;

/** Of `conv-before-message-send` and `conv-message-sent`. */
export interface MessageSend {
  conversationId: string;
  kind: DraftKind;
  /** As written: markdown; may be empty where there are files. */
  text: string;
  /** Files that go with it; those that are still on their way are not among them. */
  attachments: readonly Attachment[];
  /** Ids of the agents whom a comment names. */
  mentions: readonly string[];
}

/**
 * @summary Where an agent writes a reply to the contact, or a comment that only agents see.
 *
 * Drafts are kept per conversation. Enter sends and Shift+Enter breaks the line, or the other way
 * round as the agent prefers it. `/` offers saved replies, `@` in a comment agents, `:` emoji. Files
 * are attached by button, by pasting, and by dropping them anywhere on the thread; a message waits
 * for them.
 *
 * @slot tools - After the formatting buttons.
 *
 * @csspart base - The box; amber while a comment is written.
 * @csspart tab - `Reply` or `Comment`.
 * @csspart field - The text field.
 * @csspart tool - One formatting button.
 * @csspart attach - The button `Attach files`.
 * @csspart emoji - The button `Emoji`.
 * @csspart replies - The button `Saved replies`.
 * @csspart templates - The button `Email templates`, in email conversations.
 * @csspart choices - What floats with choices: saved replies, agents, emoji.
 * @csspart option - One of those choices.
 * @csspart ended - What stands in its place in an earlier conversation.
 * @csspart file - One file that goes with the message.
 * @csspart send - The button that sends.
 *
 * @event {CustomEvent<MessageSend>} conv-before-message-send - Cancelable: comes before a message is sent; the text stays when cancelled.
 * @event {CustomEvent<MessageSend>} conv-message-sent - A message was handed to the outbox.
 *
 * @dependency conv-avatar
 * @dependency conv-emoji-picker
 * @dependency conv-saved-replies
 * @dependency conv-uploads
 */
@customElement('conv-composer')
export class ConvComposer extends LitElement {
  static override styles: CSSResultGroup = [
    baseStyles,
    buttonStyles,
    buttonToneStyles,
    popoverStyles,
    dialogStyles,
    styles,
    writingStyles,
  ];

  #agent = new AgentController(this);
  #l = new LocalizeController(this, writingEnglish);
  #selected = new StoreController(this, () => this.#agent.selection.$conversationId);
  #me = new StoreController(this, () => this.#agent.client?.$me);
  #agents = new StoreController(this, () => this.#agent.client?.$agents);
  #mail = new StoreController(this, () => this.#agent.client?.$mail);
  #draft = new StoreController(this, () => this.#agent.conversation?.$draft);
  #conversation = new StoreController(this, () => this.#agent.conversation?.$conversation);
  #contact = new StoreController(this, () => this.#agent.conversation?.$contact);
  #typing = new StoreController(this, () => this.#agent.conversation?.$typing);
  #removed = new StoreController(this, () => this.#agent.conversation?.$removed);
  #waiting = new StoreController(this, () => this.#agent.conversation?.$waiting);
  #files = new ComposerFiles(this, {
    uploads: () => this.#agent.conversation?.uploads(this.#current.kind) ?? null,
    focusField: () => this.focus(),
  });
  #tools = new WritingTools(this, {
    client: () => this.#agent.client,
    field: () => this.field,
    anchor: () => this.box,
    contact: () => this.#contact.value ?? null,
    agents: () => this.#nameable,
    unsaved: () => ({ text: this.field?.value ?? '' }),
    onSend: () => this.#send(),
    onInput: () => this.#onInput(),
    takesPaste: (event) => this.#files.paste(event),
  });
  #shownId: string | null = null;
  #typist = new TypingTeller();
  /** What was sent before its files were there. */
  #held: MessageSend | null = null;

  @query('textarea:not([hidden])') private field!: HTMLTextAreaElement | null;
  @query('.box') private box!: HTMLElement | null;

  /** Writes to this conversation instead of the selected one. */
  @property({ attribute: 'conversation-id' }) conversationId: string | undefined;

  /** What to work on instead of the nearest provider's client. */
  @property({ attribute: false }) client: AgentClient | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#typist.stop();
  }

  protected override willUpdate(): void {
    this.#tellHeld();
    const id = this.#agent.conversationId;
    if (id === this.#shownId) return;
    this.#typist.stop();
    this.#tools.suggestions.close();
    this.#held = null;
    this.#shownId = id;
  }

  protected override updated(): void {
    const { field } = this;
    if (!field) return;
    const { kind } = this.#current;
    // A draft that came from elsewhere; what is being typed equals its draft already.
    if (field.value !== this.#current[kind]) field.value = this.#current[kind];
    fitToText(field);
  }

  get #current(): Draft {
    return this.#draft.value ?? { kind: 'reply', reply: '', comment: '' };
  }

  #showKind(kind: DraftKind): void {
    if (kind === this.#current.kind) return;
    this.#typist.stop();
    this.#agent.conversation?.setDraft({ kind });
  }

  /** Whom a comment can name. */
  get #nameable(): readonly Agent[] {
    if (this.#current.kind !== 'comment') return [];
    return [...(this.#agents.value?.values() ?? [])].filter(({ id }) => id !== this.#me.value?.id);
  }

  get #situation(): Situation {
    return {
      kind: this.#current.kind,
      conversation: this.#conversation.value ?? null,
      contact: this.#contact.value ?? null,
      mail: this.#mail.value ?? null,
      typing: this.#typing.value ?? [],
    };
  }

  /** Why nothing can be sent now, as the id of what says so; null where it can. */
  get #obstacle(): string | null {
    const { kind } = this.#current;
    if (this.#current[kind].length > limits.messageLength) return 'limit';
    if (kind === 'reply' && emailProblem(this.#situation)) return 'email-problem';
    return this.#waiting.value?.[kind] ? 'wait' : null;
  }

  /** What waited for its files went: it is told as any other. */
  #tellHeld(): void {
    const held = this.#held;
    if (!held || this.#waiting.value?.[held.kind]) return;
    this.#held = null;
    // Taken back, the text is still there.
    if (this.#current[held.kind] === '') emit(this, 'conv-message-sent', held);
  }

  #send({ anyway = false } = {}): void {
    const conversation = this.#agent.conversation;
    const { field } = this;
    if (!conversation || !field) return;
    const { kind } = this.#current;
    const text = field.value.trim();
    const { attachments, busy } = this.#files;
    const empty = text === '' && attachments.length === 0 && !busy;
    if (empty || this.#obstacle || !this.#me.value) return field.focus();
    const open = kind === 'reply' && !anyway ? firstVariable(field.value) : null;
    if (open) return this.#tools.writing.select(open.from, open.to);
    const mentions = kind === 'comment' ? mentionsIn(text, this.#nameable) : [];
    const detail: MessageSend = {
      conversationId: conversation.id,
      kind,
      text,
      attachments,
      mentions,
    };
    if (!emit(this, 'conv-before-message-send', detail, { cancelable: true })) return;
    this.#typist.stop();
    this.#tools.suggestions.close();
    if (busy) {
      if (conversation.sendWhenReady(kind, text, mentions)) this.#held = detail;
    } else if (conversation.send(kind, text, attachments, mentions)) {
      this.#files.take();
      conversation.setDraft({ [kind]: '' });
      emit(this, 'conv-message-sent', detail);
    }
    field.focus();
  }

  readonly #onInput = (): void => {
    const { field } = this;
    if (!field) return;
    const { kind } = this.#current;
    const { conversation } = this.#agent;
    conversation?.setDraft({ [kind]: field.value });
    if (field.value.trim() === '') this.#typist.stop();
    else if (conversation) this.#typist.start(conversation, kind);
    fitToText(field);
    this.#tools.suggestions.follow();
  };

  readonly #onBlur = (): void => {
    this.#typist.stop();
    this.#tools.suggestions.close();
  };

  readonly #onSend = (): void => this.#send();

  readonly #onAnyway = (): void => this.#send({ anyway: true });

  readonly #onCancelWaiting = (): void => {
    this.#agent.conversation?.cancelWaiting(this.#current.kind);
    this.focus();
  };

  readonly #onTab = async (event: Event): Promise<void> => {
    this.#showKind((event.currentTarget as HTMLElement).dataset['kind'] as DraftKind);
    await this.updateComplete;
    // A pointer that chose a tab means to write; keys stay on the tabs.
    if (event instanceof PointerEvent && event.detail > 0) this.field?.focus();
  };

  readonly #onTabKeydown = async (event: KeyboardEvent): Promise<void> => {
    const to = kindByKey(event.key, this.#current.kind);
    if (!to) return;
    event.preventDefault();
    this.#showKind(to);
    await this.updateComplete;
    this.shadowRoot?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
  };

  /** Moves the focus to the text field. */
  override focus(options?: FocusOptions): void {
    this.field?.focus(options);
  }

  /** Shows one of the two fields and moves the focus there. */
  async write(kind: DraftKind): Promise<void> {
    this.#showKind(kind);
    await this.updateComplete;
    this.field?.focus();
  }

  #renderPanel(kind: DraftKind): TemplateResult {
    const text = this.#current[kind];
    const hidden = this.#current.kind !== kind;
    const { suggestions, writing, enterHint } = this.#tools;
    const marks = hidden ? [] : marksOf(text, this.#nameable);
    return html`<div
      class="panel"
      role="tabpanel"
      id="panel-${kind}"
      aria-labelledby="tab-${kind}"
      ?hidden=${hidden}
    >
      ${renderMarks(text, marks)}
      <textarea
        part="field"
        rows="1"
        ?hidden=${hidden}
        aria-label=${this.#l.term(`composer.${kind}`)}
        aria-describedby="limit"
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls=${suggestions.listboxId ?? nothing}
        aria-activedescendant=${suggestions.activeId ?? nothing}
        placeholder=${this.#l.term(`composer.placeholder.${kind}`)}
        dir=${text === '' ? nothing : 'auto'}
        enterkeyhint=${enterHint}
        @input=${this.#onInput}
        @keydown=${writing.onKeydown}
        @keyup=${suggestions.onCaret}
        @click=${suggestions.onCaret}
        @scroll=${scrollMarks}
        @paste=${writing.onPaste}
        @blur=${this.#onBlur}
      ></textarea>
    </div>`;
  }

  #renderHeld(kind: DraftKind): TemplateResult | typeof nothing {
    const l = this.#l.now;
    if (this.#waiting.value?.[kind]) {
      return renderWaiting({ failed: !this.#files.busy, onCancel: this.#onCancelWaiting }, l);
    }
    const names = kind === 'reply' ? openVariables(this.#current.reply) : [];
    return names.length > 0 ? renderOpenVariables({ names, onAnyway: this.#onAnyway }, l) : nothing;
  }

  override render(): TemplateResult | typeof nothing {
    void this.#selected.value;
    if (!this.#agent.conversation) return nothing;
    const l = this.#l.now;
    const removed = this.#removed.value ?? false;
    if (removed || this.#conversation.value?.live === false) return renderEnded(removed, l);
    const { kind } = this.#current;
    const left = limits.messageLength - this.#current[kind].length;
    const email = this.#conversation.value?.channel === 'email';
    const obstacle = this.#obstacle;
    return html`<div
        class="box ${kind} ${this.#files.over ? 'dropping' : ''}"
        part="base"
        dir=${l.dir}
        data-drop=${l.term('files.drop')}
      >
        ${renderTabs({ kind, onTab: this.#onTab, onKeydown: this.#onTabKeydown }, l)}
        ${this.#tools.offline.render(l)} ${renderNotes(this.#situation, l)}
        ${kinds.map((one) => this.#renderPanel(one))} ${this.#files.renderList()}
        ${this.#renderHeld(kind)}
        <div class="bar">
          <div class="adds">
            ${this.#files.renderButton(l)} ${this.#tools.renderButtons(l, { templates: email })}
          </div>
          ${renderToolbar(l, this.#tools.writing.onTool)}
          <slot name="tools"></slot>
          <p class="limit ${left < 0 ? 'over' : ''}" id="limit" role="status">
            ${
              left >= warnBefore
                ? nothing
                : l.term(left < 0 ? 'composer.over' : 'composer.left', Math.abs(left))
            }
          </p>
          <button
            type="button"
            class="send"
            part="send"
            aria-disabled=${obstacle || !this.#me.value ? 'true' : nothing}
            aria-describedby=${obstacle ?? nothing}
            @click=${this.#onSend}
          >
            ${l.term('composer.send')}
          </button>
        </div>
      </div>
      ${this.#tools.renderFloating(l)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-composer': ConvComposer;
  }
  interface HTMLElementEventMap {
    'conv-before-message-send': CustomEvent<MessageSend>;
    'conv-message-sent': CustomEvent<MessageSend>;
  }
}
