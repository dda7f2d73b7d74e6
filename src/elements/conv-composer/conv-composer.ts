import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { LocalizeController, StoreController } from '../../context/index.js';
import { inboxEnglish } from '../../i18n/inbox.js';
import type { Attachment } from '../../domain/index.js';
import { limits } from '../../protocol/index.js';
import type { AgentClient, Draft } from '../../store/agent-client.js';
import { AgentController } from '../shared/agent-controller.js';
import { customElement } from '../shared/custom-element.js';
import { emit } from '../shared/events.js';
import { lockIcon } from '../shared/icons.js';
import { baseStyles } from '../shared/styles.js';
import { ComposerFiles } from './composer-files.js';
import { styles } from './conv-composer.styles.js';
import { formatEdit, pasteEdit, type Edit, type Format } from './markdown-edit.js';
import { formatOfKey, renderToolbar } from './toolbar.js';

export type DraftKind = Draft['kind'];

const kinds: readonly DraftKind[] = ['reply', 'comment'];

/** So many characters before the limit it begins to be told. */
const warnBefore = 400;

/** Of `conv-before-message-send` and `conv-message-sent`. */
export interface MessageSend {
  conversationId: string;
  kind: DraftKind;
  /** As written: markdown; may be empty where there are files. */
  text: string;
  /** Files that go with it. */
  attachments: readonly Attachment[];
}

/**
 * @summary Where an agent writes a reply to the contact, or a comment that only agents see.
 *
 * Drafts are kept per conversation. Enter sends, Shift+Enter breaks the line. Files are attached by
 * button, by pasting, and by dropping them anywhere on the thread; a message waits for them.
 *
 * @slot tools - After the formatting buttons.
 *
 * @csspart base - The box; amber while a comment is written.
 * @csspart tab - `Reply` or `Comment`.
 * @csspart field - The text field.
 * @csspart tool - One formatting button.
 * @csspart attach - The button `Attach files`.
 * @csspart file - One file that goes with the message.
 * @csspart send - The button that sends.
 *
 * @event {CustomEvent<MessageSend>} conv-before-message-send - Cancelable: comes before a message is sent; the text stays when cancelled.
 * @event {CustomEvent<MessageSend>} conv-message-sent - A message was handed to the outbox.
 *
 * @dependency conv-uploads
 */
@customElement('conv-composer')
export class ConvComposer extends LitElement {
  static override styles: CSSResultGroup = [baseStyles, styles];

  #agent = new AgentController(this);
  #l = new LocalizeController(this, inboxEnglish);
  #selected = new StoreController(this, () => this.#agent.selection.$conversationId);
  #me = new StoreController(this, () => this.#agent.client?.$me);
  #draft = new StoreController(this, () => this.#agent.conversation?.$draft);
  #files = new ComposerFiles(this, {
    uploads: () => this.#agent.conversation?.uploads(this.#current.kind) ?? null,
    focusField: () => this.focus(),
  });
  #shownId: string | null = null;
  /** The conversation that was told that somebody types. */
  #typingIn: { id: string; kind: DraftKind } | null = null;

  @query('textarea:not([hidden])') private field!: HTMLTextAreaElement | null;

  /** Writes to this conversation instead of the selected one. */
  @property({ attribute: 'conversation-id' }) conversationId: string | undefined;

  /** What to work on instead of the nearest provider's client. */
  @property({ attribute: false }) client: AgentClient | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopTyping();
  }

  protected override willUpdate(): void {
    const id = this.#agent.conversationId;
    if (id === this.#shownId) return;
    this.#stopTyping();
    this.#shownId = id;
  }

  protected override updated(): void {
    const { field } = this;
    if (!field) return;
    const { kind } = this.#current;
    // A draft that came from elsewhere; what is being typed equals its draft already.
    if (field.value !== this.#current[kind]) field.value = this.#current[kind];
    this.#fit(field);
  }

  get #current(): Draft {
    return this.#draft.value ?? { kind: 'reply', reply: '', comment: '' };
  }

  /** Grows with the text where CSS alone cannot. */
  #fit(field: HTMLTextAreaElement): void {
    if (CSS.supports('field-sizing', 'content')) return;
    field.style.blockSize = 'auto';
    field.style.blockSize = `${field.scrollHeight}px`;
  }

  #startTyping(): void {
    const conversation = this.#agent.conversation;
    if (!conversation) return;
    const { kind } = this.#current;
    this.#typingIn = { id: conversation.id, kind };
    conversation.setTyping(kind, true);
  }

  #stopTyping(): void {
    const typing = this.#typingIn;
    this.#typingIn = null;
    if (typing) this.#agent.client?.conversation(typing.id).setTyping(typing.kind, false);
  }

  #showKind(kind: DraftKind): void {
    if (kind === this.#current.kind) return;
    this.#stopTyping();
    this.#agent.conversation?.setDraft({ kind });
  }

  /** Changes the field as if it had been typed, so that it can be undone. */
  #edit(edit: Edit): void {
    const { field } = this;
    if (!field) return;
    field.focus();
    field.setSelectionRange(edit.from, edit.to);
    // The one way that keeps the field's own undo; it is refused where nothing may be typed.
    const done = document.execCommand(
      edit.insert === '' ? 'delete' : 'insertText',
      false,
      edit.insert,
    );
    if (!done) {
      field.setRangeText(edit.insert, edit.from, edit.to, 'end');
      this.#onInput();
    }
    field.setSelectionRange(edit.start, edit.end);
  }

  #format(format: Format): void {
    const { field } = this;
    if (!field) return;
    this.#edit(
      formatEdit(format, {
        text: field.value,
        start: field.selectionStart,
        end: field.selectionEnd,
      }),
    );
  }

  #send(): void {
    const conversation = this.#agent.conversation;
    const { field } = this;
    if (!conversation || !field) return;
    const { kind } = this.#current;
    const text = field.value.trim();
    const { attachments, busy } = this.#files;
    const empty = text === '' && attachments.length === 0;
    if (empty || busy || !this.#me.value || field.value.length > limits.messageLength) {
      field.focus();
      return;
    }
    const detail: MessageSend = { conversationId: conversation.id, kind, text, attachments };
    if (!emit(this, 'conv-before-message-send', detail, { cancelable: true })) return;
    this.#stopTyping();
    if (!conversation.send(kind, text, attachments)) return field.focus();
    this.#files.take();
    conversation.setDraft({ [kind]: '' });
    emit(this, 'conv-message-sent', detail);
    field.focus();
  }

  readonly #onInput = (): void => {
    const { field } = this;
    if (!field) return;
    this.#agent.conversation?.setDraft({ [this.#current.kind]: field.value });
    if (field.value.trim() === '') this.#stopTyping();
    else this.#startTyping();
    this.#fit(field);
  };

  readonly #onFieldKeydown = (event: KeyboardEvent): void => {
    // 229: Safari ends a composition before it tells the Enter that ended it.
    if (event.isComposing || event.keyCode === 229) return;
    const format = formatOfKey(event);
    if (format) {
      event.preventDefault();
      this.#format(format);
    } else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      this.#send();
    }
  };

  readonly #onPaste = (event: ClipboardEvent): void => {
    if (this.#files.paste(event)) return;
    const field = event.currentTarget as HTMLTextAreaElement;
    const edit = pasteEdit(event.clipboardData?.getData('text/plain') ?? '', {
      text: field.value,
      start: field.selectionStart,
      end: field.selectionEnd,
    });
    if (!edit) return;
    event.preventDefault();
    this.#edit(edit);
  };

  readonly #onBlur = (): void => this.#stopTyping();

  readonly #onSend = (): void => this.#send();

  readonly #onTool = (event: Event): void => {
    this.#format((event.currentTarget as HTMLElement).dataset['format'] as Format);
  };

  readonly #onTab = async (event: Event): Promise<void> => {
    this.#showKind((event.currentTarget as HTMLElement).dataset['kind'] as DraftKind);
    await this.updateComplete;
    // A pointer that chose a tab means to write; keys stay on the tabs.
    if (event instanceof PointerEvent && event.detail > 0) this.field?.focus();
  };

  readonly #onTabKeydown = async (event: KeyboardEvent): Promise<void> => {
    if (!['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) return;
    event.preventDefault();
    const other = this.#current.kind === 'reply' ? 'comment' : 'reply';
    const to = { Home: 'reply', End: 'comment' }[event.key] ?? other;
    this.#showKind(to as DraftKind);
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

  #renderTab(kind: DraftKind): TemplateResult {
    const selected = this.#current.kind === kind;
    return html`<button
      type="button"
      role="tab"
      part="tab"
      id="tab-${kind}"
      data-kind=${kind}
      aria-selected=${selected ? 'true' : 'false'}
      aria-controls="panel-${kind}"
      tabindex=${selected ? 0 : -1}
      @click=${this.#onTab}
      @keydown=${this.#onTabKeydown}
    >
      ${this.#l.term(`composer.${kind}`)}
    </button>`;
  }

  #renderPanel(kind: DraftKind): TemplateResult {
    const hidden = this.#current.kind !== kind;
    return html`<div
      role="tabpanel"
      id="panel-${kind}"
      aria-labelledby="tab-${kind}"
      ?hidden=${hidden}
    >
      <textarea
        part="field"
        rows="1"
        ?hidden=${hidden}
        aria-label=${this.#l.term(`composer.${kind}`)}
        aria-describedby="limit"
        placeholder=${this.#l.term(`composer.placeholder.${kind}`)}
        dir=${this.#current[kind] === '' ? nothing : 'auto'}
        enterkeyhint="send"
        @input=${this.#onInput}
        @keydown=${this.#onFieldKeydown}
        @paste=${this.#onPaste}
        @blur=${this.#onBlur}
      ></textarea>
    </div>`;
  }

  override render(): TemplateResult | typeof nothing {
    void this.#selected.value;
    if (!this.#agent.conversation) return nothing;
    const l = this.#l.now;
    const { kind } = this.#current;
    const left = limits.messageLength - this.#current[kind].length;
    const { busy, over } = this.#files;
    return html`<div
      class="box ${kind} ${over ? 'dropping' : ''}"
      part="base"
      dir=${l.dir}
      data-drop=${l.term('files.drop')}
    >
      <div class="tabs">
        <div role="tablist" class="tablist" aria-label=${l.term('composer.label')}>
          ${kinds.map((one) => this.#renderTab(one))}
        </div>
        ${
          kind === 'comment'
            ? html`<span class="privacy">${lockIcon()} ${l.term('composer.private')}</span>`
            : nothing
        }
      </div>
      ${kinds.map((one) => this.#renderPanel(one))} ${this.#files.renderList()}
      <div class="bar">
        ${this.#files.renderButton(l)} ${renderToolbar(l, this.#onTool)}
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
          aria-disabled=${left < 0 || busy || !this.#me.value ? 'true' : nothing}
          aria-describedby=${left < 0 ? 'limit' : busy ? 'wait' : nothing}
          @click=${this.#onSend}
        >
          ${l.term('composer.send')}
        </button>
        ${
          busy
            ? html`<span id="wait" class="visually-hidden">${l.term('files.wait')}</span>`
            : nothing
        }
      </div>
    </div>`;
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
