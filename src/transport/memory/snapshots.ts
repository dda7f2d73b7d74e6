import {
  answeredQuestions,
  excerpt,
  publicGroups,
  widgetMode,
  type Agent,
  type Availability,
  type Contact,
  type Conversation,
  type LastMessage,
  type Me,
  type VisitorContact,
  type VisitorConversation,
  type WidgetSettings,
} from '../../domain/index.js';
import type { Mail } from '../../protocol/index.js';
import { marksFor } from './marks.js';
import {
  contactOf,
  type StoredAgent,
  type StoredConversation,
  type Workspace,
} from './workspace.js';

/** What agents and visitors are shown of the state, whole. */

function lastMessageOf(conversation: StoredConversation): LastMessage | null {
  const last = conversation.messages.findLast((m) => m.kind !== 'system' && m.deletedAt === null);
  if (!last) return null;
  return {
    id: last.id,
    kind: last.kind,
    authorType: last.author.type,
    authorId: last.author.id,
    authorName: last.author.name,
    excerpt: excerpt(last.text, last.format),
    createdAt: last.createdAt,
  };
}

/** By agent, the last comment of somebody else that names them. */
function mentionsOf({ messages }: StoredConversation): Record<string, number> {
  const mentions: Record<string, number> = {};
  for (const { mentions: named, position, author } of messages) {
    // Hardly any names somebody, and there may be very many of them.
    if (named.length === 0) continue;
    for (const id of named) if (id !== author.id) mentions[id] = position;
  }
  return mentions;
}

export function conversationSnapshot(
  workspace: Workspace,
  conversation: StoredConversation,
): Conversation {
  const { id, name, email, avatarUrl } = contactOf(workspace, conversation.contactId);
  return {
    id: conversation.id,
    contact: { id, name, email, avatarUrl },
    channel: conversation.channel,
    state: conversation.state,
    assigneeIds: [...conversation.assigneeIds],
    groupId: conversation.groupId,
    lastMessage: lastMessageOf(conversation),
    activeAt: conversation.activeAt,
    waitingSince: conversation.waitingSince,
    lastContactPosition: conversation.lastContactPosition,
    reads: Object.fromEntries([...conversation.agentMarks].map(([key, mark]) => [key, mark.read])),
    mentions: mentionsOf(conversation),
    contactMark: { ...conversation.contactMark },
    live: conversation.live,
    subject: conversation.subject,
    rating: conversation.rating,
    createdAt: conversation.createdAt,
    version: conversation.version,
  };
}

/** Ids of the agents who replied, and how many messages were looked at: an author never changes. */
const replied = new WeakMap<StoredConversation, { ids: Set<string>; looked: number }>();

function agentsIn(conversation: StoredConversation): ReadonlySet<string> {
  const { messages } = conversation;
  const known = replied.get(conversation) ?? { ids: new Set<string>(), looked: 0 };
  for (const { kind, author } of messages.slice(known.looked)) {
    if (kind === 'reply' && author.type === 'agent' && author.id !== null) known.ids.add(author.id);
  }
  known.looked = messages.length;
  replied.set(conversation, known);
  return known.ids;
}

export function visitorConversation(
  workspace: Workspace,
  conversation: StoredConversation,
): VisitorConversation {
  const { contactMark, agentMark } = marksFor('visitor', conversation);
  const ids = new Set([...conversation.assigneeIds, ...agentsIn(conversation)]);
  return {
    id: conversation.id,
    state: conversation.state,
    participants: [...ids].flatMap((id) => {
      const agent = workspace.agents.get(id);
      return agent ? [{ id, name: agent.name, avatarUrl: agent.avatarUrl }] : [];
    }),
    contactMark,
    agentMark,
    rating: conversation.rating,
    version: conversation.publicVersion,
  };
}

/** A visitor is told neither of a block nor of what agents keep. */
export function visitorContact({ settings }: Workspace, contact: Contact): VisitorContact {
  const { id, name, email, phone, avatarUrl, language, version } = contact;
  const given = answeredQuestions(settings.form, contact);
  return { id, name, email, phone, avatarUrl, language, given, version };
}

/** The same, noted as what they were told last. */
export function showContact(workspace: Workspace, contact: Contact): VisitorContact {
  const shown = visitorContact(workspace, contact);
  workspace.shownContacts.set(contact.id, JSON.stringify({ ...shown, version: 0 }));
  return shown;
}

/** As others see an agent: offline without a tab. */
export function agentSnapshot(stored: StoredAgent): Agent {
  const { id, name, avatarUrl, role, version } = stored;
  const status = stored.tabs > 0 ? stored.status : 'offline';
  const availableSince = status === 'offline' ? null : stored.availableSince;
  return { id, name, avatarUrl, role, status, availableSince, version };
}

/** As an agent sees themselves: the status is the chosen one. */
export function meSnapshot(stored: StoredAgent): Me {
  const { email, hasPassword, named, status, preferences, hours } = stored;
  return { ...agentSnapshot(stored), status, email, hasPassword, named, preferences, hours };
}

export function mailOf({ mail: { configured, from, replyTo } }: Workspace): Mail {
  return { configured, from: configured ? from : null, replyTo: configured ? replyTo : null };
}

export function settingsOf(workspace: Workspace): WidgetSettings {
  const { settings, groups } = workspace;
  const { greeting, tracking, look, texts, form, targeted, askRating, askGroup } = settings;
  return {
    workspaceName: workspace.name,
    greeting,
    tracking,
    look,
    texts,
    form,
    targeted: targeted.filter(({ active }) => active),
    askRating,
    groups: askGroup ? publicGroups(groups.values()) : [],
    version: workspace.settingsVersion,
  };
}

export function availabilityOf(workspace: Workspace): Availability {
  const agents = [...workspace.agents.values()].map(agentSnapshot);
  const online = agents.filter(({ status }) => status === 'online');
  return {
    mode: widgetMode(
      agents.map(({ status }) => status),
      workspace.settings.whenOffline,
    ),
    agents: online.slice(0, 3).map(({ id, name, avatarUrl }) => ({ id, name, avatarUrl })),
    version: workspace.availabilityVersion,
  };
}
