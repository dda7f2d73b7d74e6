import { CodedError } from '#kit/protocol/errors.js';
import type { AgentCaller } from '../auth/tokens.js';
import { act, type Ports } from './act.js';
import { audit } from './audit.js';
import { lockConversation } from './locked-conversation.js';

/**
 * Deletes a conversation: from now on nobody finds it, and its visitor starts a new one by writing.
 * Its messages, files and marks are taken away in parts by `removeDeleted`. Doing it again changes
 * nothing. Rejects with `conversation_not_found`, `conversation_ended`.
 */
export async function deleteConversation(
  ports: Ports,
  caller: AgentCaller,
  conversationId: string,
): Promise<void> {
  const { workspaceId } = caller;
  await act(ports, async (repositories, emit) => {
    const { conversations } = repositories;
    try {
      await lockConversation(ports, repositories, emit, workspaceId, conversationId);
    } catch (fault) {
      const isGone = fault instanceof CodedError && fault.code === 'conversation_not_found';
      if (isGone && (await conversations.wasDeleted(conversationId, workspaceId))) return;
      throw fault;
    }
    const deleted = await conversations.delete(conversationId, ports.clock.now());
    await audit(ports, repositories, caller, 'conversation.delete', conversationId, {
      contactId: deleted.contactId,
    });
    const { contactId, version } = deleted;
    emit({ type: 'removed', workspaceId, contactId, conversationId, version });
  });
}
