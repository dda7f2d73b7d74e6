import {
  isPublic,
  waitingAfter,
  type Author,
  type EmailDelivery,
  type MessageKind,
  type SystemEvent,
} from '../../domain/index.js';
import { CodedError, limits } from '../../protocol/index.js';
import { sentKey } from './additions.js';
import type { StoredFile } from './files.js';
import type { Tell } from './tell.js';
import {
  agentOf,
  type StoredConversation,
  type StoredMessage,
  type Workspace,
} from './workspace.js';

export interface Line {
  author: Author;
  kind: MessageKind;
  text?: string;
  clientId?: string;
  system?: SystemEvent;
  files?: readonly StoredFile[];
  mentions?: readonly string[];
  email?: EmailDelivery | null;
}

/** How a thread grows: one more line, or a change of one. */
export interface Lines {
  append(conversation: StoredConversation, line: Line): StoredMessage;
  system(conversation: StoredConversation, system: SystemEvent): void;
  /** The message takes the next numbers; those of visitors only where they see the change. */
  changed(conversation: StoredConversation, message: StoredMessage, seenByVisitor?: boolean): void;
  assign(conversation: StoredConversation, byId: string | null, assigneeIds: string[]): void;
}

const systemAuthor: Author = { type: 'system', id: null, name: null, avatarUrl: null };

export function createLines(workspace: Workspace, tell: Tell): Lines {
  function append(conversation: StoredConversation, line: Line): StoredMessage {
    const at = workspace.now();
    const stored = createMessage(workspace, conversation, line, at);
    for (const file of line.files ?? []) file.message = stored;
    conversation.messages.push(stored);
    if (stored.clientId !== null) {
      workspace.sent.set(sentKey(stored.author.id, stored.clientId), stored);
    }
    conversation.waitingSince = waitingAfter(conversation.waitingSince, stored);
    if (stored.kind !== 'system') conversation.activeAt = at;
    if (stored.author.type === 'contact') conversation.lastContactPosition = stored.position;
    tell.message(conversation, stored);
    return stored;
  }

  function system(conversation: StoredConversation, event: SystemEvent): void {
    append(conversation, { author: systemAuthor, kind: 'system', system: event });
  }

  return {
    append,
    system,
    changed(conversation, message, seenByVisitor = true) {
      message.seq = ++conversation.lastSeq;
      if (seenByVisitor && message.publicSeq !== null) {
        message.publicSeq = ++conversation.lastPublicSeq;
      }
      tell.message(conversation, message);
    },
    assign(conversation, byId, assigneeIds) {
      const assignees = assigneeIds.map((id) => ({ id, name: agentOf(workspace, id).name }));
      conversation.assigneeIds = assigneeIds;
      system(conversation, { type: 'assigned', byId, assignees });
    },
  };
}

/** A message with the next numbers of its conversation. */
export function createMessage(
  workspace: Workspace,
  conversation: StoredConversation,
  { author, kind, text = '', clientId, files = [], mentions = [], ...line }: Line,
  at: number,
): StoredMessage {
  const system = line.system ?? null;
  const number = ++conversation.lastSeq;
  const publicNumber = isPublic({ kind, system }) ? ++conversation.lastPublicSeq : null;
  return {
    id: workspace.nextId('ms'),
    conversationId: conversation.id,
    clientId: clientId ?? null,
    kind,
    author,
    text,
    format: author.type === 'agent' ? 'markdown' : 'plain',
    system,
    attachments: files.map(({ attachment }) => attachment),
    mentions: [...mentions],
    email: line.email ?? null,
    position: number,
    seq: number,
    publicPosition: publicNumber,
    publicSeq: publicNumber,
    createdAt: at,
    editedAt: null,
    deletedAt: null,
  };
}

export function requireText(text: string): void {
  if (text.trim() === '') throw new CodedError('message_empty');
  if (text.length > limits.messageLength) throw new CodedError('message_too_long');
}

/** An agent's first reply in a conversation is told as joining. */
export function hasReplied({ messages }: StoredConversation, agentId: string): boolean {
  return messages.some(
    ({ kind, author }) => kind === 'reply' && author.type === 'agent' && author.id === agentId,
  );
}
