import {
  html,
  LitElement,
  nothing,
  type CSSResultGroup,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { LocalizeController, StoreController } from '../../context/index.js';
import type { ChannelFilter, ConversationState } from '../../domain/index.js';
import { inboxEnglish } from '../../i18n/inbox.js';
import type { ErrorCode } from '../../protocol/index.js';
import type { AgentClient, Card, List, ListStore } from '../../store/agent-client.js';
import { AgentController } from '../shared/agent-controller.js';
import { ClockController } from '../shared/clock-controller.js';
import { customElement } from '../shared/custom-element.js';
import { emit } from '../shared/events.js';
import { sortIcon } from '../shared/icons.js';
import { codeOf } from '../shared/shown-error.js';
import { baseStyles, buttonStyles } from '../shared/styles.js';
import { renderCard, type CardContext } from './card.js';
import { styles } from './conv-list.styles.js';
import { renderFilters } from './filters.js';
import { renderBones, renderEmpty, renderError, renderFault } from './states.js';
import { RovingController } from '../shared/roving-controller.js';
import { SteadyOrder } from './steady-order.js';

/** How near its end, in px, the list asks for more. */
const moreZone = 600;

/** Of `conv-conversation-opened`, `conv-before-conversation-close` and `conv-conversation-closed`. */
export interface ConversationRef {
  conversationId: string;
}

/**
 * @summary The conversations of one view, live, with filters and an order.
 *
 * @slot start - Before the heading, such as the agent's status.
 * @slot actions - After the heading.
 *
 * @csspart header - Heading and filters.
 * @csspart heading - The view's name.
 * @csspart card - One conversation.
 * @csspart close - The check mark that closes a conversation.
 * @csspart note - Says that there is no connection.
 *
 * @event {CustomEvent<ConversationRef>} conv-conversation-opened - The agent chose a conversation.
 * @event {CustomEvent<ConversationRef>} conv-before-conversation-close - Cancelable: comes before a conversation is closed.
 * @event {CustomEvent<ConversationRef>} conv-conversation-closed - The server closed a conversation for the agent.
 *
 * @dependency conv-avatar
 * @dependency conv-dot
 */
@customElement('conv-list')
export class ConvList extends LitElement {
  static override styles: CSSResultGroup = [baseStyles, buttonStyles, styles];

  #agent = new AgentController(this);
  #l = new LocalizeController(this, inboxEnglish);
  #view = new StoreController(this, () => this.#agent.selection.$view);
  #selected = new StoreController(this, () => this.#agent.selection.$conversationId);
  #list = new StoreController(this, () => this.#store?.$list);
  #agents = new StoreController(this, () => this.#agent.client?.$agents);
  #me = new StoreController(this, () => this.#agent.client?.$me);
  #connection = new StoreController(this, () => this.#agent.client?.$connection);
  #steady = new SteadyOrder(this);
  #roving = new RovingController(this, {
    items: () => [...(this.shadowRoot?.querySelectorAll<HTMLElement>('.card[data-id]') ?? [])],
    preferred: () => this.#selected.value ?? null,
  });
  #shownStore: ListStore | undefined;
  #held: string | null = null;

  @query('.scroller') private scroller!: HTMLElement | null;

  @state() private fault: ErrorCode | null = null;

  /** What to work on instead of the nearest provider's client. */
  @property({ attribute: false }) client: AgentClient | undefined;

  constructor() {
    super();
    new ClockController(this);
  }

  get #store(): ListStore | undefined {
    return this.#agent.client?.list(this.#agent.selection.$view.get());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#hold(null);
  }

  protected override willUpdate(): void {
    const store = this.#store;
    if (store !== this.#shownStore) {
      this.#hold(null);
      this.#steady.reset();
      this.#shownStore = store;
      this.fault = null;
      if (this.scroller) this.scroller.scrollTop = 0;
    }
    this.#holdSelected();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#loadMoreNearEnd();
  }

  /** The card of what is open stays until something else is, if it was in this view (S3.14). */
  #holdSelected(): void {
    const selected = this.#selected.value ?? null;
    if (selected === this.#held) return;
    const inView = this.#list.value?.cards.some((card) => card.conversation.id === selected);
    this.#hold(inView ? selected : null);
  }

  #hold(id: string | null): void {
    if (id === this.#held) return;
    this.#held = id;
    this.#shownStore?.hold(id);
  }

  #loadMoreNearEnd(): void {
    const list = this.#list.value;
    const { scroller } = this;
    if (!scroller || list?.status !== 'ready' || !list.more || list.loadingMore) return;
    const below = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    if (below < moreZone) this.#store?.loadMore();
  }

  readonly #onScroll = (): void => this.#loadMoreNearEnd();

  readonly #onOpen = (event: Event): void => {
    const id = (event.currentTarget as HTMLElement).dataset['id'];
    if (id === undefined) return;
    this.#agent.selection.showConversation(id);
    emit<ConversationRef>(this, 'conv-conversation-opened', { conversationId: id });
  };

  readonly #onClose = async (event: Event): Promise<void> => {
    const conversationId = (event.currentTarget as HTMLElement).dataset['id'];
    const client = this.#agent.client;
    if (conversationId === undefined || !client) return;
    const detail: ConversationRef = { conversationId };
    if (!emit(this, 'conv-before-conversation-close', detail, { cancelable: true })) return;
    this.#steady.release();
    this.fault = null;
    try {
      await client.conversation(conversationId).close();
      emit(this, 'conv-conversation-closed', detail);
    } catch (error) {
      this.fault = codeOf(error);
    }
  };

  readonly #onChannel = (event: Event): void => {
    const channel = (event.target as HTMLSelectElement).value as ChannelFilter;
    this.#agent.selection.showView({ channel });
  };

  readonly #onState = (event: Event): void => {
    const state = (event.target as HTMLSelectElement).value as ConversationState;
    this.#agent.selection.showView({ state });
  };

  readonly #onSort = (): void => {
    const order = this.#agent.selection.$view.get().order === 'newest' ? 'oldest' : 'newest';
    this.#agent.selection.showView({ order });
  };

  readonly #onRetry = (): void => this.#store?.retry();

  readonly #onConnect = (): void => this.#agent.client?.connect();

  /** Moves the focus to the open conversation's card, else to the first. */
  override focus(options?: FocusOptions): void {
    this.shadowRoot?.querySelector<HTMLElement>('.card[tabindex="0"]')?.focus(options);
  }

  #renderCards(list: List): TemplateResult {
    const l = this.#l.now;
    const cards = this.#steady.arrange(list.cards);
    const ids = cards.map((card) => card.conversation.id);
    const context: CardContext = {
      l,
      agents: this.#agents.value ?? new Map(),
      me: this.#me.value?.id ?? null,
      now: this.#agent.client?.now() ?? Date.now(),
      selected: this.#selected.value ?? null,
      tabStop: this.#roving.stop(ids),
      onOpen: this.#onOpen,
      onClose: this.#onClose,
    };
    return html`<ul
        role="list"
        aria-label=${l.term('list.label')}
        @focusin=${this.#roving.onFocusin}
        @keydown=${this.#roving.onKeydown}
        @pointermove=${this.#steady.onPointermove}
        @pointerleave=${this.#steady.release}
      >
        ${repeat(
          cards,
          (card: Card) => card.conversation.id,
          (card: Card) => html`<li>${renderCard(card, context)}</li>`,
        )}
      </ul>
      ${
        list.loadingMore
          ? html`<p class="note" role="status">${l.term('list.loadingMore')}</p>`
          : nothing
      }`;
  }

  #renderBody(): unknown {
    const l = this.#l.now;
    const list = this.#list.value;
    const view = this.#view.value;
    if (list?.status === 'error' && list.cards.length === 0) {
      return renderError(list.error?.code ?? 'internal', l, this.#onRetry);
    }
    if (!list || !view || (list.status === 'loading' && list.cards.length === 0)) {
      const refusal = this.#connection.value?.code;
      return refusal ? renderError(refusal, l, this.#onConnect) : renderBones(l);
    }
    if (list.cards.length === 0) return renderEmpty(view, l);
    return this.#renderCards(list);
  }

  override render(): TemplateResult {
    const l = this.#l.now;
    const view = this.#view.value;
    const offline = this.#connection.value?.state === 'reconnecting';
    return html`<header part="header" dir=${l.dir}>
        <div class="title">
          <slot name="start"></slot>
          <h2 part="heading">${view ? l.term(`nav.${view.name}`) : nothing}</h2>
          <slot name="actions"></slot>
        </div>
        <div class="filters">
          ${view ? renderFilters(view, l, this.#onChannel, this.#onState) : nothing}
          <button
            type="button"
            class="icon-button sort ${view?.order ?? ''}"
            aria-label=${l.term(`list.order.${view?.order ?? 'newest'}`)}
            title=${l.term(`list.order.${view?.order ?? 'newest'}`)}
            @click=${this.#onSort}
          >
            ${sortIcon()}
          </button>
        </div>
      </header>
      ${offline ? html`<p class="note" part="note">${l.term('list.offline')}</p>` : nothing}
      ${renderFault(this.fault, l)}
      <div class="scroller" dir=${l.dir} @scroll=${this.#onScroll}>${this.#renderBody()}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-list': ConvList;
  }
  interface HTMLElementEventMap {
    'conv-conversation-opened': CustomEvent<ConversationRef>;
    'conv-before-conversation-close': CustomEvent<ConversationRef>;
    'conv-conversation-closed': CustomEvent<ConversationRef>;
  }
}
