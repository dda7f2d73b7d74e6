import { memoryStorage } from '#kit/store/storage.js';
import { createVisitorClient, type VisitorClient } from '#kit/store/visitor-client.js';
import { createHttpApi } from '#kit/transport/http-api.js';
import { createPhoenixTransport } from '#kit/transport/phoenix/index.js';
import { longPolling } from '#kit/transport/phoenix/long-poll.js';
import { createTabTransport } from '#kit/transport/tabs/index.js';
import { createFakeTabs } from '#kit/testing/fake-tabs.js';
import type { ThreadItem } from '#kit/store/thread-item.js';
import { observe, patience, type Cast } from './cast.js';
import { textOf } from './journal.js';
import type { VisitorAct } from './plan.js';
import type { Link } from './proxy.js';
import { sendTwice } from './raw-sends.js';
import { Tab } from './tab.js';
import { loadAll, pendingIn } from './threads.js';
import { comesTrue } from './wait.js';

interface OpenTab {
  tab: Tab;
  client: VisitorClient;
}

/** A visitor with a browser: tabs on one storage, which are killed and opened again. */
export class VisitorActor {
  readonly name: string;
  readonly workspace: number;
  readonly link: Link;
  readonly #cast: Cast;
  readonly #index: number;
  readonly #storage = memoryStorage();
  readonly #browser = createFakeTabs();
  /** What a browser keeps for a visit, such as that WebSockets do not open here. */
  readonly #visit = visitStorage();
  readonly #sharing: boolean;
  readonly #tabs: OpenTab[] = [];

  constructor(cast: Cast, index: number, link: Link) {
    const { name, workspace, sharing } = cast.plan.visitors[index]!;
    this.#sharing = sharing;
    this.name = name;
    this.workspace = workspace;
    this.link = link;
    this.#cast = cast;
    this.#index = index;
    this.#open(0);
  }

  async play(acts: readonly VisitorAct[]): Promise<void> {
    for (const act of acts) {
      await this.#act(act);
      if (!(await comesTrue(() => this.pending() <= 2, patience))) this.#complain(act.type);
      this.#cast.moved();
    }
  }

  /** Messages on their way in any tab. */
  pending(): number {
    return this.#tabs.reduce((sum, { client }) => sum + pendingIn(client.$thread.get().items), 0);
  }

  /** Asks for all older pages. */
  async loadAll(): Promise<void> {
    await Promise.all(
      this.#tabs.map(({ client }) => loadAll(() => client.$thread.get(), client.loadOlder)),
    );
  }

  /** What each tab shows. */
  items(): (readonly ThreadItem[])[] {
    return this.#tabs.map(({ client }) => client.$thread.get().items);
  }

  close(): void {
    for (const { tab, client } of this.#tabs) {
      client.dispose();
      tab.kill();
    }
  }

  #open(index: number): void {
    const tab = new Tab(this.#storage);
    const browser = this.#browser.tab();
    void tab.death.then(() => browser.kill());
    const { url } = this.link;
    const { clock } = tab;
    const { random } = this.#cast;
    const client = createVisitorClient({
      api: createHttpApi({ server: url, fetch: tab.fetch, timeoutMs: 10_000 }),
      transport: (options) =>
        this.#cast.sabotaged(
          createTabTransport({
            ...options,
            name: url,
            browser: this.#sharing ? browser : null,
            clock,
            random,
            timeoutMs: 12_000 * 4,
            transport: ({ getToken }) =>
              createPhoenixTransport({
                url: `${url}/socket`,
                getToken,
                socket: tab.socket,
                fallback: longPolling(() => this.#visit),
                clock,
                random,
                timeoutMs: 8_000,
                connectTimeoutMs: 8_000 * 4,
                heartbeatMs: 10_000,
              }),
          }),
        ),
      workspaceId: this.#cast.workspaces[this.workspace]!,
      storage: tab.storage,
      clock,
      random,
    });
    this.#tabs[index] = { tab, client };
    client.$thread.listen(({ items }) => tab.dead || observe(this.#cast.journal, items));
    client.$conversation.listen((conversation) => {
      if (conversation && !tab.dead) this.#cast.conversation(this.#index, conversation.id);
    });
    client.start();
    client.consent();
  }

  async #act(act: VisitorAct): Promise<void> {
    switch (act.type) {
      case 'say':
        for (let count = 0; count < act.messages; count++) this.#say(act.tab);
        return;
      case 'read':
        return this.#tabs[act.tab]?.client.markRead();
      case 'typing':
        return this.#tabs[act.tab]?.client.setTyping(true);
      case 'reopen':
        // What was written in this very instant no browser has stored yet.
        await new Promise((resolve) => setImmediate(resolve));
        this.#tabs[act.tab]?.tab.kill();
        return this.#open(act.tab);
      case 'open-tab':
        return this.#open(this.#tabs.length);
      case 'send-twice':
        return this.#sendTwice();
    }
  }

  #complain(act: string): void {
    const tabs = this.#tabs.map(({ client }) => {
      const { state } = client.$connection.get();
      const pending = client.$thread.get().items.filter(({ id }) => id === null);
      return `${state} (${pending.map((item) => `${item.state} ${item.error?.code ?? ''}`).join()})`;
    });
    this.#cast.log(`${this.name} waits since ${act}; its tabs: ${tabs.join('; ')}`);
  }

  #write(line: string): ReturnType<Cast['write']> {
    const { name: author, workspace } = this;
    const place = { author, workspace, visitor: this.#index };
    return this.#cast.write({ ...place, line, from: 'visitor', kind: 'reply' });
  }

  #say(tab: number): void {
    const client = this.#tabs[tab]?.client;
    if (!client) return;
    const written = this.#write(`${this.name}, tab ${tab}`);
    const text = textOf(written.words);
    client.send(text);
    const item = client.$thread.get().items.find((shown) => shown.text === text);
    if (item) this.#cast.journal.named(written, item.key);
  }

  async #sendTwice(): Promise<void> {
    const workspaceId = this.#cast.workspaces[this.workspace]!;
    const visitorToken = await this.#storage.get(`visitor/${workspaceId}`);
    if (typeof visitorToken !== 'string' || visitorToken === '') return;
    const written = this.#write(`${this.name}, raw`);
    await sendTwice(this.#cast, { workspaceId, visitorToken, written });
  }
}

function visitStorage(): {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
} {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  };
}
