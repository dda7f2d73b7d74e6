import { CodedError } from '#kit/protocol/errors.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { MessageRecord } from '../ports.js';
import { act, type Ports } from './act.js';
import { audit } from './audit.js';
import { lockConversation } from './locked-conversation.js';

/**
 * Queues an email that failed once more, to the address that the contact has now; any other stays
 * as it is. Rejects with `message_not_found`, `mail_not_configured`, `rate_limited`,
 * `conversation_not_found`, `conversation_ended`.
 */
export async function retryEmail(
  ports: Ports,
  caller: AgentCaller,
  conversationId: string,
  { messageId }: { messageId: string },
): Promise<MessageRecord> {
  const { workspaceId } = caller;
  return act(ports, async (repositories, emit) => {
    const { messages, contacts, emails } = repositories;
    const conversation = await lockConversation(
      ports,
      repositories,
      emit,
      workspaceId,
      conversationId,
    );
    const message = await messages.get(messageId);
    const isEmail = message?.email && message.deletedAt === null;
    if (message?.conversationId !== conversationId || !isEmail) {
      throw new CodedError('message_not_found');
    }
    if (message.email?.state !== 'failed') return message;
    if (ports.mail.from === null) throw new CodedError('mail_not_configured');
    await ports.mail.limit.spend(workspaceId);
    const contact = await contacts.get(conversation.record.contactId);
    const recipient = contact?.email ?? message.email.to;
    await emails.retry(messageId, recipient, ports.clock.now());
    await audit(ports, repositories, caller, 'email.retry', messageId);
    const changed = await conversation.emailed(messageId);
    await conversation.save();
    return changed;
  });
}
