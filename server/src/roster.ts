import type { Agent } from '#kit/domain/agent.js';
import type { AgentRecord, Agents, Clock, EventBus } from './ports.js';
import type { AgentNews, RosterPeers } from './cluster/roster-peers.js';
import type { Stamp } from './stamps.js';

interface Entry {
  record: AgentRecord;
  /** Inboxes open on this node. */
  connections: number;
  /** True from the first connection here until the grace after the last one is over. */
  here: boolean;
  /** Other nodes that say the same. */
  nodes: Set<string>;
  grace: NodeJS.Timeout | undefined;
  availableSince: number | null;
  /** Epoch ms; 0 when never since the start. */
  lastAvailableAt: number;
  version: number;
  /** Nothing is known of it but what is stored: whatever another node says is better. */
  fresh: boolean;
}

export interface RosterOptions {
  agents: Pick<Agents, 'list' | 'get'>;
  clock: Clock;
  events: EventBus;
  stamp: Stamp;
  /** How long an agent stays as chosen after the last inbox is gone (S4.2). */
  graceMs: number;
  /** The rosters of other nodes. */
  peers?: RosterPeers;
}

/**
 * Who is really there: the chosen status while an inbox is connected to any node, else offline.
 * Lives in memory; after a restart everyone is offline until they join, or another node says that
 * they are there. What nodes say of an agent is ordered by version, the greatest wins.
 */
export class Roster {
  readonly #options: RosterOptions;
  readonly #workspaces = new Map<string, Promise<Map<string, Entry>>>();
  readonly #goodbyes = new Set<NodeJS.Timeout>();

  constructor(options: RosterOptions) {
    this.#options = options;
    options.peers?.start({
      hear: (node, news) => void this.#hear(node, news).catch(() => undefined),
      tellAll: async () => (await this.#loaded()).map(newsOf),
      gone: (node, politely) => this.#gone(node, politely),
      complete: (node, here) => void this.#complete(node, here),
    });
  }

  async list(workspaceId: string): Promise<Agent[]> {
    return [...(await this.#entries(workspaceId)).values()].map(shown);
  }

  /** The ids of those who are online, and so get new chats. */
  async online(workspaceId: string): Promise<string[]> {
    const entries = await this.#entries(workspaceId);
    return [...entries.values()]
      .filter((entry) => effectiveStatus(entry) === 'online')
      .map(({ record }) => record.id);
  }

  async get(workspaceId: string, agentId: string): Promise<Agent | null> {
    const entry = await this.#entryOf(workspaceId, agentId);
    return entry ? shown(entry) : null;
  }

  /** Those who are or were available, the latest first, then the others. */
  async lastAvailable(workspaceId: string): Promise<Agent[]> {
    return [...(await this.#entries(workspaceId)).values()]
      .sort((a, b) => b.lastAvailableAt - a.lastAvailableAt)
      .map(shown);
  }

  /** An inbox of the agent is open; call what is returned, once, when it is gone. */
  async connect(workspaceId: string, agentId: string): Promise<() => void> {
    const entry = await this.#entryOf(workspaceId, agentId);
    if (!entry) return () => undefined;
    clearTimeout(entry.grace);
    entry.connections += 1;
    this.#setHere(entry, true);
    let gone = false;
    return () => {
      if (gone) return;
      gone = true;
      entry.connections -= 1;
      if (entry.connections > 0) return;
      clearTimeout(entry.grace);
      entry.grace = setTimeout(() => this.#setHere(entry, false), this.#options.graceMs);
      entry.grace.unref();
    };
  }

  /** What is stored of the agent is new. */
  async stored(record: AgentRecord): Promise<void> {
    const entries = await this.#entries(record.workspaceId);
    const entry = entries.get(record.id);
    if (!entry) {
      const made = this.#entry(record);
      entries.set(record.id, made);
      this.#publish(made);
      this.#options.peers?.tell(newsOf(made));
    } else if (record.version >= entry.record.version) {
      if (this.#change(entry, () => (entry.record = record))) {
        this.#options.peers?.tell(newsOf(entry));
      }
    }
  }

  /** The agent is none any more. */
  async removed(workspaceId: string, agentId: string): Promise<void> {
    const entries = await this.#workspaces.get(workspaceId)?.catch(() => undefined);
    clearTimeout(entries?.get(agentId)?.grace);
    entries?.delete(agentId);
  }

  close(): void {
    for (const timer of this.#goodbyes) clearTimeout(timer);
    for (const entries of this.#workspaces.values()) {
      entries.then(
        (loaded) => {
          for (const { grace } of loaded.values()) clearTimeout(grace);
        },
        () => undefined,
      );
    }
  }

  /** Another node may have made the agent, and its word of that may have been lost. */
  async #entryOf(workspaceId: string, agentId: string): Promise<Entry | undefined> {
    const entries = await this.#entries(workspaceId);
    if (!entries.has(agentId)) {
      const record = await this.#options.agents.get(agentId);
      if (record?.workspaceId === workspaceId) await this.stored(record);
    }
    return entries.get(agentId);
  }

  #entries(workspaceId: string): Promise<Map<string, Entry>> {
    const known = this.#workspaces.get(workspaceId);
    if (known) return known;
    const loading = this.#options.agents
      .list(workspaceId)
      .then((records) => new Map(records.map((record) => [record.id, this.#entry(record)])));
    this.#workspaces.set(workspaceId, loading);
    loading.then(
      // What others know of the workspace was of no use here until now.
      () => this.#options.peers?.ask(),
      () => this.#workspaces.delete(workspaceId),
    );
    return loading;
  }

  async #loaded(): Promise<Entry[]> {
    const workspaces = await Promise.all(
      [...this.#workspaces.values()].map((entries) =>
        entries.catch(() => new Map<string, Entry>()),
      ),
    );
    return workspaces.flatMap((entries) => [...entries.values()]);
  }

  #entry(record: AgentRecord): Entry {
    return {
      record,
      connections: 0,
      here: false,
      nodes: new Set(),
      grace: undefined,
      availableSince: null,
      lastAvailableAt: 0,
      version: this.#options.stamp(),
      fresh: true,
    };
  }

  #setHere(entry: Entry, here: boolean): void {
    const said = entry.here !== here;
    const changed = this.#change(entry, () => (entry.here = here));
    if (said || changed) this.#options.peers?.tell(newsOf(entry));
  }

  /** A change of this node's making; true when it is one that is shown. */
  #change(entry: Entry, mutate: () => void): boolean {
    const before = JSON.stringify(shown(entry));
    const { name, avatarUrl } = entry.record;
    const wasAvailable = isAvailable(entry);
    mutate();
    if (isAvailable(entry) !== wasAvailable) this.#mark(entry);
    if (JSON.stringify(shown(entry)) === before) return false;
    entry.version = this.#options.stamp();
    entry.fresh = false;
    this.#publish(entry, name !== entry.record.name || avatarUrl !== entry.record.avatarUrl);
    return true;
  }

  #mark(entry: Entry): void {
    const now = this.#options.clock.now();
    entry.availableSince = isAvailable(entry) ? now : null;
    entry.lastAvailableAt = now;
  }

  /** Another node's word about one agent. */
  async #hear(node: string, news: AgentNews): Promise<void> {
    const { record, here } = news;
    // Where nobody is, it is enough to ask when somebody comes.
    if (!here && !this.#workspaces.has(record.workspaceId)) return;
    const entries = await this.#entries(record.workspaceId);
    const entry = entries.get(record.id) ?? this.#entry(record);
    entries.set(record.id, entry);
    const before = JSON.stringify(shown(entry));
    const { name, avatarUrl } = entry.record;
    const left = !here && entry.nodes.delete(node);
    if (here) entry.nodes.add(node);
    if (record.version > entry.record.version) entry.record = record;
    if (news.version > entry.version || entry.fresh) {
      // A client may have been shown what was stored; it takes nothing of that version again.
      entry.version = news.version > entry.version ? news.version : this.#options.stamp();
      entry.fresh = false;
      entry.availableSince = news.availableSince;
      entry.lastAvailableAt = Math.max(entry.lastAvailableAt, news.lastAvailableAt);
    }
    const agrees = isAvailable(entry) === (entry.availableSince !== null);
    // Two nodes may each have thought that the agent is still on the other one, and only the node
    // that an agent is on knows that it is.
    if (!agrees && (entry.here || left)) {
      this.#mark(entry);
      entry.version = this.#options.stamp();
      this.#options.peers?.tell(newsOf(entry));
    }
    if (JSON.stringify(shown(entry)) === before) return;
    this.#publish(entry, name !== entry.record.name || avatarUrl !== entry.record.avatarUrl);
  }

  /** All that a node had to say: whoever is not among it is not there. */
  async #complete(node: string, here: ReadonlySet<string>): Promise<void> {
    for (const entry of await this.#loaded()) {
      if (entry.nodes.has(node) && !here.has(entry.record.id)) this.#leave(entry, node);
    }
  }

  #gone(node: string, politely: boolean): void {
    const forget = async (): Promise<void> => {
      for (const entry of await this.#loaded()) this.#leave(entry, node);
    };
    if (!politely) return void forget();
    // Its agents come back at once, to another node.
    const timer = setTimeout(() => {
      this.#goodbyes.delete(timer);
      void forget();
    }, this.#options.graceMs).unref();
    this.#goodbyes.add(timer);
  }

  #leave(entry: Entry, node: string): void {
    if (!entry.nodes.has(node)) return;
    const changed = this.#change(entry, () => entry.nodes.delete(node));
    if (changed) this.#options.peers?.tell(newsOf(entry));
  }

  #publish(entry: Entry, newFace = false): void {
    const { workspaceId } = entry.record;
    this.#options.events.publish({ type: 'agent', workspaceId, agent: shown(entry), newFace });
  }
}

function effectiveStatus({ here, nodes, record }: Entry): Agent['status'] {
  return here || nodes.size > 0 ? record.status : 'offline';
}

function isAvailable(entry: Entry): boolean {
  return effectiveStatus(entry) !== 'offline';
}

function newsOf({ record, here, availableSince, lastAvailableAt, version }: Entry): AgentNews {
  return { record, here, availableSince, lastAvailableAt, version };
}

function shown(entry: Entry): Agent {
  const { id, name, avatarUrl, role } = entry.record;
  return {
    id,
    name,
    avatarUrl,
    role,
    status: effectiveStatus(entry),
    availableSince: entry.availableSince,
    version: entry.version,
  };
}
