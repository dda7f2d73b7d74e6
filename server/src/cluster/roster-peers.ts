import type { AgentRecord } from '../ports.js';
import type { ClusterBus } from './bus.js';

/** What one node says of one agent. */
export interface AgentNews {
  record: AgentRecord;
  /** An inbox of the agent is, or was a moment ago, connected to the node that says so. */
  here: boolean;
  availableSince: number | null;
  lastAvailableAt: number;
  /** Of two words the one of the greater version is right. */
  version: number;
}

export interface RosterListener {
  hear(node: string, news: AgentNews): void;
  /** What this node knows of every agent. */
  tellAll(): Promise<AgentNews[]>;
  gone(node: string, politely: boolean): void;
  /** `here` are all agents who are connected to the node. */
  complete(node: string, here: ReadonlySet<string>): void;
}

type RosterMessage =
  | { op: 'news'; news: AgentNews }
  /** Asks every node for all that it knows. */
  | { op: 'ask' }
  | { op: 'state'; all: AgentNews[] };

const key = 'roster';
/** Questions that come together are asked once. */
const togetherMs = 50;

/** How the rosters of all nodes come to say the same. */
export class RosterPeers {
  readonly #bus: ClusterBus;
  #asking: NodeJS.Timeout | undefined;
  #telling: NodeJS.Timeout | undefined;
  #closed = false;
  readonly #told = new Set<string>();
  #caughtUp: (() => void) | undefined;

  constructor(bus: ClusterBus) {
    this.#bus = bus;
  }

  start(listener: RosterListener): void {
    this.#bus.subscribe('roster', (message, node) =>
      this.#receive(message as RosterMessage, node, listener),
    );
    this.#bus.onGone((node, politely) => {
      this.#told.delete(node);
      listener.gone(node, politely);
    });
    // The others heard as little of this node as it did of them.
    this.#bus.onLoss((node) => {
      this.ask();
      if (node === null) this.#tellSoon(listener);
    });
    this.ask();
  }

  /** Resolves when every other node has told what it knows, or after that time. */
  async caughtUp(ms: number): Promise<void> {
    if (!this.#bus.isConnected) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#caughtUp = undefined;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#caughtUp = done;
      this.#check();
    });
  }

  tell(news: AgentNews): void {
    this.#publish({ op: 'news', news });
  }

  /** Every other node answers with all that it knows. */
  ask(): void {
    if (this.#closed || this.#asking) return;
    this.#asking = setTimeout(() => {
      this.#asking = undefined;
      this.#publish({ op: 'ask' });
    }, togetherMs).unref();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#asking);
    clearTimeout(this.#telling);
  }

  #receive(message: RosterMessage, node: string, listener: RosterListener): void {
    switch (message.op) {
      case 'news':
        listener.hear(node, message.news);
        break;
      case 'ask':
        this.#tellSoon(listener);
        break;
      case 'state':
        for (const news of message.all) listener.hear(node, news);
        this.#told.add(node);
        listener.complete(
          node,
          new Set(message.all.filter(({ here }) => here).map(({ record }) => record.id)),
        );
        this.#check();
        break;
    }
  }

  #check(): void {
    const { peers } = this.#bus;
    if (peers.length > 0 && peers.every((node) => this.#told.has(node))) this.#caughtUp?.();
  }

  #tellSoon(listener: RosterListener): void {
    if (this.#closed || this.#telling) return;
    this.#telling = setTimeout(() => {
      this.#telling = undefined;
      listener.tellAll().then(
        (all) => this.#publish({ op: 'state', all }),
        () => undefined,
      );
    }, togetherMs).unref();
  }

  #publish(message: RosterMessage): void {
    if (!this.#closed) this.#bus.publish('roster', key, message);
  }
}
