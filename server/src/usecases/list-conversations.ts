import { limits } from '#kit/protocol/limits.js';
import type { ConversationsList, ConversationWindow } from '#kit/protocol/payloads.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { Ports } from './act.js';

/** A window of a view of the agent's workspace. */
export async function listConversations(
  ports: Pick<Ports, 'storage'>,
  { workspaceId, agentId }: AgentCaller,
  { view, after, limit = limits.pageSize }: ConversationsList,
): Promise<ConversationWindow> {
  return ports.storage.conversations.window({
    workspaceId,
    me: agentId,
    view,
    after: after ?? null,
    limit,
  });
}
