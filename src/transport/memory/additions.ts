import {
  defaultPreferences,
  type Agent,
  type Contact,
  type Hours,
  type Preferences,
} from '../../domain/index.js';
import type { StoredAgent, StoredConversation, Workspace } from './workspace.js';

export interface AgentSeed {
  id: string;
  name: string;
  role?: Agent['role'];
  status?: Agent['status'];
  avatarUrl?: string | null;
  email?: string | null;
  preferences?: Partial<Preferences>;
  hours?: Hours | null;
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
    preferences: { ...defaultPreferences, ...seed.preferences },
    hours: seed.hours ?? null,
    tabs: seed.connected ? 1 : 0,
  };
  workspace.agents.set(agent.id, agent);
  return agent;
}

export function addContact(workspace: Workspace, seed: Partial<Contact> = {}): Contact {
  const contact: Contact = {
    id: seed.id ?? workspace.nextId('ct'),
    name: null,
    email: null,
    phone: null,
    avatarUrl: null,
    language: null,
    createdAt: workspace.now(),
    blocked: null,
    attributes: [],
    notes: '',
    tags: [],
    groupId: null,
    consents: [],
    data: [],
    version: 1,
    ...seed,
  };
  workspace.contacts.set(contact.id, contact);
  if (contact.blocked) workspace.blocks.set(contact.id, { at: workspace.now(), byName: null });
  return contact;
}

export type NewConversation = Partial<
  Pick<StoredConversation, 'id' | 'channel' | 'subject' | 'live' | 'groupId' | 'createdAt'>
>;

/** A conversation that no view and no contact knows of yet. */
export function newConversation(
  workspace: Workspace,
  contactId: string,
  seed: NewConversation = {},
): StoredConversation {
  const at = seed.createdAt ?? workspace.now();
  return {
    id: seed.id ?? workspace.nextId('cv'),
    contactId,
    channel: seed.channel ?? 'chat',
    state: 'open',
    live: seed.live ?? true,
    subject: seed.subject ?? null,
    rating: null,
    assigneeIds: [],
    groupId: seed.groupId ?? null,
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
}

/** Makes conversations findable by id, contact, view and count. */
export function register(workspace: Workspace, conversations: readonly StoredConversation[]): void {
  for (const conversation of conversations) {
    const { id, contactId } = conversation;
    workspace.conversations.set(id, conversation);
    const others = workspace.byContact.get(contactId);
    if (others) others.push(conversation);
    else workspace.byContact.set(contactId, [conversation]);
    workspace.tally.update(conversation);
  }
  workspace.activity.place(conversations);
}

export function addConversation(
  workspace: Workspace,
  contactId: string,
  seed: NewConversation = {},
): StoredConversation {
  const conversation = newConversation(workspace, contactId, seed);
  register(workspace, [conversation]);
  return conversation;
}

/** Takes a conversation away with its messages and files. */
export function removeConversation(workspace: Workspace, conversation: StoredConversation): void {
  const { id, contactId, messages } = conversation;
  workspace.conversations.delete(id);
  workspace.deleted.add(id);
  const others = (workspace.byContact.get(contactId) ?? []).filter((each) => each.id !== id);
  workspace.byContact.set(contactId, others);
  workspace.activity.remove(conversation);
  workspace.tally.remove(conversation);
  for (const message of messages) {
    if (message.clientId !== null)
      workspace.sent.delete(sentKey(message.author.id, message.clientId));
    for (const attachment of message.attachments) workspace.files.delete(attachment.id);
  }
}

/** What a message is found by when it is sent again. */
export function sentKey(authorId: string | null, clientId: string): string {
  return `${authorId ?? ''} ${clientId}`;
}
