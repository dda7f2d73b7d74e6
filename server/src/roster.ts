import type { Agent } from '#kit/domain/agent.js';
import type { AgentRecord, Agents, Clock, EventBus } from './ports.js';
import type { Stamp } from './stamps.js';

interface Entry {
  record: AgentRecord;
  /** Inboxes open on this node. */
  connections: number;
  /** True from the first connection until the grace after the last one is over. */
  connected: boolean;
  grace: NodeJS.Timeout | undefined;
  availableSince: number | null;
  /** Epoch ms; 0 when never since the start. */
  lastAvailableAt: number;
  version: number;
}

export interface RosterOptions {
  agents: Pick<Agents, 'list'>;
  clock: Clock;
  events: EventBus;
  stamp: Stamp;
  /** How long an agent stays as chosen after the last inbox is gone (S4.2). */
  graceMs: number;
}

/**
 * Who is really there: the chosen status while an inbox is connected, else offline. Lives in memory;
 * after a restart everyone is offline until they join.
 */
export class Roster {
  readonly #options: RosterOptions;
  readonly #workspaces = new Map<string, Promise<Map<string, Entry>>>();

  constructor(options: RosterOptions) {
    this.#options = options;
  }

  async list(workspaceId: string): Promise<Agent[]> {
    return [...(await this.#entries(workspaceId)).values()].map(shown);
  }

  async get(workspaceId: string, agentId: string): Promise<Agent | null> {
    const entry = (await this.#entries(workspaceId)).get(agentId);
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
    const entry = (await this.#entries(workspaceId)).get(agentId);
    if (!entry) return () => undefined;
    clearTimeout(entry.grace);
    entry.connections += 1;
    this.#change(entry, () => (entry.connected = true));
    let gone = false;
    return () => {
      if (gone) return;
      gone = true;
      entry.connections -= 1;
      if (entry.connections > 0) return;
      clearTimeout(entry.grace);
      entry.grace = setTimeout(() => {
        this.#change(entry, () => (entry.connected = false));
      }, this.#options.graceMs);
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
    } else if (record.version >= entry.record.version) {
      this.#change(entry, () => (entry.record = record));
    }
  }

  close(): void {
    for (const entries of this.#workspaces.values()) {
      entries.then(
        (loaded) => {
          for (const { grace } of loaded.values()) clearTimeout(grace);
        },
        () => undefined,
      );
    }
  }

  #entries(workspaceId: string): Promise<Map<string, Entry>> {
    const known = this.#workspaces.get(workspaceId);
    if (known) return known;
    const loading = this.#options.agents
      .list(workspaceId)
      .then((records) => new Map(records.map((record) => [record.id, this.#entry(record)])));
    this.#workspaces.set(workspaceId, loading);
    loading.catch(() => this.#workspaces.delete(workspaceId));
    return loading;
  }

  #entry(record: AgentRecord): Entry {
    return {
      record,
      connections: 0,
      connected: false,
      grace: undefined,
      availableSince: null,
      lastAvailableAt: 0,
      version: this.#options.stamp(),
    };
  }

  #change(entry: Entry, mutate: () => void): void {
    const before = JSON.stringify(shown(entry));
    const { name, avatarUrl } = entry.record;
    const wasAvailable = effectiveStatus(entry) !== 'offline';
    mutate();
    const isAvailable = effectiveStatus(entry) !== 'offline';
    const now = this.#options.clock.now();
    if (isAvailable !== wasAvailable) {
      entry.availableSince = isAvailable ? now : null;
      entry.lastAvailableAt = now;
    }
    if (JSON.stringify(shown(entry)) === before) return;
    entry.version = this.#options.stamp();
    this.#publish(entry, name !== entry.record.name || avatarUrl !== entry.record.avatarUrl);
  }

  #publish(entry: Entry, newFace = false): void {
    const { workspaceId } = entry.record;
    this.#options.events.publish({ type: 'agent', workspaceId, agent: shown(entry), newFace });
  }
}

function effectiveStatus({ connected, record }: Entry): Agent['status'] {
  return connected ? record.status : 'offline';
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
