import type { Message } from '../../domain/index.js';
import type { MessagePage } from '../../protocol/index.js';
import type { StoredConversation, StoredMessage } from './workspace.js';

/** Messages as agents and visitors are sent them; the only place that turns one into the other. */

export type Audience = 'agent' | 'visitor';

/** Null where the audience may not see it. */
export function messageFor(audience: Audience, stored: StoredMessage): Message | null {
  const { publicPosition, publicSeq, ...message } = stored;
  if (audience === 'agent') return message;
  if (publicPosition === null || publicSeq === null) return null;
  return { ...message, mentions: [], email: null, position: publicPosition, seq: publicSeq };
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
  const newestFirst: Message[] = [];
  const { messages } = conversation;
  for (let index = messages.length - 1; index >= 0 && newestFirst.length <= limit; index--) {
    const stored = messages[index];
    const message = stored && messageFor(audience, stored);
    if (message && (before === null || message.position < before)) newestFirst.push(message);
  }
  return {
    conversationId: conversation.id,
    messages: newestFirst.slice(0, limit).reverse(),
    more: newestFirst.length > limit,
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
  const seqOf = (stored: StoredMessage): number =>
    (audience === 'agent' ? stored.seq : stored.publicSeq) ?? 0;
  const changed = conversation.messages
    .filter((stored) => seqOf(stored) > after)
    .sort((a, b) => seqOf(a) - seqOf(b));
  const messages = changed.slice(0, limit).flatMap((stored) => messageFor(audience, stored) ?? []);
  const more = changed.length > limit;
  return {
    conversationId: conversation.id,
    messages,
    more,
    reset: false,
    seq: more ? (messages.at(-1)?.seq ?? newest) : newest,
  };
}
