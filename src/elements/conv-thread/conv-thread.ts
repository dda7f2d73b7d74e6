import { ContextProvider } from '@lit/context';
import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import {
  LocalizeController,
  nestSelection,
  selectionContext,
  StoreController,
} from '../../context/index.js';
import { inboxEnglish } from '../../i18n/inbox.js';
import type { ErrorCode } from '../../protocol/index.js';
import type { AgentClient } from '../../store/agent-client.js';
import type { Thread } from '../../store/thread-item.js';
import { AgentController } from '../shared/agent-controller.js';
import { ConvAvatar } from '../conv-avatar/conv-avatar.js';
import { ConvMessage } from '../conv-message/conv-message.js';
import { ClockController } from '../shared/clock-controller.js';
import { customElement } from '../shared/custom-element.js';
import { buttonToneStyles } from '../shared/button-tones.styles.js';
import { renderQuestion } from '../shared/confirm-dialog.js';
import { dialogStyles } from '../shared/dialog.styles.js';
import { menuStyles } from '../shared/menu.styles.js';
import type { ShownRow } from '../shared/row-window.js';
import { codeOf } from '../shared/shown-error.js';
import { baseStyles, buttonStyles } from '../shared/styles.js';
import type { ThreadRow } from '../shared/thread-rows.js';
import { Announcer } from './announcer.js';
import { renderBlockDialog } from './block-dialog.js';
import { headerStyles } from './conv-thread.header.styles.js';
import { rowStyles } from './conv-thread.rows.styles.js';
import { styles } from './conv-thread.styles.js';
import type {
  ContactBlocked,
  ConversationAssigned,
  ConversationGrouped,
  ThreadRef,
} from './events.js';
import { renderGroupsDialog } from './groups-dialog.js';
import { HeaderActs } from './header-acts.js';
import { contactName, renderHeader, type HeaderContext } from './header.js';
import { LogController } from './log-controller.js';
import { MessageActs } from './message-acts.js';
import { renderMailbox, renderNotes } from './notes.js';
import { prepareThread } from './prepare.js';
import { renderRow, type RowContext } from './render-rows.js';
import {
  renderBones,
  renderError,
  renderLatest,
  renderNone,
  renderPresence,
  renderRemoved,
} from './states.js';

export type { ContactBlocked, ConversationAssigned, ConversationGrouped, ThreadRef };

/**
 * @summary One conversation: who it is with, its messages, live, and what can be done with it.
 *
 * @slot header-start - Before the contact's picture, such as a way back.
 * @slot actions - Among the actions of the header.
 * @slot header-end - After the actions.
 * @slot composer - Below the messages; shown while a conversation is.
 * @slot none - Replaces what is said while no conversation is chosen.
 *
 * @csspart header - Contact and actions.
 * @csspart heading - The contact's name.
 * @csspart close - The button that closes or reopens the conversation.
 * @csspart menu - The menu of agents or groups while it is open.
 * @csspart log - The scrolling messages.
 * @csspart message - One message with its meta line.
 * @csspart meta - Author, time and delivery state.
 * @csspart divider - The day, or where new messages begin.
 * @csspart note - Says that there is no connection, that the contact is blocked, or where answers arrive.
 * @csspart offline - The note that there is no connection.
 * @csspart latest - The button that goes to the latest message.
 *
 * @cssproperty [--conv-thread-bubble-in] - Ground of the other side's bubbles.
 *
 * @event {CustomEvent<ThreadRef>} conv-before-conversation-close - Cancelable: comes before it is closed.
 * @event {CustomEvent<ThreadRef>} conv-conversation-closed - The server closed it for the agent.
 * @event {CustomEvent<ThreadRef>} conv-conversation-reopened - The server opened it again for the agent.
 * @event {CustomEvent<ConversationAssigned>} conv-conversation-assigned - The server took the chosen assignees.
 * @event {CustomEvent<ConversationGrouped>} conv-conversation-grouped - The server took the chosen group.
 * @event {CustomEvent<ThreadRef>} conv-before-conversation-delete - Cancelable: comes before it is deleted.
 * @event {CustomEvent<ThreadRef>} conv-conversation-deleted - The server deleted it for the agent.
 * @event {CustomEvent<ContactBlocked>} conv-contact-blocked - The server blocked the contact, or lifted that.
 *
 * @dependency conv-avatar
 * @dependency conv-groups
 * @dependency conv-message
 */
@customElement('conv-thread')
export class ConvThread extends LitElement {
  static override styles: CSSResultGroup = [
    baseStyles,
    buttonStyles,
    buttonToneStyles,
    menuStyles,
    dialogStyles,
    styles,
    headerStyles,
    rowStyles,
  ];

  #agent = new AgentController(this);
  #l = new LocalizeController(this, inboxEnglish);
  #selected = new StoreController(this, () => this.#agent.selection.$conversationId);
  #thread = new StoreController(this, () => this.#agent.conversation?.$thread);
  #conversation = new StoreController(this, () => this.#agent.conversation?.$conversation);
  #contact = new StoreController(this, () => this.#agent.conversation?.$contact);
  #visit = new StoreController(this, () => this.#agent.conversation?.$visit);
  #typing = new StoreController(this, () => this.#agent.conversation?.$typing);
  #viewers = new StoreController(this, () => this.#agent.conversation?.$viewers);
  #agents = new StoreController(this, () => this.#agent.client?.$agents);
  #groups = new StoreController(this, () => this.#agent.client?.$groups);
  #mail = new StoreController(this, () => this.#agent.client?.$mail);
  #removed = new StoreController(this, () => this.#agent.conversation?.$removed);
  #me = new StoreController(this, () => this.#agent.client?.$me);
  #connection = new StoreController(this, () => this.#agent.client?.$connection);
  #slotted = nestSelection(() => this.#agent.selection);
  #announcer = new Announcer();
  #header = new HeaderActs(this, {
    conversation: () => this.#agent.conversation,
    shown: () => this.#conversation.value ?? null,
    me: () => this.#me.value?.id ?? null,
    onRemoved: () => void this.#onRemoved(),
  });
  #acts = new MessageActs(this, () => this.#agent.conversation);
  #log = new LogController(this, {
    conversation: () => this.#agent.conversation,
    thread: () => this.#thread.value,
    acts: this.#acts,
  });
  #shownId: string | null = null;
  #client: AgentClient | undefined;

  @state() private fault: ErrorCode | null = null;

  /** Shows this conversation instead of the selected one. */
  @property({ attribute: 'conversation-id' }) conversationId: string | undefined;

  /** What to work on instead of the nearest provider's client. */
  @property({ attribute: false }) client: AgentClient | undefined;

  constructor() {
    super();
    new ClockController(this);
    // A composer in the slot writes to the conversation above it, whatever else is selected.
    new ContextProvider(this, { context: selectionContext, initialValue: this.#slotted });
  }

  protected override willUpdate(): void {
    const id = this.#agent.conversationId;
    this.#slotted.show(id);
    if (id !== this.#shownId || this.#agent.client !== this.#client) {
      this.#shownId = id;
      this.#client = this.#agent.client;
      this.#announcer.reset();
      this.#log.reset();
      this.#acts.reset();
      this.#header.reset();
      this.fault = null;
    }
    const thread = this.#thread.value;
    if (thread) this.#announcer.follow(thread, this.#l.now);
  }

  /** Nothing is left to look at; the focus must be somewhere. */
  async #onRemoved(): Promise<void> {
    const { selection } = this.#agent;
    if (selection.$conversationId.get() === this.#shownId) selection.showConversation(null);
    await this.updateComplete;
    this.shadowRoot?.querySelector<HTMLElement>('.state')?.focus();
  }

  readonly #onRetryEmail = async (event: Event): Promise<void> => {
    const { id } = (event.currentTarget as HTMLElement).dataset;
    this.#log.scroller?.focus({ preventScroll: true });
    this.fault = null;
    try {
      if (id) await this.#agent.conversation?.retryEmail(id);
    } catch (error) {
      this.fault = codeOf(error);
    }
  };

  readonly #onRetry = (event: Event): void => {
    const key = (event.currentTarget as HTMLElement).dataset['key'];
    if (key !== undefined) this.#agent.conversation?.retry(key);
    this.#log.scroller?.focus({ preventScroll: true });
  };

  readonly #onDiscard = (event: Event): void => {
    const key = (event.currentTarget as HTMLElement).dataset['key'];
    if (key !== undefined) this.#agent.conversation?.discard(key);
    this.#log.scroller?.focus({ preventScroll: true });
  };

  /** Where nothing hovers, a tap on one's own message shows what can be done with it. */
  readonly #onTap = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse') return;
    const line = event.currentTarget as HTMLElement;
    line.querySelector<HTMLElement>('.edit-act')?.focus({ preventScroll: true });
  };

  readonly #onReload = (): void => this.#agent.conversation?.reload();

  readonly #onConnect = (): void => this.#agent.client?.connect();

  /** Moves the focus to the conversation's heading. */
  override focus(options?: FocusOptions): void {
    this.shadowRoot?.querySelector<HTMLElement>('h2')?.focus(options);
  }

  /** Closes the conversation, or opens a closed one again. */
  async closeOrReopen(): Promise<void> {
    if (this.#conversation.value?.live) await this.#header.onCloseOrReopen();
  }

  /** Opens the menu of agents to whom it can be assigned. */
  showAgents(): void {
    if (this.#conversation.value?.live) void this.#header.agents.show('first');
  }

  #renderLog(thread: Thread): TemplateResult {
    const l = this.#l.now;
    const shown = this.#log.window.show(this.#log.rows);
    const context: RowContext = {
      l,
      now: this.#agent.client?.now() ?? Date.now(),
      lastOwn: thread.items.findLast((item) => item.own && item.kind === 'reply')?.key ?? null,
      size: this.#log.whole ? this.#log.rows.length : -1,
      fresh: new Set(this.#announcer.lines.map((line) => line.key)),
      stop: this.#log.stop(shown),
      acts: this.#acts,
      source: this.#agent.conversation,
      onRetry: this.#onRetry,
      onDiscard: this.#onDiscard,
      onTap: this.#onTap,
      onRetryEmail: this.#onRetryEmail,
      agents: this.#agents.value ?? new Map(),
      contact: this.#contact.value ?? null,
    };
    const empty = thread.items.length === 0;
    const unseen = this.#log.unseen(thread.items);
    return html`<div class="body">
      <div
        class="scroller"
        part="log"
        role="region"
        tabindex="0"
        aria-label=${l.term(this.#conversation.value?.live === false ? 'thread.earlierLog' : 'thread.log')}
        dir=${l.dir}
        @scroll=${this.#log.window.onScroll}
        @focusin=${this.#log.roving.onFocusin}
        @keydown=${this.#log.roving.onKeydown}
      >
        ${
          thread.loadingOlder
            ? html`<p class="older">${l.term('thread.loadingOlder')}</p>`
            : nothing
        }
        ${
          empty
            ? html`<div class="state"><p>${l.term('thread.empty')}</p></div>`
            : html`<ol class="rows" role="list">
                ${repeat(
                  shown,
                  (row: ShownRow<ThreadRow>) => row.key,
                  (row: ShownRow<ThreadRow>) => renderRow(row, context),
                )}
              </ol>`
        }
      </div>
      ${this.#log.window.atEdge ? nothing : renderLatest(unseen, l, this.#log.onLatest)}
    </div>`;
  }

  #renderThread(thread: Thread | undefined): TemplateResult {
    const l = this.#l.now;
    if (this.#removed.value) return renderRemoved(l);
    if (thread?.status === 'error' && thread.items.length === 0) {
      return renderError(thread.error?.code ?? 'internal', l, this.#onReload);
    }
    if (!thread || (thread.status === 'loading' && thread.items.length === 0)) {
      const refusal = this.#connection.value?.code;
      return refusal ? renderError(refusal, l, this.#onConnect) : renderBones(l);
    }
    const conversation = this.#conversation.value ?? null;
    const agents = this.#agents.value ?? new Map();
    const viewers = (this.#viewers.value ?? []).flatMap((id) => agents.get(id)?.name ?? []);
    return html`${this.#renderLog(thread)} ${renderPresence(this.#typing.value ?? [], viewers, l)}
    ${renderMailbox(conversation, this.#mail.value ?? null, l)}
    ${
      conversation?.live === false
        ? nothing
        : html`<div class="foot"><slot name="composer"></slot></div>`
    }`;
  }

  #renderHeader(): unknown {
    const conversation = this.#conversation.value;
    const l = this.#l.now;
    if (!conversation || this.#removed.value) {
      return html`<div class="header" part="header" dir=${l.dir}>
        <slot name="header-start"></slot><span class="who"></span><slot name="header-end"></slot>
      </div>`;
    }
    const context: HeaderContext = {
      l,
      conversation,
      contact: this.#contact.value ?? null,
      visit: this.#visit.value ?? null,
      agents: this.#agents.value ?? new Map(),
      groups: this.#groups.value ?? [],
      me: this.#me.value?.id ?? null,
      acts: this.#header,
    };
    const question = {
      title: l.term('thread.delete.ask'),
      text: l.term('thread.delete.text', contactName(context)),
      act: l.term('thread.delete.now'),
      onYes: this.#header.onDeleteNow,
    };
    return html`${renderHeader(context)} ${renderBlockDialog(this.#header, l)}
    ${renderQuestion(this.#header.deleting, question, l)}
    ${renderGroupsDialog(this.#header.editing, this.#agent.client, l)}`;
  }

  override render(): TemplateResult {
    const l = this.#l.now;
    void this.#selected.value;
    const offline = this.#connection.value?.state === 'reconnecting';
    const live = html`<div class="visually-hidden" aria-live="polite" aria-relevant="additions">
      ${repeat(
        this.#announcer.lines,
        (line) => line.key,
        (line) => html`<p>${line.text}</p>`,
      )}
    </div>`;
    if (this.#agent.conversationId === null) return html`${live}${renderNone(l)}`;
    const notes = {
      offline,
      fault: this.#header.fault ?? this.fault,
      conversation: this.#conversation.value ?? null,
      contact: this.#contact.value ?? null,
    };
    return html`${live}${this.#renderHeader()}${renderNotes(notes, l)}
    ${this.#renderThread(this.#thread.value)}`;
  }
}

prepareThread(ConvThread, ConvMessage, ConvAvatar);

declare global {
  interface HTMLElementTagNameMap {
    'conv-thread': ConvThread;
  }
  interface HTMLElementEventMap {
    'conv-conversation-reopened': CustomEvent<ThreadRef>;
    'conv-conversation-assigned': CustomEvent<ConversationAssigned>;
    'conv-conversation-grouped': CustomEvent<ConversationGrouped>;
    'conv-contact-blocked': CustomEvent<ContactBlocked>;
  }
}
