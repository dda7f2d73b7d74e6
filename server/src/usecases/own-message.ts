import { CodedError } from '#kit/protocol/errors.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { MessageRecord, Repositories } from '../ports.js';

/** A message that the agent wrote in this conversation. Rejects with `message_not_found`, `not_author`. */
export async function ownMessage(
  { messages }: Pick<Repositories, 'messages'>,
  caller: AgentCaller,
  conversationId: string,
  messageId: string,
): Promise<MessageRecord> {
  const message = await messages.get(messageId);
  if (message?.conversationId !== conversationId) throw new CodedError('message_not_found');
  if (message.author.type !== 'agent' || message.author.id !== caller.agentId) {
    throw new CodedError('not_author');
  }
  return message;
}
