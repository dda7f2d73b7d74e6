import { mergeMark, newlyNamed, route, type Author, type Mark } from '../../domain/index.js';
import {
  CodedError,
  events,
  limits,
  topics,
  type VisitorMessageSend,
} from '../../protocol/index.js';
import { sentKey } from './additions.js';
import { filesFor } from './files.js';
import { hasReplied, requireText, type Lines } from './lines.js';
import type { Outgoing } from './mail-acts.js';
import { fromPublic, marksFor } from './marks.js';
import { agentSnapshot } from './snapshots.js';
import type { Broadcast, Tell } from './tell.js';
import { beginConversation } from './visitor-acts.js';
import {
  agentOf,
  contactOf,
  conversationOf,
  isVisitors,
  liveConversation,
  liveConversationOf,
  type StoredConversation,
  type StoredMessage,
  type Workspace,
} from './workspace.js';

/** What the page showed by itself before. */
export type Shown = NonNullable<VisitorMessageSend['shown']>;

export interface MessageActs {
  visitorWrites(
    contactId: string,
    clientId: string,
    text: string,
    attachmentIds?: readonly string[],
    shown?: Shown,
  ): StoredMessage;
  /** Gives a conversation that nobody has to who is next (S4.5). */
  routeIt(conversation: StoredConversation): void;
  /** The contact writes in this conversation, on whichever channel it is. */
  contactWrites(conversationId: string, clientId: string, text: string): StoredMessage;
  agentWrites(
    conversationId: string,
    agentId: string,
    message: {
      clientId: string;
      kind: 'reply' | 'comment';
      text: string;
      attachmentIds?: readonly string[] | undefined;
      mentions?: readonly string[] | undefined;
    },
  ): StoredMessage;
  edit(conversationId: string, agentId: string, messageId: string, text: string): StoredMessage;
  remove(conversationId: string, agentId: string, messageId: string): StoredMessage;
  /** `mark` is in the numbers of the party. */
  raiseMark(
    conversationId: string,
    party: { contact: true } | { agentId: string },
    mark: Partial<Mark>,
  ): StoredConversation;
}

export function createMessageActs(
  workspace: Workspace,
  broadcast: Broadcast,
  tell: Tell,
  lines: Lines,
  outgoing: Outgoing,
): MessageActs {
  function own(conversation: StoredConversation, agentId: string, id: string): StoredMessage {
    const message = conversation.messages.find((candidate) => candidate.id === id);
    if (!message) throw new CodedError('message_not_found');
    if (message.author.id !== agentId) throw new CodedError('not_author');
    return message;
  }

  function contactSays(
    conversation: StoredConversation,
    line: { clientId: string; text: string; files?: ReturnType<typeof filesFor> },
  ): StoredMessage {
    const { id, name, avatarUrl } = contactOf(workspace, conversation.contactId);
    if (conversation.state === 'closed') {
      conversation.state = 'open';
      lines.system(conversation, { type: 'reopened', byId: null, byName: null });
    }
    const author: Author = { type: 'contact', id, name, avatarUrl };
    const isFirst = conversation.waitingSince === null;
    const message = lines.append(conversation, { author, kind: 'reply', ...line });
    if (isFirst && conversation.assigneeIds.length === 0) routeIt(conversation);
    tell.conversation(conversation);
    return message;
  }

  function routeIt(conversation: StoredConversation): void {
    const { settings, agents, groups, tally, lastRouted } = workspace;
    const chosen = route({
      routing: settings.routing,
      agents: [...agents.values()].map(agentSnapshot),
      group: groups.get(conversation.groupId ?? '') ?? null,
      open: Object.fromEntries(tally.open),
      last: lastRouted,
    });
    if (chosen === null) return;
    workspace.lastRouted = chosen;
    lines.assign(conversation, null, [chosen]);
  }

  /** Only the workspace's own targeted messages are told by their id. */
  function tellShown(conversation: StoredConversation, shown: Shown): void {
    const known = new Set(workspace.settings.targeted.map(({ id }) => id));
    for (const { text, targetedId } of shown) {
      const id = targetedId !== null && known.has(targetedId) ? targetedId : null;
      const line = { type: 'shown', text: text.trim(), targetedId: id } as const;
      if (line.text !== '') lines.system(conversation, line);
    }
  }

  /** Only a comment names agents, and only those of the workspace. */
  function mentioned(kind: 'reply' | 'comment', ids: readonly string[]): readonly string[] {
    if (ids.length > 0 && kind === 'reply') throw new CodedError('invalid_payload');
    return ids.map((id) => agentOf(workspace, id).id);
  }

  /** Whom a comment names with another text: those whose names it keeps, and who is new in it. */
  function mentionsAfter({ kind, mentions, text: before }: StoredMessage, text: string): string[] {
    if (kind !== 'comment') return mentions;
    const kept = mentions.filter((id) => {
      const name = workspace.agents.get(id)?.name;
      return name === undefined || !before.includes(`@${name}`) || text.includes(`@${name}`);
    });
    const added = newlyNamed(before, text, [...workspace.agents.values()]);
    return [...new Set([...kept, ...added])].slice(0, limits.mentions);
  }

  return {
    routeIt,
    visitorWrites(contactId, clientId, text, attachmentIds = [], shown = []) {
      const before = workspace.sent.get(sentKey(contactId, clientId));
      if (before) return before;
      if (attachmentIds.length === 0) requireText(text);
      const files = filesFor(workspace, contactId, attachmentIds);
      const contact = contactOf(workspace, contactId);
      if (contact.blocked !== null) throw new CodedError('message_refused');
      const conversation =
        liveConversation(workspace, contactId) ?? beginConversation(workspace, lines, contact);
      tellShown(conversation, shown);
      return contactSays(conversation, { clientId, text, files });
    },
    contactWrites(conversationId, clientId, text) {
      requireText(text);
      return contactSays(conversationOf(workspace, conversationId), { clientId, text });
    },
    agentWrites(conversationId, agentId, { clientId, kind, text, ...message }) {
      const conversation = conversationOf(workspace, conversationId);
      const before = workspace.sent.get(sentKey(agentId, clientId));
      if (before && (before.conversationId !== conversationId || before.kind !== kind)) {
        throw new CodedError('client_id_reused');
      }
      if (before) return before;
      liveConversationOf(workspace, conversationId);
      const { attachmentIds = [] } = message;
      if (attachmentIds.length === 0) requireText(text);
      const files = filesFor(workspace, agentId, attachmentIds);
      const mentions = mentioned(kind, message.mentions ?? []);
      const email = kind === 'reply' ? outgoing.deliveryOf(conversation) : null;
      const { id, name, avatarUrl } = agentOf(workspace, agentId);
      if (kind === 'reply') {
        if (!hasReplied(conversation, id)) {
          lines.system(conversation, { type: 'joined', agentId: id, agentName: name });
        }
        if (conversation.assigneeIds.length === 0) conversation.assigneeIds = [id];
      }
      const author: Author = { type: 'agent', id, name, avatarUrl };
      const stored = lines.append(conversation, {
        author,
        kind,
        text,
        clientId,
        files,
        mentions,
        email,
      });
      tell.conversation(conversation);
      outgoing.post(stored);
      return stored;
    },
    edit(conversationId, agentId, messageId, text) {
      const conversation = liveConversationOf(workspace, conversationId);
      const message = own(conversation, agentId, messageId);
      if (message.deletedAt !== null) throw new CodedError('message_not_found');
      if (message.attachments.length === 0) requireText(text);
      if (message.text === text) return message;
      message.mentions = mentionsAfter(message, text);
      message.text = text;
      message.editedAt = workspace.now();
      lines.changed(conversation, message);
      tell.conversation(conversation);
      return message;
    },
    remove(conversationId, agentId, messageId) {
      const conversation = liveConversationOf(workspace, conversationId);
      const message = own(conversation, agentId, messageId);
      if (message.deletedAt !== null) return message;
      for (const { id } of message.attachments) workspace.files.delete(id);
      Object.assign(message, {
        text: '',
        attachments: [],
        mentions: [],
        deletedAt: workspace.now(),
      });
      lines.changed(conversation, message);
      tell.conversation(conversation);
      return message;
    },
    raiseMark(conversationId, party, mark) {
      const conversation = conversationOf(workspace, conversationId);
      const number = (value = 0): number => {
        const position = 'contact' in party ? fromPublic(conversation, value) : value;
        return Math.min(position, conversation.lastSeq);
      };
      const wanted = { delivered: number(mark.delivered), read: number(mark.read) };
      wanted.delivered = Math.max(wanted.delivered, wanted.read);
      const before =
        'contact' in party
          ? conversation.contactMark
          : (conversation.agentMarks.get(party.agentId) ?? { delivered: 0, read: 0 });
      const after = mergeMark(before, wanted);
      if (after.delivered === before.delivered && after.read === before.read) return conversation;
      const publicBefore = JSON.stringify(marksFor('visitor', conversation));
      if ('contact' in party) conversation.contactMark = after;
      else conversation.agentMarks.set(party.agentId, after);
      const topic = topics.conversation(conversation.id);
      broadcast(topic, events.marks, marksFor('agent', conversation));
      const publicMarks = marksFor('visitor', conversation);
      if (isVisitors(conversation) && JSON.stringify(publicMarks) !== publicBefore) {
        broadcast(topics.visitor(conversation.contactId), events.marks, publicMarks);
      }
      tell.conversation(conversation);
      return conversation;
    },
  };
}
