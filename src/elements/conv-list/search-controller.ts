import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { StoreController } from '../../context/index.js';
import type { AgentClient, Search, SearchResult, SearchStore } from '../../store/agent-client.js';

const none: readonly SearchResult[] = [];

/** What is typed into a search field, and what is found (S3.11). */
export class SearchController implements ReactiveController {
  typed = '';
  #host: ReactiveControllerHost & HTMLElement;
  #client: () => AgentClient | undefined;
  #made: { client: AgentClient; store: SearchStore } | undefined;
  #search: StoreController<Search>;
  #wasActive = false;

  constructor(host: ReactiveControllerHost & HTMLElement, client: () => AgentClient | undefined) {
    this.#host = host;
    this.#client = client;
    this.#search = new StoreController(host, () =>
      this.typed === '' ? undefined : this.#store?.$search,
    );
    host.addController(this);
  }

  hostDisconnected(): void {
    this.clear();
  }

  get #store(): SearchStore | undefined {
    const client = this.#client();
    if (!client) return undefined;
    if (this.#made?.client !== client) this.#made = { client, store: client.search() };
    return this.#made.store;
  }

  /** Results stand where the cards of the view did. */
  get active(): boolean {
    return this.typed.trim() !== '' && (this.#search.value?.status ?? 'idle') !== 'idle';
  }

  get value(): Search | undefined {
    return this.#search.value;
  }

  get results(): readonly SearchResult[] {
    return this.#search.value?.results ?? none;
  }

  /** Whether it began or ended since it was asked last. */
  turned(): boolean {
    const turned = this.active !== this.#wasActive;
    this.#wasActive = this.active;
    return turned;
  }

  readonly onInput = (event: Event): void => {
    this.typed = (event.target as HTMLInputElement).value;
    this.#store?.search(this.typed);
    this.#host.requestUpdate();
  };

  readonly retry = (): void => this.#store?.search(this.typed);

  loadMore(): void {
    const search = this.#search.value;
    if (search?.status === 'ready' && search.more && !search.loadingMore) this.#store?.loadMore();
  }

  clear(): void {
    if (this.typed === '') return;
    this.typed = '';
    this.#made?.store.clear();
    this.#host.requestUpdate();
  }
}
