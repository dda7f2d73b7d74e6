import type { AgentCaller } from '../auth/tokens.js';
import type { MessageRecord } from '../ports.js';
import { act, type Ports } from './act.js';
import { audit } from './audit.js';
import { lockConversation } from './locked-conversation.js';
import { dropMentions } from './mentions.js';
import { ownMessage } from './own-message.js';

/**
 * Turns one's own reply or comment into a tombstone; doing it again changes nothing. Rejects with
 * `message_not_found`, `not_author`, `conversation_not_found`.
 */
export async function deleteMessage(
  ports: Ports,
  caller: AgentCaller,
  conversationId: string,
  input: { messageId: string },
): Promise<MessageRecord> {
  return act(ports, async (repositories, emit) => {
    const conversation = await lockConversation(
      ports,
      repositories,
      emit,
      caller.workspaceId,
      conversationId,
    );
    const message = await ownMessage(repositories, caller, conversationId, input.messageId);
    if (message.deletedAt !== null) return message;
    const deletedAt = ports.clock.now();
    const tombstone = await conversation.change(message, { text: '', deletedAt, mentions: [] });
    await dropMentions(repositories, conversation, message, []);
    const last = await repositories.messages.lastShown(conversationId);
    conversation.set({ lastMessageId: last?.id ?? null });
    await audit(ports, repositories, caller, 'message.delete', message.id);
    await conversation.save();
    return tombstone;
  });
}
