import {
  html,
  LitElement,
  nothing,
  type CSSResultGroup,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { LocalizeController, StoreController } from '../../context/index.js';
import type { ChannelFilter, ConversationState, ViewName } from '../../domain/index.js';
import { inboxEnglish } from '../../i18n/inbox.js';
import type { AgentClient, Card, ListStore, SearchResult } from '../../store/agent-client.js';
import { AgentController } from '../shared/agent-controller.js';
import { ClockController } from '../shared/clock-controller.js';
import { buttonToneStyles } from '../shared/button-tones.styles.js';
import { customElement } from '../shared/custom-element.js';
import { dialogStyles } from '../shared/dialog.styles.js';
import { emit } from '../shared/events.js';
import { HostView } from '../shared/host-view.js';
import { selectIcon } from '../shared/icons.js';
import { RowWindow, type ShownRow } from '../shared/row-window.js';
import { baseStyles, buttonStyles } from '../shared/styles.js';
import { renderCard, type CardContext } from './card.js';
import { cardStyles } from './card.styles.js';
import { styles } from './conv-list.styles.js';
import { renderFilters, renderSort } from './filters.js';
import { ListActs, type ConversationRef } from './list-acts.js';
import { SearchController } from './search-controller.js';
import { renderFound, renderNoResults, renderSearchField } from './search-field.js';
import { renderBones, renderEmpty, renderError } from './states.js';
import { RovingController } from '../shared/roving-controller.js';
import { SteadyOrder } from './steady-order.js';

/** How near its end, in px, the list asks for more. */
const moreZone = 600;

/** Height of a card that was never rendered, in px. */
const cardHeight = 62;

export type { ConversationRef } from './list-acts.js';

/** A card, and where the words of a search were found. */
type Row = Card & Partial<Pick<SearchResult, 'matches'>>;

const none: readonly never[] = [];

const rowId = ({ conversation }: Row): string => conversation.id;

/**
 * @summary The conversations of one view, live, with search, filters, an order, and acts on several.
 *
 * @slot start - Before the heading, such as the agent's status.
 * @slot actions - After the heading.
 *
 * @csspart header - Heading, search and filters.
 * @csspart heading - The view's name.
 * @csspart search - The search field.
 * @csspart bulk - What can be done with the selected conversations.
 * @csspart card - One conversation.
 * @csspart close - The check mark that closes a conversation.
 * @csspart note - Says that there is no connection.
 * @csspart offline - The same note.
 * @csspart done - Says what was done, with the way back.
 *
 * @event {CustomEvent<ConversationRef>} conv-conversation-opened - The agent chose a conversation.
 * @event {CustomEvent<ConversationRef>} conv-before-conversation-close - Cancelable: comes before a conversation is closed.
 * @event {CustomEvent<ConversationRef>} conv-conversation-closed - The server closed a conversation for the agent.
 * @event {CustomEvent<ConversationRef>} conv-conversation-reopened - The server opened a conversation again for the agent.
 * @event {CustomEvent<ConversationRef>} conv-before-conversation-delete - Cancelable: comes before a conversation is deleted.
 * @event {CustomEvent<ConversationRef>} conv-conversation-deleted - The server deleted a conversation for the agent.
 *
 * @dependency conv-avatar
 * @dependency conv-dot
 */
@customElement('conv-list')
export class ConvList extends LitElement {
  static override styles: CSSResultGroup = [
    baseStyles,
    buttonStyles,
    buttonToneStyles,
    dialogStyles,
    styles,
    cardStyles,
  ];

  #agent = new AgentController(this);
  #l = new LocalizeController(this, inboxEnglish);
  #view = new StoreController(this, () => this.#agent.selection.$view);
  #hostView = new HostView(this, this.#agent);
  #selected = new StoreController(this, () => this.#agent.selection.$conversationId);
  #list = new StoreController(this, () => this.#store?.$list);
  #search = new SearchController(this, () => this.#agent.client);
  #agents = new StoreController(this, () => this.#agent.client?.$agents);
  #me = new StoreController(this, () => this.#agent.client?.$me);
  #connection = new StoreController(this, () => this.#agent.client?.$connection);
  #steady = new SteadyOrder(this);
  #window = new RowWindow<Row>(this, {
    scroller: () => this.scroller,
    list: () => this.shadowRoot?.querySelector<HTMLElement>('ul.cards') ?? null,
    key: rowId,
    estimate: () => cardHeight,
    edge: 'start',
    kept: () => this.#roving.focused,
    onMoved: (_above, below) => this.#loadMore(below),
  });
  #roving = new RovingController(this, {
    items: () => [...(this.shadowRoot?.querySelectorAll<HTMLElement>('.card[data-id]') ?? [])],
    preferred: () => this.#selected.value ?? null,
    reach: (to, key) => void this.#reach(to, key),
  });
  #acts = new ListActs(this, {
    client: () => this.#agent.client,
    ids: () => this.#rows.map(rowId),
    state: () => this.#agent.selection.$view.get().state,
    release: () => this.#steady.release(),
  });
  #shownStore: ListStore | undefined;
  #held: string | null = null;
  /** All that could be scrolled to. */
  #rows: readonly Row[] = none;
  #shownRows: readonly ShownRow<Row>[] = none;

  @query('.scroller') private scroller!: HTMLElement | null;

  /** Shows this view, where no `conv-nav` is there to choose: `mine`, `unassigned` or `all`. */
  @property({ reflect: true }) view: ViewName | undefined;

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

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#hostView.follow(changed);
    const store = this.#store;
    if (store !== this.#shownStore) {
      this.#hold(null);
      this.#steady.reset();
      this.#shownStore = store;
      this.#acts.reset();
      this.#search.clear();
      this.#window.reset();
    }
    this.#holdSelected();
    if (this.#search.turned()) this.#window.reset();
    this.#rows = this.#search.active
      ? this.#search.results
      : this.#steady.arrange(this.#list.value?.cards ?? none);
    this.#shownRows = this.#window.show(this.#rows);
    this.#acts.follow();
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

  #loadMore(below: number): void {
    if (below >= moreZone) return;
    if (this.#search.active) return this.#search.loadMore();
    const list = this.#list.value;
    if (list?.status === 'ready' && list.more && !list.loadingMore) this.#store?.loadMore();
  }

  /** Moves the focus to a card that is perhaps not rendered. */
  async #reach(to: 'first' | 'last' | 'next' | 'previous', from: string): Promise<void> {
    const at = this.#rows.findIndex((row) => rowId(row) === from);
    const last = this.#rows.length - 1;
    const index = { first: 0, last, next: at + 1, previous: at - 1 }[to];
    const row = this.#rows[index];
    if (!row) return;
    const element = await this.#window.reveal(rowId(row));
    element?.querySelector<HTMLElement>('.card')?.focus({ preventScroll: true });
  }

  readonly #onOpen = (event: MouseEvent): void => {
    const id = (event.currentTarget as HTMLElement).dataset['id'];
    if (id === undefined) return;
    if (event.shiftKey || event.ctrlKey || event.metaKey) {
      this.#acts.onPick(event);
      return;
    }
    this.#agent.selection.showConversation(id);
    emit<ConversationRef>(this, 'conv-conversation-opened', { conversationId: id });
  };

  readonly #onSearchKeydown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' && this.#rows.length > 0) {
      event.preventDefault();
      this.focus();
    } else if (event.key === 'Escape' && this.#search.typed !== '') {
      event.preventDefault();
      this.#search.clear();
    }
  };

  readonly #onSearchClear = (): void => {
    this.#search.clear();
    this.focusSearch();
  };

  readonly #onChannel = (event: Event): void => {
    const channel = (event.target as HTMLSelectElement).value as ChannelFilter;
    this.#agent.selection.showView({ channel });
  };

  readonly #onEveryChannel = (): void => {
    this.#agent.selection.showView({ channel: 'all' });
    this.renderRoot.querySelector('select')?.focus();
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

  /** Opens the conversation after or before the open one; the first where none is. */
  openNeighbour(way: 'next' | 'previous'): void {
    const selected = this.#selected.value ?? null;
    const at = this.#rows.findIndex((row) => rowId(row) === selected);
    const index = at === -1 ? 0 : way === 'next' ? at + 1 : at - 1;
    const row = this.#rows[index];
    if (!row) return;
    const conversationId = rowId(row);
    this.#agent.selection.showConversation(conversationId);
    emit<ConversationRef>(this, 'conv-conversation-opened', { conversationId });
    void this.#window.reveal(conversationId);
  }

  /** Moves the focus to the search field. */
  focusSearch(): void {
    this.shadowRoot?.querySelector<HTMLInputElement>('.search input')?.focus();
  }

  #renderCards(more: boolean, loadingMore: boolean): TemplateResult {
    const l = this.#l.now;
    const shown = this.#shownRows;
    const context: CardContext = {
      l,
      agents: this.#agents.value ?? new Map(),
      me: this.#me.value?.id ?? null,
      now: this.#agent.client?.now() ?? Date.now(),
      selected: this.#selected.value ?? null,
      picked: this.#acts.picked.ids,
      tabStop: this.#roving.stop(shown.map(({ key }) => key)),
      onOpen: this.#onOpen,
      onClose: this.#acts.onClose,
      onPick: this.#acts.onPick,
    };
    const size = more ? -1 : this.#rows.length;
    return html`<ul
        class="cards"
        role="list"
        aria-label=${l.term(this.#search.active ? 'list.search.results' : 'list.label')}
        @focusin=${this.#roving.onFocusin}
        @keydown=${this.#roving.onKeydown}
        @pointermove=${this.#steady.onPointermove}
        @pointerleave=${this.#steady.release}
      >
        ${repeat(
          shown,
          ({ key }) => key,
          ({ row, index }) =>
            html`<li aria-setsize=${size} aria-posinset=${index + 1}>
              ${renderCard(row, context)}
            </li>`,
        )}
      </ul>
      ${
        loadingMore
          ? html`<p class="note" role="status">${l.term('list.loadingMore')}</p>`
          : nothing
      }`;
  }

  #renderBody(): unknown {
    const l = this.#l.now;
    const search = this.#search.value;
    if (this.#search.active && search) {
      if (search.results.length > 0) return this.#renderCards(search.more, search.loadingMore);
      return renderNoResults(search, l, this.#search.retry);
    }
    const list = this.#list.value;
    const view = this.#view.value;
    if (list?.status === 'error' && list.cards.length === 0) {
      return renderError(list.error?.code ?? 'internal', l, this.#onRetry);
    }
    if (!list || !view || (list.status === 'loading' && list.cards.length === 0)) {
      const refusal = this.#connection.value?.code;
      return refusal ? renderError(refusal, l, this.#onConnect) : renderBones(l);
    }
    if (list.cards.length === 0) return renderEmpty(view, l, this.#onEveryChannel);
    return this.#renderCards(list.more, list.loadingMore);
  }

  #renderTools(): TemplateResult {
    const l = this.#l.now;
    const view = this.#view.value;
    if (this.#acts.picked.active) return this.#acts.renderBulkBar(l, this.#rows.length);
    return html`<div class="filters">
      ${
        this.#search.active
          ? renderFound(this.#search.value, l)
          : view && renderFilters(view, l, this.#onChannel, this.#onState)
      }
      <span class="tools">
        <button
          type="button"
          class="icon-button picking"
          aria-label=${l.term('list.picking')}
          title=${l.term('list.picking')}
          @click=${this.#acts.onPicking}
        >
          ${selectIcon()}
        </button>
        ${this.#search.active ? nothing : renderSort(view?.order ?? 'newest', l, this.#onSort)}
      </span>
    </div>`;
  }

  override render(): TemplateResult {
    const l = this.#l.now;
    const view = this.#view.value;
    const offline = this.#connection.value?.state === 'reconnecting';
    return html`<header part="header" dir=${l.dir} @keydown=${this.#acts.onKeydown}>
        <div class="title">
          <slot name="start"></slot>
          <h2 part="heading">${view ? l.term(`nav.${view.name}`) : nothing}</h2>
          <slot name="actions"></slot>
        </div>
        ${renderSearchField(this.#search.typed, l, {
          onInput: this.#search.onInput,
          onKeydown: this.#onSearchKeydown,
          onClear: this.#onSearchClear,
        })}
        ${this.#renderTools()}
      </header>
      ${offline ? html`<p class="note" part="note offline">${l.term('list.offline')}</p>` : nothing}
      <div
        class="scroller ${this.#acts.picked.active ? 'selecting' : ''}"
        dir=${l.dir}
        @scroll=${this.#window.onScroll}
        @keydown=${this.#acts.onKeydown}
      >
        ${this.#renderBody()}
      </div>
      ${this.#acts.renderDone(l)} ${this.#acts.renderQuestion(l)}`;
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
    'conv-conversation-reopened': CustomEvent<ConversationRef>;
    'conv-before-conversation-delete': CustomEvent<ConversationRef>;
    'conv-conversation-deleted': CustomEvent<ConversationRef>;
  }
}
