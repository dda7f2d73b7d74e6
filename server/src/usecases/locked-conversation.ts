import type { Conversation } from '#kit/domain/conversation.js';
import {
  isPublic,
  type Attachment,
  type Author,
  type EmailDelivery,
  type MessageKind,
  type SystemEvent,
} from '#kit/domain/message.js';
import { waitingAfter } from '#kit/domain/waiting.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { ConversationRecord, Conversations, MessageRecord, Repositories } from '../ports.js';
import type { Emit, Ports } from './act.js';

type Patch = Parameters<Conversations['update']>[1];

interface Draft {
  clientId: string;
  kind: Exclude<MessageKind, 'system'>;
  author: Author;
  text: string;
  /** Claimed in this transaction. */
  attachments: Attachment[];
  /** Agents whom a comment names. */
  mentions?: string[];
  /** Where it goes by email. */
  email?: EmailDelivery | null;
}

const systemAuthor: Author = { type: 'system', id: null, name: null, avatarUrl: null };

/**
 * The conversation under its row lock. Rejects with `conversation_not_found`, also in another
 * workspace, and with `conversation_ended` where it is an earlier one, which can only be read.
 */
export async function lockConversation(
  ports: Ports,
  repositories: Repositories,
  emit: Emit,
  workspaceId: string,
  conversationId: string,
): Promise<LockedConversation> {
  const conversation = await lockAnyConversation(
    ports,
    repositories,
    emit,
    workspaceId,
    conversationId,
  );
  conversation.refuseEnded();
  return conversation;
}

/** The same for one that may be an earlier one. */
export async function lockAnyConversation(
  ports: Ports,
  repositories: Repositories,
  emit: Emit,
  workspaceId: string,
  conversationId: string,
): Promise<LockedConversation> {
  const record = await repositories.conversations.lock(conversationId);
  if (!record || record.workspaceId !== workspaceId) {
    throw new CodedError('conversation_not_found');
  }
  return new LockedConversation(ports, repositories, emit, record);
}

/**
 * Hands out the numbers of a conversation whose row is locked, and gathers what changes until
 * `save()`. Every change takes a `seq`; one that visitors may see takes a `publicSeq` too.
 */
export class LockedConversation {
  record: ConversationRecord;
  readonly #ports: Ports;
  readonly #repositories: Repositories;
  readonly #emit: Emit;
  #patch: Patch = {};
  /** Messages on their way into the storage, which keeps the order of asking. */
  #inserts: Promise<void>[] = [];

  constructor(ports: Ports, repositories: Repositories, emit: Emit, record: ConversationRecord) {
    this.#ports = ports;
    this.#repositories = repositories;
    this.#emit = emit;
    this.record = record;
  }

  /** Throws `conversation_ended` for an earlier one. */
  refuseEnded(): void {
    if (!this.record.live) throw new CodedError('conversation_ended');
  }

  set(patch: Patch): void {
    Object.assign(this.#patch, patch);
    this.record = { ...this.record, ...patch };
  }

  /** A reply or comment; keeps the card and the waiting time right. */
  append(draft: Draft): MessageRecord {
    const fromContact = draft.author.type === 'contact';
    const message = this.#insert({
      ...draft,
      format: fromContact ? 'plain' : 'markdown',
      system: null,
    });
    this.set({
      lastMessageId: message.id,
      activeAt: message.createdAt,
      waitingSince: waitingAfter(this.record.waitingSince, message),
      ...(fromContact ? { lastContactPosition: message.position } : {}),
    });
    return message;
  }

  appendSystem(system: SystemEvent): MessageRecord {
    return this.#insert({
      clientId: null,
      kind: 'system',
      author: systemAuthor,
      text: '',
      format: 'plain',
      system,
      attachments: [],
    });
  }

  /** Stores a new text, or a tombstone when `deletedAt` is given. */
  async change(
    message: MessageRecord,
    change:
      | { text: string; editedAt: number; mentions: string[] }
      | { text: ''; deletedAt: number; mentions: [] },
  ): Promise<MessageRecord> {
    const numbers = this.#take(message.publicPosition !== null);
    const kind = 'deletedAt' in change ? 'deleted' : 'edited';
    const attachments = kind === 'deleted' ? [] : message.attachments;
    const changed: MessageRecord = { ...message, ...change, ...numbers, attachments };
    await this.#repositories.messages.change(changed, kind);
    this.#tell(changed);
    return changed;
  }

  /** Tells agents how an email is on its way now; visitors see nothing of it. */
  async emailed(messageId: string): Promise<MessageRecord> {
    const { messages } = this.#repositories;
    const { seq } = this.#take(false);
    await messages.renumber(messageId, seq, this.#ports.clock.now());
    const message = await messages.get(messageId);
    if (!message) throw new CodedError('message_not_found');
    this.#tell(message);
    return message;
  }

  /** Writes the row and gives the conversation as agents see it. */
  async save(): Promise<Conversation> {
    const { conversations } = this.#repositories;
    const updating = conversations.update(this.record.id, this.#patch);
    [this.record] = await Promise.all([updating, ...this.#inserts]);
    this.#patch = {};
    this.#inserts = [];
    return tellConversation(this.#repositories, this.#emit, this.record);
  }

  #insert(
    draft: Pick<
      MessageRecord,
      'clientId' | 'kind' | 'author' | 'text' | 'format' | 'system' | 'attachments'
    > &
      Partial<Pick<MessageRecord, 'mentions'>>,
  ): MessageRecord {
    const { seq, publicSeq } = this.#take(isPublic(draft));
    const message: MessageRecord = {
      mentions: [],
      email: null,
      ...draft,
      id: this.#ports.ids.next('ms'),
      conversationId: this.record.id,
      workspaceId: this.record.workspaceId,
      position: seq,
      seq,
      publicPosition: publicSeq,
      publicSeq,
      createdAt: this.#ports.clock.now(),
      editedAt: null,
      deletedAt: null,
    };
    const inserting = this.#store(message);
    // It fails in `save()`.
    inserting.catch(() => undefined);
    this.#inserts.push(inserting);
    this.#tell(message);
    return message;
  }

  async #store(message: MessageRecord): Promise<void> {
    const { messages, emails } = this.#repositories;
    const stored = messages.insert(message);
    if (!message.email) return stored;
    const { id: messageId, workspaceId, createdAt } = message;
    const { to: recipient, subject } = message.email;
    await stored;
    await emails.queue({ messageId, workspaceId, recipient, subject }, createdAt);
  }

  #take(visible: boolean): { seq: number; publicSeq: number | null } {
    const seq = this.record.lastSeq + 1;
    if (!visible) {
      this.set({ lastSeq: seq });
      return { seq, publicSeq: null };
    }
    const publicSeq = this.record.lastPublicSeq + 1;
    this.set({ lastSeq: seq, lastPublicSeq: publicSeq });
    return { seq, publicSeq };
  }

  #tell(message: MessageRecord): void {
    const { workspaceId, contactId } = this.record;
    const live = isShown(this.record);
    this.#emit({ type: 'message', workspaceId, contactId, live, message });
  }
}

/** Whether the contact's widget shows it. */
export function isShown({ live, channel }: Pick<ConversationRecord, 'live' | 'channel'>): boolean {
  return live && channel === 'chat';
}

/** Emits the conversation as it is in this transaction. */
export async function tellConversation(
  repositories: Pick<Repositories, 'conversations'>,
  emit: Emit,
  { id, workspaceId, contactId }: Pick<ConversationRecord, 'id' | 'workspaceId' | 'contactId'>,
): Promise<Conversation> {
  const conversation = await repositories.conversations.snapshot(id);
  if (!conversation) throw new CodedError('conversation_not_found');
  emit({ type: 'conversation', workspaceId, contactId, conversation });
  return conversation;
}
