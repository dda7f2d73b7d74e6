import {
  defaultSettings,
  type Contact,
  type Conversation,
  type ConversationState,
  type EmailTemplate,
  type Group,
  type Mark,
  type Me,
  type Message,
  type Rating,
  type SavedReply,
  type Visit,
  type WorkspaceSettings,
} from '../../domain/index.js';
import { CodedError, type ErrorCode, type Mail } from '../../protocol/index.js';
import { createActivity, type Activity } from './activity.js';
import type { StoredFile } from './files.js';
import { createTally, type Tally } from './tally.js';

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
  subject: string | null;
  rating: Rating | null;
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

export interface StoredReply {
  saved: SavedReply;
  makerId: string | null;
}

/** Whether mail goes out, and how the mail server of a test behaves. */
export interface MailBox extends Mail {
  /** What the mail server says to every email; null takes them. */
  failure: string | null;
  /** How long an email is queued, in ms. */
  delayMs: number;
}

/** Everything that one memory server knows. */
export interface Workspace {
  id: string;
  name: string;
  settings: WorkspaceSettings;
  settingsVersion: number;
  availabilityVersion: number;
  groupsVersion: number;
  mail: MailBox;
  agents: Map<string, StoredAgent>;
  /** The agent who was routed the last conversation. */
  lastRouted: string | null;
  groups: Map<string, Group>;
  replies: Map<string, StoredReply>;
  templates: Map<string, EmailTemplate>;
  contacts: Map<string, Contact>;
  /** Who may not write: since when, and by whom. */
  blocks: Map<string, { at: number; byName: string | null }>;
  visits: Map<string, Visit>;
  /** By contact, what was chosen and answered for a conversation that did not begin yet. */
  chosenGroups: Map<string, string>;
  formAnswers: Map<string, string[]>;
  /** What contacts were told of themselves last, to notice changes. */
  shownContacts: Map<string, string>;
  /** Contacts by the id that the host signed. */
  identities: Map<string, string>;
  /** Visitor tokens that are worth nothing any more. */
  revoked: Set<string>;
  conversations: Map<string, StoredConversation>;
  /** Ids of conversations that agents deleted. */
  deleted: Set<string>;
  /** Each contact's conversations, in the order of their making. */
  byContact: Map<string, StoredConversation[]>;
  activity: Activity;
  tally: Tally;
  /** By author and `clientId`. */
  sent: Map<string, StoredMessage>;
  /** By attachment id. */
  files: Map<string, StoredFile>;
  now(): number;
  nextId(kind: string): string;
}

export interface WorkspaceOptions {
  id: string;
  name: string;
  settings?: Partial<WorkspaceSettings>;
  mail?: Partial<MailBox>;
}

export function createWorkspace(options: WorkspaceOptions, now: () => number): Workspace {
  let ids = 0;
  return {
    id: options.id,
    name: options.name,
    settings: { ...defaultSettings, ...options.settings },
    settingsVersion: 1,
    availabilityVersion: 1,
    groupsVersion: 1,
    mail: {
      configured: true,
      from: 'hello@example.com',
      replyTo: 'support@example.com',
      failure: null,
      delayMs: 0,
      ...options.mail,
    },
    agents: new Map(),
    lastRouted: null,
    groups: new Map(),
    replies: new Map(),
    templates: new Map(),
    contacts: new Map(),
    blocks: new Map(),
    visits: new Map(),
    chosenGroups: new Map(),
    formAnswers: new Map(),
    shownContacts: new Map(),
    identities: new Map(),
    revoked: new Set(),
    conversations: new Map(),
    deleted: new Set(),
    byContact: new Map(),
    activity: createActivity(),
    tally: createTally(),
    sent: new Map(),
    files: new Map(),
    now,
    nextId: (kind) => `${kind}_${(++ids).toString(36).padStart(6, '0')}`,
  };
}

export function conversationsOf(
  workspace: Workspace,
  contactId: string,
): readonly StoredConversation[] {
  return workspace.byContact.get(contactId) ?? [];
}

/** The contact's one live conversation on a channel. */
export function liveConversation(
  workspace: Workspace,
  contactId: string,
  channel: Conversation['channel'] = 'chat',
): StoredConversation | undefined {
  return conversationsOf(workspace, contactId).find(
    (conversation) => conversation.live && conversation.channel === channel,
  );
}

/** Only the live conversation of the chat is the visitor's to see. */
export function isVisitors({ live, channel }: StoredConversation): boolean {
  return live && channel === 'chat';
}

export function conversationOf(workspace: Workspace, id: string): StoredConversation {
  return known(workspace.conversations, id, 'conversation_not_found');
}

/** A conversation that something is done to: an earlier one can be read only. */
export function liveConversationOf(workspace: Workspace, id: string): StoredConversation {
  const conversation = conversationOf(workspace, id);
  if (!conversation.live) throw new CodedError('conversation_ended');
  return conversation;
}

export function contactOf(workspace: Workspace, id: string): Contact {
  return known(workspace.contacts, id, 'contact_not_found');
}

export function agentOf(workspace: Workspace, id: string): StoredAgent {
  return known(workspace.agents, id, 'agent_not_found');
}

export function groupOf(workspace: Workspace, id: string): Group {
  return known(workspace.groups, id, 'group_not_found');
}

function known<Kept>(kept: ReadonlyMap<string, Kept>, id: string, code: ErrorCode): Kept {
  const found = kept.get(id);
  if (found === undefined) throw new CodedError(code);
  return found;
}
