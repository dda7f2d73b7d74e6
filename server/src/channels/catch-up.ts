import { topics } from '#kit/protocol/topics.js';
import type { ChangedConversation, Moment } from '../change-ports.js';
import type { ClusterBus } from '../cluster/bus.js';
import { Coalescer } from '../coalescer.js';
import type { AgentRecord, DomainEvent } from '../ports.js';
import type { Ports } from '../usecases/act.js';
import { contactView } from '../usecases/views.js';
import type { LocalAudience } from './local-audience.js';
import type { OrderedFeed } from './message-feed.js';

export interface CatchUpOptions {
  ports: Ports;
  bus: Pick<ClusterBus, 'onLoss' | 'isConnected'>;
  audience: LocalAudience;
  feed: OrderedFeed;
  /** Tells those who are connected to this server. */
  deliver(event: DomainEvent): void;
  /** Closes the sockets of those who may not come any more. */
  recheck(): Promise<void>;
  onFault(fault: unknown): void;
  /** A look is over, and so many changes had not been heard of. */
  swept(missed: number): void;
  /** How often to look although nothing seems to be missing, in ms. */
  everyMs?: number;
}

/** Several servers that lose the same message do not ask the database in the same moment. */
const lossDelayMs = { least: 50, most: 250 };
/** Without other servers' words, looking is all that there is. */
const timesQuickerWhenCut = 5;
const rememberMs = 60_000;
const sideBySide = 4;

/**
 * Finds in the database what events did not tell: after a loss at once, and again and again in
 * case nobody noticed one. Only what was not told already is told.
 */
export class CatchUp {
  readonly #options: CatchUpOptions;
  readonly #everyMs: number;
  readonly #looking: Coalescer;
  readonly #unsubscribe: () => void;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #since: Moment | null = null;
  /** Something was lost: also what is not numbered is told again. */
  #whole = false;
  /** Versions of conversations and of settings that were told, the older ones in `#before`. */
  #told = new Map<string, number>();
  #before = new Map<string, number>();
  #missed = 0;
  #turnedAt = performance.now();
  #closed = false;

  constructor(options: CatchUpOptions) {
    this.#options = options;
    this.#everyMs = options.everyMs ?? 5_000;
    this.#looking = new Coalescer(() => this.#look(), options.onFault);
    this.#unsubscribe = options.bus.onLoss(() => this.#lost());
    this.#looking.request('all');
    this.#schedule();
  }

  /** An event was delivered here. */
  delivered(event: DomainEvent): void {
    if (event.type === 'conversation') {
      this.#told.set(event.conversation.id, event.conversation.version);
    }
    if (event.type === 'removed') this.#told.set(event.conversationId, event.version);
  }

  close(): void {
    this.#closed = true;
    this.#unsubscribe();
    this.#looking.close();
    clearTimeout(this.#timer);
    clearTimeout(this.#soon);
  }

  #lost(): void {
    this.#whole = true;
    if (this.#soon || this.#closed) return;
    const { least, most } = lossDelayMs;
    this.#soon = setTimeout(
      () => {
        this.#soon = undefined;
        this.#looking.request('all');
      },
      least + Math.random() * (most - least),
    ).unref();
  }

  #schedule(): void {
    if (this.#closed) return;
    const { isConnected } = this.#options.bus;
    const every = isConnected ? this.#everyMs : this.#everyMs / timesQuickerWhenCut;
    this.#timer = setTimeout(
      () => {
        this.#looking.request('all');
        this.#schedule();
      },
      every * (0.75 + Math.random() / 2),
    ).unref();
  }

  async #look(): Promise<void> {
    const { ports, audience, feed } = this.#options;
    const { changes } = ports.storage;
    const whole = this.#whole;
    this.#whole = false;
    try {
      feed.prune();
      // First: what follows is shown to whoever is there.
      if (whole) await this.#options.recheck();
      const workspaces = audience.workspaces();
      const since = this.#since;
      const until = await changes.now();
      if (workspaces.length > 0) {
        const rows = since === null ? [] : await changes.conversations(workspaces, since);
        await this.#each(rows, (row) => this.#tell(row));
        await this.#tellAgents(workspaces, await changes.agents(workspaces), whole);
        this.#tellVersions('settings', await changes.settings(workspaces), whole);
        this.#tellVersions('groups', await changes.groups(workspaces), whole);
        if (whole) await this.#each(audience.conversations(), (row) => this.#tellAround(row));
      }
      this.#since = until;
      this.#options.swept(this.#missed);
      this.#missed = 0;
      this.#turn();
    } catch (fault) {
      // What was not told has to be told by the next look.
      this.#whole ||= whole;
      throw fault;
    }
  }

  async #tell(row: ChangedConversation): Promise<void> {
    const { ports, audience, feed, deliver } = this.#options;
    const { id, workspaceId, contactId, version } = row;
    if (!row.deleted) feed.reached(row);
    if ((this.#toldOf(id) ?? 0) >= version) return;
    if (row.deleted) {
      deliver({ type: 'removed', workspaceId, contactId, conversationId: id, version });
    } else if (audience.has(topics.inbox(workspaceId)) || audience.has(topics.conversation(id))) {
      const conversation = await ports.storage.conversations.snapshot(id);
      if (conversation) deliver({ type: 'conversation', workspaceId, contactId, conversation });
    }
    if (!row.deleted) deliver({ type: 'marks', workspaceId, contactId, conversationId: id });
    // Not before: when the reading fails, the next look has to tell it.
    this.#told.set(id, Math.max(this.#toldOf(id) ?? 0, version));
    this.#missed += 1;
  }

  #tellVersions(
    type: 'settings' | 'groups',
    versions: ReadonlyMap<string, number>,
    whole: boolean,
  ): void {
    for (const [workspaceId, version] of versions) {
      const key = `${type} ${workspaceId}`;
      const isNew = this.#toldOf(key) !== version;
      this.#told.set(key, version);
      if (isNew || whole) this.#options.deliver({ type, workspaceId });
    }
  }

  async #tellAgents(workspaceIds: string[], stored: AgentRecord[], whole: boolean): Promise<void> {
    const { ports, deliver } = this.#options;
    for (const record of stored) {
      await ports.roster.stored(record);
      const { id: agentId, workspaceId, version } = record;
      const told = this.#toldOf(agentId);
      this.#told.set(agentId, version);
      // Their own windows: what others are not shown of them is in the version too.
      if (whole || (told !== undefined && told !== version)) {
        deliver({ type: 'me', workspaceId, agentId });
      }
    }
    const ids = new Set(stored.map(({ id }) => id));
    for (const workspaceId of workspaceIds) {
      for (const { id: agentId } of await ports.roster.list(workspaceId)) {
        if (!ids.has(agentId)) await this.#tellRemoved(workspaceId, agentId);
      }
    }
  }

  /** One that was made since the reading is there. */
  async #tellRemoved(workspaceId: string, agentId: string): Promise<void> {
    const { ports, deliver } = this.#options;
    if (await ports.storage.agents.get(agentId)) return;
    deliver({ type: 'agent-removed', workspaceId, agentId });
  }

  /** What is shown beside a conversation and has no part in its version. */
  async #tellAround({ id, workspaceId }: { id: string; workspaceId: string }): Promise<void> {
    const { ports, deliver } = this.#options;
    const { conversations, contacts, visits } = ports.storage;
    const record = await conversations.get(id);
    const contact = record && (await contacts.get(record.contactId));
    if (!contact) return;
    const visit = await visits.latest(contact.id);
    deliver({ type: 'contact', workspaceId, contact: contactView(contact), conversationIds: [id] });
    if (!visit) return;
    deliver({ type: 'visit', workspaceId, contactId: contact.id, conversationId: id, visit });
  }

  async #each<T>(rows: T[], work: (row: T) => Promise<void>): Promise<void> {
    const rest = rows.values();
    const worker = async (): Promise<void> => {
      for (const row of rest) {
        if (this.#closed) return;
        await work(row);
      }
    };
    await Promise.all(Array.from({ length: sideBySide }, worker));
  }

  #toldOf(id: string): number | undefined {
    return this.#told.get(id) ?? this.#before.get(id);
  }

  #turn(): void {
    if (performance.now() - this.#turnedAt < rememberMs) return;
    this.#turnedAt = performance.now();
    this.#before = this.#told;
    this.#told = new Map();
  }
}
