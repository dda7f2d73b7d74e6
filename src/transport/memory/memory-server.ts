import type { ContactPatch, WorkspaceSettings } from '../../domain/index.js';
import { events, limits, parseTopic, topics, type ErrorCode } from '../../protocol/index.js';
import type { ServerApi } from '../api.js';
import { systemClock, type Clock } from '../clock.js';
import type { GetToken, Transport } from '../transport.js';
import { createActs, type Acts } from './acts.js';
import { addAgent, type AgentSeed } from './additions.js';
import type { Caller } from './caller.js';
import { createChannels } from './channels.js';
import { fillConversations, fillMessages } from './fill.js';
import { createLines } from './lines.js';
import { createIdentities, identify } from './identities.js';
import { createMemoryApi } from './memory-api.js';
import { createMemoryTransport } from './memory-transport.js';
import { createMemoryNetwork, type Channel, type MemoryNetwork } from './network.js';
import {
  seedConversation,
  seedGroup,
  seedReply,
  seedTemplate,
  type ConversationSeed,
  type GroupSeed,
  type ReplySeed,
  type TemplateSeed,
} from './seeds.js';
import { createTell } from './tell.js';
import {
  conversationsOf,
  createWorkspace,
  liveConversation,
  type MailBox,
  type Workspace,
} from './workspace.js';

export interface MemoryServerOptions {
  clock?: Clock;
  workspace?: { id?: string; name?: string; settings?: Partial<WorkspaceSettings> };
  agents?: AgentSeed[];
  groups?: GroupSeed[];
  replies?: ReplySeed[];
  templates?: TemplateSeed[];
  /** Mail is configured and every email is taken, unless this says otherwise. */
  mail?: Partial<MailBox>;
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
  /** Adds very many conversations, told to nobody who has joined already; returns their ids. */
  fillConversations(count: number): string[];
  /** Puts very many messages before those of a conversation, told to nobody. */
  fillMessages(conversationId: string, count: number): void;
  /** From now on the mail server refuses every email with these words; null takes them again. */
  failMail(words: string | null): void;
  /** The contact writes; returns the conversation's id. */
  say(contactId: string, text: string): string;
  /** An agent writes a reply or a comment. */
  answer(conversationId: string, agentId: string, text: string, kind?: 'reply' | 'comment'): void;
  /** The contact types, or stopped. */
  contactTypes(contactId: string, typing: boolean): void;
  updateContact(contactId: string, patch: ContactPatch): void;
  /** Changes settings of the workspace, and tells its widgets. */
  updateSettings(patch: Partial<WorkspaceSettings>): void;
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
      mail: options.mail ?? {},
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
  const { broadcast } = network;
  const tell = createTell(workspace, broadcast);
  const lines = createLines(workspace, tell);
  const identities = createIdentities(workspace, network, tell);
  const acts = createActs({ workspace, broadcast, tell, lines, clock });
  const channels = createChannels(workspace, acts, broadcast);
  let written = 0;
  const clientId = (): string =>
    `00000000-0000-7000-8000-${(++written).toString(16).padStart(12, '0')}`;
  const ago = (ms: number, run: () => void): void => {
    agoMs = ms;
    run();
    agoMs = 0;
  };

  const server: MemoryServer = {
    workspace,
    acts,
    network,
    api: ({ agentId } = {}) => createMemoryApi(workspace, network, identities, agentId ?? null),
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
    seed: (seed) => seedConversation({ workspace, tell, lines, clientId, ago }, seed),
    fillConversations: (count) => fillConversations(workspace, count),
    fillMessages: (conversationId, count) => fillMessages(workspace, conversationId, count),
    failMail(words) {
      workspace.mail.failure = words;
    },
    say(contactId, text) {
      const elsewhere = conversationsOf(workspace, contactId).find(({ live }) => live);
      return !elsewhere || liveConversation(workspace, contactId)
        ? acts.visitorWrites(contactId, clientId(), text).conversationId
        : acts.contactWrites(elsewhere.id, clientId(), text).conversationId;
    },
    answer(conversationId, agentId, text, kind = 'reply') {
      acts.agentWrites(conversationId, agentId, { clientId: clientId(), kind, text });
    },
    contactTypes(contactId, typing) {
      const live = liveConversation(workspace, contactId);
      const contact = workspace.contacts.get(contactId);
      if (!live || !contact) return;
      const { id, name, avatarUrl } = contact;
      broadcast(topics.conversation(live.id), events.typing, {
        author: { type: 'contact', id, name, avatarUrl },
        typing,
        ttlMs: limits.typingTtlMs,
      });
    },
    updateContact: acts.updateContact,
    updateSettings(patch) {
      Object.assign(workspace.settings, patch);
      tell.settings();
    },
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
  for (const seed of options.groups ?? []) seedGroup(workspace, seed);
  for (const seed of options.replies ?? []) seedReply(workspace, seed);
  for (const seed of options.templates ?? []) seedTemplate(workspace, seed);
  for (const seed of options.conversations ?? []) server.seed(seed);
  return server;
}
