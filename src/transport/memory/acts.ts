import {
  isPublic,
  mergeMark,
  waitingAfter,
  type AgentStatus,
  type Author,
  type Contact,
  type ContactBlock,
  type ContactPatch,
  type Mark,
  type MessageKind,
  type SystemEvent,
} from '../../domain/index.js';
import { CodedError, events, limits, topics } from '../../protocol/index.js';
import {
  agentSnapshot,
  availabilityOf,
  conversationSnapshot,
  countsOf,
  fromPublic,
  marksFor,
  messageFor,
  visitorConversation,
} from './snapshots.js';
import { filesFor, type StoredFile } from './files.js';
import {
  addConversation,
  agentOf,
  contactOf,
  conversationOf,
  liveConversation,
  type StoredConversation,
  type StoredMessage,
  type Workspace,
} from './workspace.js';

/** What the memory server does, and what it then tells whom. */

export type Broadcast = (topic: string, event: string, payload: object) => void;

export interface Acts {
  visitorWrites(
    contactId: string,
    clientId: string,
    text: string,
    attachmentIds?: readonly string[],
  ): StoredMessage;
  agentWrites(
    conversationId: string,
    agentId: string,
    message: {
      clientId: string;
      kind: 'reply' | 'comment';
      text: string;
      attachmentIds?: readonly string[] | undefined;
    },
  ): StoredMessage;
  edit(conversationId: string, agentId: string, messageId: string, text: string): StoredMessage;
  remove(conversationId: string, agentId: string, messageId: string): StoredMessage;
  assign(conversationId: string, byId: string, assigneeIds: string[]): StoredConversation;
  setState(conversationId: string, byId: string, state: 'open' | 'closed'): StoredConversation;
  updateContact(contactId: string, patch: ContactPatch): void;
  /** Blocks the contact of a conversation, or with null lifts the block. */
  setBlocked(conversationId: string, byId: string, blocked: ContactBlock | null): Contact;
  /** `mark` is in the numbers of the party. */
  raiseMark(
    conversationId: string,
    party: { contact: true } | { agentId: string },
    mark: Partial<Mark>,
  ): StoredConversation;
  setStatus(agentId: string, status: AgentStatus): void;
  /** One tab of an agent came or went. */
  tab(agentId: string, change: 1 | -1): void;
  /** Makes the live conversation an earlier one. */
  end(conversationId: string): void;
}

export function createActs(workspace: Workspace, broadcast: Broadcast): Acts {
  function tellConversation(conversation: StoredConversation): void {
    conversation.version++;
    const payload = { conversation: conversationSnapshot(workspace, conversation) };
    broadcast(topics.conversation(conversation.id), events.conversationChanged, payload);
    broadcast(topics.inbox(workspace.id), events.conversationChanged, payload);
    broadcast(topics.inbox(workspace.id), events.counts, countsOf(workspace));
    tellVisitor(conversation);
  }

  /** Only what a visitor may see counts as a change: else comments could be counted. */
  function tellVisitor(conversation: StoredConversation): void {
    const shown = visitorConversation(workspace, conversation);
    const content = JSON.stringify({ ...shown, version: 0 });
    if (content === conversation.shownToVisitor) return;
    conversation.shownToVisitor = content;
    conversation.publicVersion++;
    if (!conversation.live) return;
    broadcast(topics.visitor(conversation.contactId), events.conversationChanged, {
      conversation: { ...shown, version: conversation.publicVersion },
    });
  }

  function tellContact(contact: Contact): void {
    contact.version++;
    for (const conversation of workspace.conversations.values()) {
      if (conversation.contactId !== contact.id) continue;
      broadcast(topics.conversation(conversation.id), events.contactChanged, { contact });
      tellConversation(conversation);
    }
  }

  function tellMessage(conversation: StoredConversation, stored: StoredMessage): void {
    broadcast(topics.conversation(conversation.id), events.messageChanged, {
      message: messageFor('agent', stored),
    });
    const message = messageFor('visitor', stored);
    if (message && conversation.live) {
      broadcast(topics.visitor(conversation.contactId), events.messageChanged, { message });
    }
  }

  function append(
    conversation: StoredConversation,
    message: {
      author: Author;
      kind: MessageKind;
      text?: string;
      clientId?: string;
      system?: SystemEvent;
      files?: readonly StoredFile[];
    },
  ): StoredMessage {
    const at = workspace.now();
    const system = message.system ?? null;
    const number = ++conversation.lastSeq;
    const publicNumber = isPublic({ kind: message.kind, system })
      ? ++conversation.lastPublicSeq
      : null;
    const stored: StoredMessage = {
      id: workspace.nextId('ms'),
      conversationId: conversation.id,
      clientId: message.clientId ?? null,
      kind: message.kind,
      author: message.author,
      text: message.text ?? '',
      format: message.author.type === 'agent' ? 'markdown' : 'plain',
      system,
      attachments: (message.files ?? []).map(({ attachment }) => attachment),
      position: number,
      seq: number,
      publicPosition: publicNumber,
      publicSeq: publicNumber,
      createdAt: at,
      editedAt: null,
      deletedAt: null,
    };
    for (const file of message.files ?? []) file.message = stored;
    conversation.messages.push(stored);
    conversation.waitingSince = waitingAfter(conversation.waitingSince, stored);
    if (stored.kind !== 'system') conversation.activeAt = at;
    if (stored.author.type === 'contact') conversation.lastContactPosition = number;
    tellMessage(conversation, stored);
    return stored;
  }

  function appendSystem(conversation: StoredConversation, system: SystemEvent): void {
    const author: Author = { type: 'system', id: null, name: null, avatarUrl: null };
    append(conversation, { author, kind: 'system', system });
  }

  /** The message of this author with this `clientId`, were it sent before. */
  function sentBefore(authorId: string, clientId: string): StoredMessage | undefined {
    for (const { messages } of workspace.conversations.values()) {
      const found = messages.find((m) => m.author.id === authorId && m.clientId === clientId);
      if (found) return found;
    }
    return undefined;
  }

  function own(conversation: StoredConversation, agentId: string, id: string): StoredMessage {
    const message = conversation.messages.find((candidate) => candidate.id === id);
    if (!message || message.deletedAt !== null) throw new CodedError('message_not_found');
    if (message.author.id !== agentId) throw new CodedError('not_author');
    return message;
  }

  function changed(conversation: StoredConversation, message: StoredMessage): StoredMessage {
    message.seq = ++conversation.lastSeq;
    if (message.publicSeq !== null) message.publicSeq = ++conversation.lastPublicSeq;
    tellMessage(conversation, message);
    tellConversation(conversation);
    return message;
  }

  function setAssignees(conversation: StoredConversation, byId: string, ids: string[]): void {
    conversation.assigneeIds = ids;
    appendSystem(conversation, {
      type: 'assigned',
      byId,
      assignees: ids.map((id) => ({ id, name: agentOf(workspace, id).name })),
    });
  }

  function tellAgent(agentId: string): void {
    const agent = agentOf(workspace, agentId);
    agent.version++;
    workspace.availabilityVersion++;
    broadcast(topics.inbox(workspace.id), events.agentChanged, { agent: agentSnapshot(agent) });
    const availability = availabilityOf(workspace);
    for (const contactId of workspace.contacts.keys()) {
      broadcast(topics.visitor(contactId), events.availability, { availability });
    }
  }

  /** Runs a change of who is there, and starts or ends the time of being available. */
  function changeStatus(agentId: string, change: () => void): void {
    const agent = agentOf(workspace, agentId);
    const before = agentSnapshot(agent).status;
    change();
    const after = agentSnapshot(agent).status;
    if (before === after) return;
    if (after === 'offline') agent.availableSince = null;
    else if (before === 'offline') agent.availableSince = workspace.now();
    tellAgent(agentId);
  }

  return {
    visitorWrites(contactId, clientId, text, attachmentIds = []) {
      const before = sentBefore(contactId, clientId);
      if (before) return before;
      if (attachmentIds.length === 0) requireText(text);
      const files = filesFor(workspace, contactId, attachmentIds);
      const contact = contactOf(workspace, contactId);
      if (contact.blocked !== null) throw new CodedError('message_refused');
      const conversation =
        liveConversation(workspace, contactId) ?? addConversation(workspace, contactId);
      conversation.state = 'open';
      const author: Author = {
        type: 'contact',
        id: contactId,
        name: contact.name,
        avatarUrl: contact.avatarUrl,
      };
      const message = append(conversation, { author, kind: 'reply', text, clientId, files });
      tellConversation(conversation);
      return message;
    },
    agentWrites(conversationId, agentId, { clientId, kind, text, attachmentIds = [] }) {
      const conversation = conversationOf(workspace, conversationId);
      const before = sentBefore(agentId, clientId);
      if (before && (before.conversationId !== conversationId || before.kind !== kind)) {
        throw new CodedError('client_id_reused');
      }
      if (before) return before;
      if (attachmentIds.length === 0) requireText(text);
      const files = filesFor(workspace, agentId, attachmentIds);
      const { id, name, avatarUrl } = agentOf(workspace, agentId);
      if (kind === 'reply' && conversation.assigneeIds.length === 0) {
        conversation.assigneeIds = [id];
        appendSystem(conversation, { type: 'joined', agentId: id, agentName: name });
      }
      const author: Author = { type: 'agent', id, name, avatarUrl };
      const message = append(conversation, { author, kind, text, clientId, files });
      tellConversation(conversation);
      return message;
    },
    edit(conversationId, agentId, messageId, text) {
      requireText(text);
      const conversation = conversationOf(workspace, conversationId);
      const message = own(conversation, agentId, messageId);
      message.text = text;
      message.editedAt = workspace.now();
      return changed(conversation, message);
    },
    remove(conversationId, agentId, messageId) {
      const conversation = conversationOf(workspace, conversationId);
      const message = own(conversation, agentId, messageId);
      message.text = '';
      message.deletedAt = workspace.now();
      return changed(conversation, message);
    },
    assign(conversationId, byId, assigneeIds) {
      const conversation = conversationOf(workspace, conversationId);
      assigneeIds.forEach((id) => agentOf(workspace, id));
      setAssignees(conversation, byId, assigneeIds);
      tellConversation(conversation);
      return conversation;
    },
    setState(conversationId, byId, state) {
      const conversation = conversationOf(workspace, conversationId);
      if (conversation.state === state) return conversation;
      conversation.state = state;
      if (state === 'closed') conversation.waitingSince = null;
      const byName = agentOf(workspace, byId).name;
      appendSystem(conversation, {
        type: state === 'closed' ? 'closed' : 'reopened',
        byId,
        byName,
      });
      tellConversation(conversation);
      return conversation;
    },
    updateContact(contactId, patch) {
      const contact = contactOf(workspace, contactId);
      if (patch.email && !/^\S+@\S+$/.test(patch.email)) throw new CodedError('invalid_email');
      for (const [field, value] of Object.entries(patch)) {
        Object.assign(contact, { [field]: value?.trim() || null });
      }
      tellContact(contact);
    },
    setBlocked(conversationId, byId, blocked) {
      const conversation = conversationOf(workspace, conversationId);
      const contact = contactOf(workspace, conversation.contactId);
      if (contact.blocked === blocked) return contact;
      contact.blocked = blocked;
      const by = { byId, byName: agentOf(workspace, byId).name };
      appendSystem(
        conversation,
        blocked === null
          ? { type: 'unblocked', ...by }
          : { type: 'blocked', ...by, address: blocked === 'address' },
      );
      tellContact(contact);
      return contact;
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
      if (conversation.live && JSON.stringify(publicMarks) !== publicBefore) {
        broadcast(topics.visitor(conversation.contactId), events.marks, publicMarks);
      }
      tellConversation(conversation);
      return conversation;
    },
    setStatus: (agentId, status) =>
      changeStatus(agentId, () => (agentOf(workspace, agentId).status = status)),
    tab: (agentId, change) =>
      changeStatus(agentId, () => (agentOf(workspace, agentId).tabs += change)),
    end(conversationId) {
      const conversation = conversationOf(workspace, conversationId);
      conversation.live = false;
      broadcast(topics.visitor(conversation.contactId), events.conversationChanged, {
        conversation: null,
      });
      tellConversation(conversation);
    },
  };
}

function requireText(text: string): void {
  if (text.trim() === '') throw new CodedError('message_empty');
  if (text.length > limits.messageLength) throw new CodedError('message_too_long');
}
