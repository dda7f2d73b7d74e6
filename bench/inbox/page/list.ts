import '../../../src/elements/conv-list/conv-list.js';
import { atom } from 'nanostores';
import { defaultView, type Conversation } from '../../../src/domain/index.js';
import { createAgentClient, type AgentClient } from '../../../src/store/agent-client.js';
import type { Card, List, ListStore } from '../../../src/store/list.js';
import { memoryStorage } from '../../../src/store/storage.js';
import { createMemoryServer } from '../../../src/transport/memory/index.js';
import { settled, untilPainted } from './frames.js';
import { countNodes } from './look.js';
import { text } from './texts.js';

/** What a list did while updates arrived. */
export interface Arrivals {
  /** ms; 0 when no task took 50 or more. */
  longest: number;
  longTasks: number;
  frames: number;
  /** Frames that were due and not shown. */
  dropped: number;
  /** The most nodes of what scrolls. */
  nodes: number;
  updates: number;
}

export interface ListActs {
  prepare(conversations: number): Promise<void>;
  /** ms until cards are in view. */
  show(): Promise<number>;
  /** Scrolls down through so many pages, and back; resolves with the cards that are loaded. */
  read(pages: number): Promise<number>;
  receive(perSecond: number, seconds: number): Promise<Arrivals>;
}

declare global {
  interface Window {
    list: ListActs;
  }
}

const agentId = 'ag_bench';
const minute = 60_000;
/** As many of the latest conversations get half of the updates, as in life. */
const busy = 200;
const frameMs = 1_000 / 60;

/** What changes, and where the list shows it. */
interface Source {
  client: AgentClient;
  /** The contact of this conversation writes. */
  write(index: number, words: string): void;
  loaded(): number;
}

function openServer(conversations: number): Source {
  const server = createMemoryServer({
    workspace: { id: 'ws_bench', name: 'Bench' },
    agents: [{ id: agentId, name: 'Giulia Rossi', role: 'owner' }],
  });
  for (let index = conversations - 1; index >= 0; index -= 1) {
    server.seed({
      id: `cv_${index}`,
      contact: { id: `ct_${index}`, name: `Contact ${index}` },
      messages: [{ text: text(index), agoMs: (index + 1) * minute }],
    });
  }
  const client = createAgentClient({
    transport: server.agentTransport(agentId),
    workspaceId: 'ws_bench',
    storage: memoryStorage(),
  });
  return {
    client,
    write: (index, words) => void server.say(`ct_${index}`, words),
    loaded: () => client.list(defaultView).$list.get().cards.length,
  };
}

/** A list store that has every conversation already, and is told of changes as the real one is. */
async function openStore(conversations: number): Promise<Source> {
  const { client } = openServer(1);
  const first = client.list(defaultView);
  const sample = await new Promise<Card>((resolve) => {
    const stop = first.$list.subscribe(({ cards: [card] }) => {
      if (card) queueMicrotask(() => (stop(), resolve(card)));
    });
  });
  client.connect();
  const now = client.now();
  const cardOf = (index: number): Card => {
    const { conversation, dot } = sample;
    const contact = { ...conversation.contact, id: `ct_${index}`, name: `Contact ${index}` };
    const at = now - (index + 1) * minute;
    return {
      dot,
      conversation: said({ ...conversation, id: `cv_${index}`, contact }, at, text(index)),
    };
  };
  let cards = Array.from({ length: conversations }, (_, index) => cardOf(index));
  const $list = atom<List>({
    status: 'ready',
    error: null,
    cards,
    more: false,
    loadingMore: false,
  });
  const store: ListStore = {
    view: defaultView,
    $list,
    loadMore: () => undefined,
    retry: () => undefined,
    hold: () => undefined,
  };
  return {
    client: { ...client, list: () => store },
    loaded: () => cards.length,
    write(index, words) {
      const id = `cv_${index}`;
      const at = cards.findIndex(({ conversation }) => conversation.id === id);
      const card = cards[at];
      if (!card) return;
      const conversation = said(card.conversation, client.now(), words);
      // One copy, as the store of a client makes it.
      cards = cards.slice();
      cards.copyWithin(1, 0, at)[0] = { ...card, conversation };
      $list.set({ ...$list.get(), cards });
    },
  };
}

function said(conversation: Conversation, at: number, words: string): Conversation {
  const { lastMessage, version } = conversation;
  return {
    ...conversation,
    activeAt: at,
    version: version + 1,
    lastMessage: lastMessage && { ...lastMessage, excerpt: words, createdAt: at },
  };
}

let source: Source;
let element: HTMLElement;
let conversations = 0;

const scroller = (): HTMLElement | null =>
  element.shadowRoot?.querySelector<HTMLElement>('.scroller') ?? null;

window.list = {
  async prepare(count) {
    conversations = count;
    const all = new URL(location.href).searchParams.has('all');
    source = all ? await openStore(count) : openServer(count);
    await settled();
  },
  async show() {
    const ms = await untilPainted(
      () => {
        const list = document.createElement('conv-list');
        list.client = source.client;
        element = list;
        document.querySelector('#place')?.append(list);
      },
      () => element.shadowRoot?.querySelector('[data-id]') != null,
    );
    await settled(300);
    return ms;
  },
  async read(pages) {
    for (let page = 0; page < pages; page += 1) {
      const [before, view] = [source.loaded(), scroller()];
      if (!view) break;
      await untilPainted(
        () => (view.scrollTop = view.scrollHeight),
        () => {
          view.scrollTop = view.scrollHeight;
          return source.loaded() > before || before >= conversations;
        },
      );
    }
    scroller()?.scrollTo({ top: 0 });
    await settled(300);
    return source.loaded();
  },
  async receive(perSecond, seconds) {
    const arrivals = { longest: 0, longTasks: 0, frames: 0, dropped: 0, nodes: 0, updates: 0 };
    const observer = new PerformanceObserver((tasks) => {
      for (const { duration } of tasks.getEntries()) {
        arrivals.longTasks += 1;
        arrivals.longest = Math.max(arrivals.longest, duration);
      }
    });
    observer.observe({ type: 'longtask' });
    const started = performance.now();
    const timer = setInterval(() => {
      const due = Math.floor(((performance.now() - started) / 1_000) * perSecond);
      while (arrivals.updates < due) {
        const step = arrivals.updates++;
        const spread = step % 2 === 0 ? Math.min(busy, conversations) : conversations;
        source.write((step * 7_919) % spread, text(step));
      }
    }, 1_000 / perSecond);
    let [last, counted] = [started, started];
    await untilPainted(
      () => undefined,
      () => {
        const now = performance.now();
        arrivals.frames += 1;
        arrivals.dropped += Math.max(0, Math.round((now - last) / frameMs) - 1);
        last = now;
        if (now - counted > 1_000) {
          counted = now;
          const view = scroller();
          if (view) arrivals.nodes = Math.max(arrivals.nodes, countNodes(view));
        }
        return now - started >= seconds * 1_000;
      },
    );
    clearInterval(timer);
    await settled(200);
    observer.disconnect();
    return arrivals;
  },
};
