import { CodedError } from '#kit/protocol/errors.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { MessageRecord } from '../ports.js';
import { act, type Ports } from './act.js';
import { audit } from './audit.js';
import { cleanMessageText } from './clean-text.js';
import { lockConversation } from './locked-conversation.js';
import { dropMentions, mentionsAfter, noteMentions } from './mentions.js';
import { ownMessage } from './own-message.js';

/**
 * Changes the text of one's own reply or comment; the same text changes nothing. Whom a comment named,
 * it names still where the name is still in it, and it names whose name is new in it. Rejects with
 * `message_empty`, `message_too_long`, `message_not_found`, `not_author`, `conversation_not_found`.
 */
export async function editMessage(
  ports: Ports,
  caller: AgentCaller,
  conversationId: string,
  input: { messageId: string; text: string },
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
    if (message.deletedAt !== null) throw new CodedError('message_not_found');
    const text = cleanMessageText(input.text, message.attachments.length > 0);
    if (message.text === text) return message;
    const editedAt = ports.clock.now();
    const mentions = await mentionsAfter(repositories, message, text);
    const changed = await conversation.change(message, { text, editedAt, mentions });
    await dropMentions(repositories, conversation, message, mentions);
    const added = mentions.filter((id) => !message.mentions.includes(id));
    noteMentions(conversation, { ...changed, mentions: added });
    await audit(ports, repositories, caller, 'message.edit', message.id);
    await conversation.save();
    return changed;
  });
}
