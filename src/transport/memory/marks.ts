import { mergeMark, type Mark } from '../../domain/index.js';
import type { Marks } from '../../protocol/index.js';
import type { Audience } from './pages.js';
import type { StoredConversation } from './workspace.js';

/** How far both sides have come, in the numbers of who is told. */

const none: Mark = { delivered: 0, read: 0 };

/** The furthest that any agent has come. */
function agentMark(conversation: StoredConversation): Mark {
  return [...conversation.agentMarks.values()].reduce(mergeMark, none);
}

/** The number that a visitor counts for an agents' position. */
function toPublic(conversation: StoredConversation, position: number): number {
  return (
    conversation.messages.findLast(
      (message) => message.position <= position && message.publicPosition !== null,
    )?.publicPosition ?? 0
  );
}

export function fromPublic(conversation: StoredConversation, publicPosition: number): number {
  return (
    conversation.messages.findLast(
      (message) => message.publicPosition !== null && message.publicPosition <= publicPosition,
    )?.position ?? 0
  );
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
