import type { Message } from '#kit/domain/message.js';
import { CodedError } from '#kit/protocol/errors.js';
import { limits } from '#kit/protocol/limits.js';
import type { MessagePage, MessagesList, Since } from '#kit/protocol/payloads.js';
import type { Caller } from '../auth/tokens.js';
import type { Audience, ConversationRecord, MessageRecord } from '../ports.js';
import type { Ports } from './act.js';
import { isShown } from './locked-conversation.js';
import { agentMessage, visitorMessage } from './views.js';

/**
 * Characters of text in a page, in UTF-16 units; a longer one ends early and says `more`. Pages of
 * the longest messages would fill the buffer of a connection, which is then cut off as too slow,
 * again with every join.
 */
const pageText = 200_000;

/**
 * Older messages, or what changed after a cursor. Rejects with `conversation_not_found`, also for
 * a visitor who names anything but their live conversation.
 */
export async function listMessages(
  ports: Ports,
  caller: Caller,
  { conversationId, before, after, limit = limits.pageSize }: MessagesList,
): Promise<MessagePage> {
  const conversation = await ports.storage.conversations.get(conversationId);
  if (!conversation || !mayRead(caller, conversation)) {
    throw new CodedError('conversation_not_found');
  }
  if (after !== undefined) {
    return messagesSince(ports, caller, conversation, { conversationId, seq: after }, limit);
  }
  if (before === undefined) return lastMessages(ports, caller, conversation, limit);
  const audience = audienceOf(caller);
  const page = latest(
    await ports.storage.messages.before({ conversationId, audience, limit, before }),
  );
  return {
    conversationId,
    messages: shown(page.messages, audience),
    more: page.more,
    reset: false,
    // An older page says nothing of newer changes: no cursor may rise by it.
    seq: 0,
  };
}

/**
 * What changed after a cursor. Without one, or when the conversation does not know it, the last
 * page with `reset`. The record must have been read before: its numbers bound what is promised.
 */
export async function messagesSince(
  ports: Ports,
  caller: Caller,
  conversation: ConversationRecord,
  since: Since | undefined,
  limit: number = limits.maxPageSize,
): Promise<MessagePage> {
  const audience = audienceOf(caller);
  const last = lastNumber(conversation, audience);
  if (since?.conversationId !== conversation.id || since.seq > last) {
    return lastMessages(ports, caller, conversation, limits.pageSize);
  }
  const page = earliest(
    await ports.storage.messages.changedAfter({
      conversationId: conversation.id,
      audience,
      limit,
      after: since.seq,
    }),
  );
  const messages = shown(page.messages, audience);
  const reached = messages.at(-1)?.seq ?? since.seq;
  return {
    conversationId: conversation.id,
    messages,
    more: page.more,
    reset: false,
    seq: page.more ? reached : Math.max(reached, last),
  };
}

async function lastMessages(
  ports: Ports,
  caller: Caller,
  conversation: ConversationRecord,
  limit: number,
): Promise<MessagePage> {
  const audience = audienceOf(caller);
  const { id: conversationId } = conversation;
  const range = { conversationId, audience, limit, before: null };
  const page = latest(await ports.storage.messages.before(range));
  return {
    conversationId,
    messages: shown(page.messages, audience),
    more: page.more,
    reset: true,
    seq: lastNumber(conversation, audience),
  };
}

interface Page {
  messages: MessageRecord[];
  more: boolean;
}

/** The first of a page whose text fits, at least one. */
function earliest({ messages, more }: Page): Page {
  let length = 0;
  const end = messages.findIndex(
    ({ text }, index) => (length += text.length) > pageText && index > 0,
  );
  return end < 0 ? { messages, more } : { messages: messages.slice(0, end), more: true };
}

/** The last ones. */
function latest({ messages, more }: Page): Page {
  const page = earliest({ messages: messages.toReversed(), more });
  return { messages: page.messages.toReversed(), more: page.more };
}

function mayRead(caller: Caller, conversation: ConversationRecord): boolean {
  if (conversation.workspaceId !== caller.workspaceId) return false;
  return (
    caller.type === 'agent' ||
    (conversation.contactId === caller.contactId && isShown(conversation))
  );
}

function audienceOf(caller: Caller): Audience {
  return caller.type;
}

function lastNumber(conversation: ConversationRecord, audience: Audience): number {
  return audience === 'agent' ? conversation.lastSeq : conversation.lastPublicSeq;
}

function shown(records: MessageRecord[], audience: Audience): Message[] {
  if (audience === 'agent') return records.map(agentMessage);
  return records.map(visitorMessage).filter((message) => message !== null);
}
