import {
  defaultSettings,
  type Agent,
  type Contact,
  type Conversation,
  type ConversationState,
  type Group,
  type Mark,
  type Me,
  type Message,
  type Visit,
  type WorkspaceSettings,
} from '../../domain/index.js';
import { CodedError } from '../../protocol/index.js';
import type { StoredFile } from './files.js';

/** A message with both of its numbers; the public ones are null where no visitor may see it. */
export interface StoredMessage extends Message {
  publicPosition: number | null;
  publicSeq: number | null;
}

export interface StoredConversation {
  id: string;
  contactId: string;
  channel: Conversation['channel'];
  state: ConversationState;
  live: boolean;
  assigneeIds: string[];
  groupId: string | null;
  /** By position. */
  messages: StoredMessage[];
  lastSeq: number;
  lastPublicSeq: number;
  activeAt: number;
  waitingSince: number | null;
  lastContactPosition: number;
  contactMark: Mark;
  agentMarks: Map<string, Mark>;
  createdAt: number;
  version: number;
  /** Rises only with what a visitor may see. */
  publicVersion: number;
  /** What the visitor was told last, to notice changes. */
  shownToVisitor: string;
}

export interface StoredAgent extends Me {
  /** Connections that joined the inbox; a colleague of a demo counts as always there. */
  tabs: number;
}

/** Everything that one memory server knows. */
export interface Workspace {
  id: string;
  name: string;
  settings: WorkspaceSettings;
  settingsVersion: number;
  availabilityVersion: number;
  agents: Map<string, StoredAgent>;
  groups: Group[];
  contacts: Map<string, Contact>;
  visits: Map<string, Visit>;
  conversations: Map<string, StoredConversation>;
  /** By attachment id. */
  files: Map<string, StoredFile>;
  now(): number;
  nextId(kind: string): string;
}

export function createWorkspace(
  options: { id: string; name: string; settings?: Partial<WorkspaceSettings> },
  now: () => number,
): Workspace {
  let ids = 0;
  return {
    id: options.id,
    name: options.name,
    settings: { ...defaultSettings, ...options.settings },
    settingsVersion: 1,
    availabilityVersion: 1,
    agents: new Map(),
    groups: [],
    contacts: new Map(),
    visits: new Map(),
    conversations: new Map(),
    files: new Map(),
    now,
    nextId: (kind) => `${kind}_${(++ids).toString(36).padStart(6, '0')}`,
  };
}

export interface AgentSeed {
  id: string;
  name: string;
  role?: Agent['role'];
  status?: Agent['status'];
  avatarUrl?: string | null;
  email?: string | null;
  /** A colleague who is there without a client of their own. */
  connected?: boolean;
}

export function addAgent(workspace: Workspace, seed: AgentSeed): StoredAgent {
  const agent: StoredAgent = {
    id: seed.id,
    name: seed.name,
    avatarUrl: seed.avatarUrl ?? null,
    role: seed.role ?? 'agent',
    status: seed.status ?? 'online',
    availableSince: seed.connected ? workspace.now() : null,
    version: 1,
    email: seed.email ?? null,
    hasPassword: true,
    named: true,
    tabs: seed.connected ? 1 : 0,
  };
  workspace.agents.set(agent.id, agent);
  return agent;
}

export function addContact(workspace: Workspace, seed: Partial<Contact> = {}): Contact {
  const contact: Contact = {
    id: seed.id ?? workspace.nextId('ct'),
    name: seed.name ?? null,
    email: seed.email ?? null,
    phone: seed.phone ?? null,
    avatarUrl: seed.avatarUrl ?? null,
    language: seed.language ?? null,
    createdAt: seed.createdAt ?? workspace.now(),
    blocked: seed.blocked ?? null,
    version: 1,
  };
  workspace.contacts.set(contact.id, contact);
  return contact;
}

export function addConversation(
  workspace: Workspace,
  contactId: string,
  seed: { id?: string; channel?: Conversation['channel'] } = {},
): StoredConversation {
  const at = workspace.now();
  const conversation: StoredConversation = {
    id: seed.id ?? workspace.nextId('cv'),
    contactId,
    channel: seed.channel ?? 'chat',
    state: 'open',
    live: true,
    assigneeIds: [],
    groupId: null,
    messages: [],
    lastSeq: 0,
    lastPublicSeq: 0,
    activeAt: at,
    waitingSince: null,
    lastContactPosition: 0,
    contactMark: { delivered: 0, read: 0 },
    agentMarks: new Map(),
    createdAt: at,
    version: 1,
    publicVersion: 1,
    shownToVisitor: '',
  };
  workspace.conversations.set(conversation.id, conversation);
  return conversation;
}

export function liveConversation(
  workspace: Workspace,
  contactId: string,
): StoredConversation | undefined {
  for (const conversation of workspace.conversations.values()) {
    if (conversation.contactId === contactId && conversation.live) return conversation;
  }
  return undefined;
}

export function conversationOf(workspace: Workspace, id: string): StoredConversation {
  const conversation = workspace.conversations.get(id);
  if (!conversation) throw new CodedError('conversation_not_found');
  return conversation;
}

export function contactOf(workspace: Workspace, id: string): Contact {
  const contact = workspace.contacts.get(id);
  if (!contact) throw new CodedError('contact_not_found');
  return contact;
}

export function agentOf(workspace: Workspace, id: string): StoredAgent {
  const agent = workspace.agents.get(id);
  if (!agent) throw new CodedError('agent_not_found');
  return agent;
}
