import { CodedError } from '#kit/protocol/errors.js';
import {
  createAgentClient,
  type AgentClient,
  type ConversationStore,
} from '#kit/store/agent-client.js';
import { memoryStorage } from '#kit/store/storage.js';
import type { ThreadItem } from '#kit/store/thread-item.js';
import { createHttpApi } from '#kit/transport/http-api.js';
import { createPhoenixTransport } from '#kit/transport/phoenix/index.js';
import { defaultView } from '#kit/domain/index.js';
import { observe, patience, type Cast } from './cast.js';
import { textOf, type Written } from './journal.js';
import type { AgentAct, Person } from './plan.js';
import type { Link } from './proxy.js';
import { sendAttached } from './raw-sends.js';
import { Tab } from './tab.js';
import { loadAll, pendingIn } from './threads.js';
import { comesTrue } from './wait.js';

/** An agent whose inbox shows every conversation of the workspace. */
export class AgentActor {
  readonly name: string;
  readonly workspace: number;
  readonly link: Link;
  readonly #cast: Cast;
  readonly #storage = memoryStorage();
  #tab!: Tab;
  #client!: AgentClient;
  #watched = new Map<number, ConversationStore>();

  constructor(
    cast: Cast,
    { name, workspace }: Pick<Person<AgentAct>, 'name' | 'workspace'>,
    link: Link,
  ) {
    this.name = name;
    this.workspace = workspace;
    this.link = link;
    this.#cast = cast;
    this.#open();
  }

  async play(acts: readonly AgentAct[]): Promise<void> {
    for (const act of acts) {
      await this.#act(act);
      if (!(await comesTrue(() => this.pending() <= 2, patience))) {
        const { state } = this.#client.$connection.get();
        this.#cast.log(`${this.name} waits since ${act.type}; it is ${state}`);
      }
      this.#cast.moved();
    }
  }

  /** Opens every conversation that is known by now. */
  watchAll(): void {
    this.#cast.plan.visitors.forEach((_, visitor) => this.#store(visitor));
  }

  pending(): number {
    let sum = 0;
    for (const store of this.#watched.values()) sum += pendingIn(store.$thread.get().items);
    return sum;
  }

  /** Asks for all older pages. */
  async loadAll(): Promise<void> {
    const stores = [...this.#watched.values()];
    await Promise.all(stores.map((store) => loadAll(() => store.$thread.get(), store.loadOlder)));
  }

  /** What the visitor's conversation shows. */
  items(visitor: number): readonly ThreadItem[] {
    return this.#watched.get(visitor)?.$thread.get().items ?? [];
  }

  close(): void {
    this.#client.disconnect();
    this.#tab.kill();
  }

  #open(): void {
    const tab = new Tab(this.#storage);
    this.#tab = tab;
    const { url } = this.link;
    const api = createHttpApi({ server: url, fetch: tab.fetch, timeoutMs: 10_000 });
    this.#client = createAgentClient({
      transport: this.#cast.sabotaged(
        createPhoenixTransport({
          url: `${url}/socket`,
          getToken: async ({ signal }) => {
            const hostToken = await this.#cast.hostToken(this.workspace, this.name);
            return (await api.agentToken({ hostToken, signal })).token;
          },
          socket: tab.socket,
          clock: tab.clock,
          random: this.#cast.random,
          timeoutMs: 8_000,
          connectTimeoutMs: 8_000 * 4,
          heartbeatMs: 10_000,
        }),
      ),
      workspaceId: this.#cast.workspaces[this.workspace]!,
      storage: tab.storage,
      clock: tab.clock,
      random: this.#cast.random,
    });
    this.#client.$counts.listen(() => undefined);
    this.#client.list({ ...defaultView, name: 'all' }).$list.listen(() => undefined);
    const known = [...this.#watched.keys()];
    this.#watched = new Map();
    for (const visitor of known) this.#store(visitor);
  }

  #store(visitor: number): ConversationStore | undefined {
    const watched = this.#watched.get(visitor);
    const id = this.#cast.conversationOf(visitor);
    const own = this.#cast.plan.visitors[visitor]?.workspace === this.workspace;
    if (watched || id === undefined || !own) return watched;
    const store = this.#client.conversation(id);
    this.#watched.set(visitor, store);
    const tab = this.#tab;
    store.$thread.listen(({ items }) => tab.dead || observe(this.#cast.journal, items));
    return store;
  }

  async #act(act: AgentAct): Promise<void> {
    if (act.type === 'reload') {
      // What was written in this very instant no browser has stored yet.
      await new Promise((resolve) => setImmediate(resolve));
      this.#tab.kill();
      return this.#open();
    }
    const { visitor } = act;
    await comesTrue(() => this.#cast.conversationOf(visitor) !== undefined, patience);
    const store = this.#store(visitor);
    if (!store) return;
    // Nobody writes into an inbox that does not show yet.
    const shows = (): boolean =>
      store.$thread.get().status === 'ready' && this.#client.$me.get() !== null;
    if (!(await comesTrue(shows, patience))) {
      const { status, error } = store.$thread.get();
      const me = this.#client.$me.get() ? 'known' : 'unknown';
      return this.#cast.log(
        `${this.name} is shown nothing: ${status} ${error?.code ?? ''}, ${me} to itself`,
      );
    }
    switch (act.type) {
      case 'say':
        for (let count = 0; count < act.messages; count++) this.#say(store, visitor, act.kind);
        return;
      case 'attach':
        return sendAttached(this.#cast, {
          workspace: this.workspace,
          agent: this.name,
          conversationId: store.id,
          written: this.#write(visitor, 'comment', 'raw'),
        });
      case 'mark':
        return store.markRead();
      case 'assign':
        return this.#attempt(() => {
          const me = this.#client.$me.get();
          return store.assign(me ? [me.id] : []);
        });
      case 'close':
        return this.#attempt(() => store.close());
      case 'reopen':
        return this.#attempt(() => store.reopen());
      case 'edit':
      case 'delete':
        return this.#change(store, act.type);
    }
  }

  #write(visitor: number, kind: 'reply' | 'comment', line: string): Written {
    const { name: author, workspace } = this;
    return this.#cast.write({
      author,
      workspace,
      visitor,
      line: `${author}, ${line}, visitor ${visitor}`,
      from: 'agent',
      kind,
    });
  }

  #say(store: ConversationStore, visitor: number, kind: 'reply' | 'comment'): void {
    const written = this.#write(visitor, kind, 'inbox');
    const text = textOf(written.words);
    store.send(kind, text);
    const item = store.$thread.get().items.find((shown) => shown.text === text);
    if (item) this.#cast.journal.named(written, item.key);
  }

  /** Edits or deletes one of the newest own messages. */
  async #change(store: ConversationStore, type: 'edit' | 'delete'): Promise<void> {
    const { journal } = this.#cast;
    const own = store.$thread
      .get()
      .items.filter(({ own, id, deletedAt }) => own && id !== null && deletedAt === null);
    const item = own.at(-1 - Math.floor(this.#cast.random() * Math.min(3, own.length)));
    const written = item && journal.find(item.text, item.key);
    if (!item || item.id === null || !written || written.deletion !== 'none') return;
    const { id } = item;
    if (type === 'edit') {
      const edit = journal.edit(written);
      await this.#attempt(async () => {
        await store.edit(id, textOf(edit.words));
        edit.acked = true;
      });
    } else {
      written.deletion = 'asked';
      await this.#attempt(async () => {
        await store.delete(id);
        written.deletion = 'acked';
      });
    }
  }

  /** Acts that are no messages are not tried again by the kit: what was not answered is open. */
  async #attempt(act: () => Promise<void>): Promise<void> {
    const answer = act().catch((fault: unknown) => {
      if (!(fault instanceof CodedError)) throw fault;
    });
    await Promise.race([answer, this.#tab.death]);
  }
}
