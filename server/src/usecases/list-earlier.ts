import { CodedError } from '#kit/protocol/errors.js';
import { limits } from '#kit/protocol/limits.js';
import type { ContactEarlier, ConversationWindow } from '#kit/protocol/payloads.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { Ports } from './act.js';

/**
 * The conversations with the same contact that have ended, newest first, but for this one. Rejects
 * with `conversation_not_found`.
 */
export async function listEarlier(
  { storage }: Pick<Ports, 'storage'>,
  { workspaceId }: AgentCaller,
  conversationId: string,
  { before, limit = limits.pageSize }: ContactEarlier,
): Promise<ConversationWindow> {
  const record = await storage.conversations.get(conversationId);
  if (record?.workspaceId !== workspaceId) throw new CodedError('conversation_not_found');
  const { contactId } = record;
  const query = { contactId, except: conversationId, before: before ?? null, limit };
  return storage.conversations.earlier(query);
}
