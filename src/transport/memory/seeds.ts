import {
  type Author,
  type Contact,
  type EmailDelivery,
  type EmailTemplate,
  type Group,
  type SavedReply,
  type Visit,
} from '../../domain/index.js';
import { addContact, addConversation } from './additions.js';
import type { Lines } from './lines.js';
import type { Tell } from './tell.js';
import { emptyVisit } from './visits.js';
import { agentOf, contactOf, type StoredConversation, type Workspace } from './workspace.js';

export interface MessageSeed {
  /** An agent's id; without one the contact wrote it. */
  by?: string;
  kind?: 'reply' | 'comment';
  text: string;
  /** How long ago, in ms; 0 when missing. */
  agoMs?: number;
  /** Ids of agents whom a comment names. */
  mentions?: string[];
  /** How a reply of an email conversation fares; `sent` when missing. */
  email?: Partial<EmailDelivery>;
  /** It was edited once, or deleted. */
  edited?: boolean;
  deleted?: boolean;
}

export interface ConversationSeed {
  id?: string;
  channel?: 'chat' | 'email' | `social:${string}`;
  subject?: string;
  /** The same id twice is the same contact, with what the first seed says. */
  contact?: Partial<Contact>;
  visit?: Partial<Visit>;
  assigneeIds?: string[];
  groupId?: string | null;
  state?: 'open' | 'closed';
  /** False for an earlier conversation. */
  live?: boolean;
  messages?: MessageSeed[];
  /** Ids of agents who have read all of it. */
  readBy?: string[];
  /** The contact has received, or read, all of it. */
  contactHas?: 'received' | 'read';
}

export type GroupSeed = Pick<Group, 'id' | 'name'> & Partial<Group>;

export type ReplySeed = Pick<SavedReply, 'shortcut' | 'text'> &
  Partial<SavedReply> & { makerId?: string };

export type TemplateSeed = Pick<EmailTemplate, 'name' | 'subject' | 'body'> &
  Partial<EmailTemplate>;

export function seedGroup(workspace: Workspace, seed: GroupSeed): void {
  const group: Group = { names: {}, private: false, memberIds: [], version: 1, ...seed };
  workspace.groups.set(group.id, group);
}

export function seedReply(workspace: Workspace, { makerId, ...seed }: ReplySeed): void {
  const saved = { id: workspace.nextId('sr'), ownerId: null, version: 1, ...seed };
  workspace.replies.set(saved.id, { saved, makerId: makerId ?? saved.ownerId });
}

export function seedTemplate(workspace: Workspace, seed: TemplateSeed): void {
  const template = { id: workspace.nextId('tp'), version: 1, ...seed };
  workspace.templates.set(template.id, template);
}

export interface Seeding {
  workspace: Workspace;
  tell: Tell;
  lines: Lines;
  clientId(): string;
  /** Runs something as if it were so long ago, in ms. */
  ago(agoMs: number, run: () => void): void;
}

/** Adds a conversation with all that the seed holds, and tells whoever is there. */
export function seedConversation(seeding: Seeding, seed: ConversationSeed): string {
  const { workspace, tell } = seeding;
  const known = workspace.contacts.get(seed.contact?.id ?? '');
  const contact = known ?? addContact(workspace, seed.contact);
  const { channel = 'chat', subject = null, groupId = null, live = true } = seed;
  const createdAt = workspace.now() - (seed.messages?.[0]?.agoMs ?? 0);
  const conversation = addConversation(workspace, contact.id, {
    ...(seed.id === undefined ? {} : { id: seed.id }),
    channel,
    subject,
    groupId,
    live,
    createdAt,
  });
  conversation.assigneeIds = [...(seed.assigneeIds ?? [])];
  for (const message of seed.messages ?? []) {
    seeding.ago(message.agoMs ?? 0, () => seedMessage(seeding, conversation, message));
  }
  const all = { delivered: conversation.lastSeq, read: conversation.lastSeq };
  for (const agentId of seed.readBy ?? []) conversation.agentMarks.set(agentId, all);
  if (seed.contactHas === 'read') conversation.contactMark = all;
  if (seed.contactHas === 'received') conversation.contactMark = { ...all, read: 0 };
  if (seed.state === 'closed') {
    conversation.state = 'closed';
    conversation.waitingSince = null;
  }
  if (seed.visit) {
    const visit = { ...emptyVisit(workspace), ...seed.visit };
    workspace.visits.set(contact.id, visit);
  }
  tell.conversation(conversation);
  return conversation.id;
}

function seedMessage(
  { workspace, lines, clientId }: Seeding,
  conversation: StoredConversation,
  seed: MessageSeed,
): void {
  const { by, kind = 'reply', text, mentions = [] } = seed;
  const contact = contactOf(workspace, conversation.contactId);
  const { id, name, avatarUrl } = by === undefined ? contact : agentOf(workspace, by);
  if (by !== undefined && kind === 'reply' && conversation.assigneeIds.length === 0) {
    conversation.assigneeIds = [by];
    lines.system(conversation, { type: 'joined', agentId: by, agentName: name ?? '' });
  }
  const author: Author = { type: by === undefined ? 'contact' : 'agent', id, name, avatarUrl };
  const goesByMail = conversation.channel === 'email' && by !== undefined && kind === 'reply';
  const email: EmailDelivery | null = goesByMail
    ? {
        to: contact.email ?? '',
        subject: conversation.subject ?? '',
        state: 'sent',
        error: null,
        ...seed.email,
      }
    : null;
  const line = { author, kind, text, clientId: clientId(), mentions, email };
  const message = lines.append(conversation, line);
  if (!seed.edited && !seed.deleted) return;
  if (seed.edited) message.editedAt = workspace.now();
  if (seed.deleted) Object.assign(message, { text: '', mentions: [], deletedAt: workspace.now() });
  lines.changed(conversation, message);
}
