import {
  compareInView,
  excerpt,
  isInView,
  mergeMark,
  widgetMode,
  type Agent,
  type Availability,
  type Conversation,
  type Counts,
  type LastMessage,
  type Mark,
  type Me,
  type Message,
  type View,
  type VisitorConversation,
  type WidgetSettings,
} from '../../domain/index.js';
import type { ConversationWindow, Marks, MessagePage } from '../../protocol/index.js';
import {
  contactOf,
  type StoredAgent,
  type StoredConversation,
  type StoredMessage,
  type Workspace,
} from './workspace.js';

/** What agents and visitors are shown of the state; the only place that turns one into the other. */

export type Audience = 'agent' | 'visitor';

const none: Mark = { delivered: 0, read: 0 };

/** Null where the audience may not see it. */
export function messageFor(audience: Audience, stored: StoredMessage): Message | null {
  const { publicPosition, publicSeq, ...message } = stored;
  if (audience === 'agent') return message;
  if (publicPosition === null || publicSeq === null) return null;
  return { ...message, position: publicPosition, seq: publicSeq };
}

function messagesFor(audience: Audience, conversation: StoredConversation): Message[] {
  return conversation.messages.flatMap((stored) => messageFor(audience, stored) ?? []);
}

function lastSeq(audience: Audience, conversation: StoredConversation): number {
  return audience === 'agent' ? conversation.lastSeq : conversation.lastPublicSeq;
}

/** The last page, or the one before a position. */
export function pageBefore(
  audience: Audience,
  conversation: StoredConversation,
  before: number | null,
  limit: number,
  reset = false,
): MessagePage {
  const older = messagesFor(audience, conversation).filter(
    ({ position }) => before === null || position < before,
  );
  return {
    conversationId: conversation.id,
    messages: older.slice(-limit),
    more: older.length > limit,
    reset,
    seq: lastSeq(audience, conversation),
  };
}

/** What changed after a cursor; the last page with `reset` when the cursor is unknown. */
export function pageAfter(
  audience: Audience,
  conversation: StoredConversation,
  after: number,
  limit: number,
): MessagePage {
  const newest = lastSeq(audience, conversation);
  if (after > newest) return pageBefore(audience, conversation, null, limit, true);
  const changed = messagesFor(audience, conversation)
    .filter(({ seq }) => seq > after)
    .sort((a, b) => a.seq - b.seq);
  const messages = changed.slice(0, limit);
  const more = changed.length > limit;
  return {
    conversationId: conversation.id,
    messages,
    more,
    reset: false,
    seq: more ? (messages.at(-1)?.seq ?? newest) : newest,
  };
}

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
    contactMark: { ...conversation.contactMark },
    createdAt: conversation.createdAt,
    version: conversation.version,
  };
}

/** The furthest that any agent has come. */
export function agentMark(conversation: StoredConversation): Mark {
  return [...conversation.agentMarks.values()].reduce(mergeMark, none);
}

/** The number that a visitor counts for an agents' position. */
function toPublic(conversation: StoredConversation, position: number): number {
  let found = 0;
  for (const message of conversation.messages) {
    if (message.position <= position) found = message.publicPosition ?? found;
  }
  return found;
}

export function fromPublic(conversation: StoredConversation, publicPosition: number): number {
  let found = 0;
  for (const message of conversation.messages) {
    if (message.publicPosition !== null && message.publicPosition <= publicPosition) {
      found = message.position;
    }
  }
  return found;
}

export function marksFor(audience: Audience, conversation: StoredConversation): Marks {
  const translate = (mark: Mark): Mark =>
    audience === 'agent'
      ? { ...mark }
      : {
          delivered: toPublic(conversation, mark.delivered),
          read: toPublic(conversation, mark.read),
        };
  return {
    conversationId: conversation.id,
    contactMark: translate(conversation.contactMark),
    agentMark: translate(agentMark(conversation)),
  };
}

export function visitorConversation(
  workspace: Workspace,
  conversation: StoredConversation,
): VisitorConversation {
  const { contactMark, agentMark: agents } = marksFor('visitor', conversation);
  const ids = new Set(conversation.assigneeIds);
  for (const { kind, author } of conversation.messages) {
    if (kind === 'reply' && author.type === 'agent' && author.id !== null) ids.add(author.id);
  }
  return {
    id: conversation.id,
    state: conversation.state,
    participants: [...ids].flatMap((id) => {
      const agent = workspace.agents.get(id);
      return agent ? [{ id, name: agent.name, avatarUrl: agent.avatarUrl }] : [];
    }),
    contactMark,
    agentMark: agents,
    version: conversation.publicVersion,
  };
}

export function windowOf(
  workspace: Workspace,
  view: View,
  me: string,
  after: { activeAt: number; id: string } | null,
  limit: number,
): ConversationWindow {
  const rows = [...workspace.conversations.values()]
    .filter((conversation) => conversation.live && isInView(conversation, view, me))
    .filter((conversation) => !after || compareInView(conversation, after, view.order) > 0)
    .sort((a, b) => compareInView(a, b, view.order));
  return {
    conversations: rows.slice(0, limit).map((row) => conversationSnapshot(workspace, row)),
    more: rows.length > limit,
  };
}

export function countsOf(workspace: Workspace): Counts {
  const counts: Counts = { unassigned: 0, all: 0, byAgent: {} };
  for (const { live, state, assigneeIds } of workspace.conversations.values()) {
    if (!live || state !== 'open') continue;
    counts.all++;
    if (assigneeIds.length === 0) counts.unassigned++;
    for (const id of assigneeIds) counts.byAgent[id] = (counts.byAgent[id] ?? 0) + 1;
  }
  return counts;
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
  const { email, hasPassword, named, status } = stored;
  return { ...agentSnapshot(stored), status, email, hasPassword, named };
}

export function settingsOf(workspace: Workspace): WidgetSettings {
  return {
    workspaceName: workspace.name,
    greeting: workspace.settings.greeting,
    tracking: workspace.settings.tracking,
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
