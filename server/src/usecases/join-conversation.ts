import { CodedError } from '#kit/protocol/errors.js';
import type { ConversationJoin, ConversationJoined } from '#kit/protocol/payloads.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { Ports } from './act.js';
import { messagesSince } from './list-messages.js';
import { contactView } from './views.js';

/** What an agent's thread needs on joining. Rejects with `conversation_not_found`. */
export async function joinConversation(
  ports: Ports,
  caller: AgentCaller,
  conversationId: string,
  { since }: ConversationJoin,
): Promise<ConversationJoined> {
  const { storage } = ports;
  const record = await storage.conversations.get(conversationId);
  if (record?.workspaceId !== caller.workspaceId) throw new CodedError('conversation_not_found');
  const [conversation, contact, visit, messages] = await Promise.all([
    storage.conversations.snapshot(conversationId),
    storage.contacts.get(record.contactId),
    storage.visits.latest(record.contactId),
    messagesSince(ports, caller, record, since),
  ]);
  if (!conversation || !contact) throw new CodedError('conversation_not_found');
  return {
    conversation,
    contact: contactView(contact),
    visit,
    messages,
    serverTime: ports.clock.now(),
  };
}
