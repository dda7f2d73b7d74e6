import type { Contact, ContactPatch, Visit, WorkspaceSettings } from '../../domain/index.js';
import {
  CodedError,
  events,
  limits,
  parseTopic,
  topics,
  type ErrorCode,
} from '../../protocol/index.js';
import type { ServerApi } from '../api.js';
import { systemClock, type Clock } from '../clock.js';
import type { GetToken, Transport } from '../transport.js';
import { createActs, type Acts } from './acts.js';
import { createChannels, type Caller } from './channels.js';
import { createMemoryApi, identify } from './memory-api.js';
import { createMemoryTransport } from './memory-transport.js';
import { createMemoryNetwork, type Channel, type MemoryNetwork } from './network.js';
import {
  addAgent,
  addContact,
  addConversation,
  createWorkspace,
  liveConversation,
  type AgentSeed,
  type Workspace,
} from './workspace.js';

export interface MessageSeed {
  /** An agent's id; without one the contact wrote it. */
  by?: string;
  kind?: 'reply' | 'comment';
  text: string;
  /** How long ago, in ms; 0 when missing. */
  agoMs?: number;
}

export interface ConversationSeed {
  id?: string;
  channel?: 'chat' | 'email' | `social:${string}`;
  contact?: Partial<Contact>;
  visit?: Partial<Visit>;
  assigneeIds?: string[];
  state?: 'open' | 'closed';
  messages?: MessageSeed[];
  /** Ids of agents who have read all of it. */
  readBy?: string[];
}

export interface MemoryServerOptions {
  clock?: Clock;
  workspace?: { id?: string; name?: string; settings?: Partial<WorkspaceSettings> };
  agents?: AgentSeed[];
  conversations?: ConversationSeed[];
  /** Time of each frame from one side to the other, in ms. */
  latencyMs?: number;
  /** Wait of a client before each new try, in ms. */
  reconnectMs?: number;
  /** Topics beside those of the wire contract, by prefix before the colon. */
  channels?: Record<string, (id: string) => Channel<Caller>>;
}

/**
 * A whole server in memory, with several clients of both roles, for tests, documentation and
 * demos. It keeps the rules of the wire contract and stores nothing.
 */
export interface MemoryServer {
  readonly workspace: Workspace;
  /** What agents and visitors do, done from the server's side. */
  readonly acts: Acts;
  readonly network: MemoryNetwork<Caller>;
  /** The HTTP half; with an agent's id it has that agent's session. */
  api(options?: { agentId?: string }): ServerApi;
  /** A client that identifies itself by the token of `getToken`. */
  transport(options: { getToken: GetToken }): Transport;
  /** A client that is signed in as this agent. */
  agentTransport(agentId: string): Transport;
  /** Adds a conversation with all that the seed holds; returns its id. */
  seed(conversation: ConversationSeed): string;
  /** The contact writes; returns the conversation's id. */
  say(contactId: string, text: string): string;
  /** An agent writes a reply or a comment. */
  answer(conversationId: string, agentId: string, text: string, kind?: 'reply' | 'comment'): void;
  /** The contact types, or stopped. */
  contactTypes(contactId: string, typing: boolean): void;
  updateContact(contactId: string, patch: ContactPatch): void;
  /** Breaks every connection; clients come back by themselves unless `stayDown`. */
  cut(options?: { stayDown?: boolean }): void;
  /** Lets clients connect again after `cut({stayDown: true})`. */
  restore(): void;
  /** Refuses every connect and token with this code; null ends it. */
  refuse(code: ErrorCode | null): void;
}

export function createMemoryServer(options: MemoryServerOptions = {}): MemoryServer {
  const clock = options.clock ?? systemClock;
  /** Seeds are written in the past. */
  let agoMs = 0;
  const workspace = createWorkspace(
    {
      id: options.workspace?.id ?? 'ws_memory',
      name: options.workspace?.name ?? 'Example',
      settings: options.workspace?.settings ?? {},
    },
    () => clock.now() - agoMs,
  );
  const network = createMemoryNetwork<Caller>({
    clock,
    identify: (token) => identify(workspace, token),
    channel(topic) {
      const parsed = parseTopic(topic);
      if (parsed) return channels[parsed.kind](parsed.id);
      const [prefix = '', id = ''] = topic.split(':');
      return options.channels?.[prefix]?.(id) ?? null;
    },
  });
  network.latencyMs = options.latencyMs ?? 0;
  const acts = createActs(workspace, network.broadcast);
  const channels = createChannels(workspace, acts, network.broadcast);
  let written = 0;
  const clientId = (): string =>
    `00000000-0000-7000-8000-${(++written).toString(16).padStart(12, '0')}`;

  const server: MemoryServer = {
    workspace,
    acts,
    network,
    api: ({ agentId } = {}) => createMemoryApi(workspace, network, agentId ?? null),
    transport: ({ getToken }) =>
      createMemoryTransport(network, {
        getToken,
        clock,
        ...(options.reconnectMs === undefined ? {} : { reconnectMs: options.reconnectMs }),
      }),
    agentTransport(agentId) {
      const api = server.api({ agentId });
      return server.transport({ getToken: async () => (await api.agentToken()).token });
    },
    seed(seed) {
      const contact = addContact(workspace, seed.contact);
      const { id } = addConversation(workspace, contact.id, seed);
      const conversation = workspace.conversations.get(id);
      if (!conversation) throw new CodedError('internal');
      conversation.assigneeIds = [...(seed.assigneeIds ?? [])];
      for (const message of seed.messages ?? []) {
        agoMs = message.agoMs ?? 0;
        if (message.by === undefined) server.say(contact.id, message.text);
        else server.answer(id, message.by, message.text, message.kind);
      }
      for (const agentId of seed.readBy ?? []) {
        acts.raiseMark(id, { agentId }, { read: conversation.lastSeq });
      }
      agoMs = 0;
      if (seed.state === 'closed') {
        conversation.state = 'closed';
        conversation.waitingSince = null;
      }
      if (seed.visit) {
        const at = clock.now();
        workspace.visits.set(contact.id, {
          id: workspace.nextId('vs'),
          startedAt: at,
          lastSeenAt: at,
          userAgent: null,
          browser: null,
          system: null,
          referrer: null,
          language: null,
          timeZone: null,
          pages: [],
          ...seed.visit,
        });
      }
      return id;
    },
    say: (contactId, text) => acts.visitorWrites(contactId, clientId(), text).conversationId,
    answer(conversationId, agentId, text, kind = 'reply') {
      acts.agentWrites(conversationId, agentId, { clientId: clientId(), kind, text });
    },
    contactTypes(contactId, typing) {
      const live = liveConversation(workspace, contactId);
      const contact = workspace.contacts.get(contactId);
      if (!live || !contact) return;
      const { id, name, avatarUrl } = contact;
      network.broadcast(topics.conversation(live.id), events.typing, {
        author: { type: 'contact', id, name, avatarUrl },
        typing,
        ttlMs: limits.typingTtlMs,
      });
    },
    updateContact: acts.updateContact,
    cut({ stayDown = false } = {}) {
      network.up = !stayDown;
      network.cut();
    },
    restore() {
      network.up = true;
    },
    refuse(code) {
      network.refusal = code;
    },
  };
  for (const agent of options.agents ?? [{ id: 'ag_1', name: 'Owner', role: 'owner' as const }]) {
    addAgent(workspace, agent);
  }
  for (const seed of options.conversations ?? []) server.seed(seed);
  return server;
}
