import type { Conversation } from '#kit/domain/conversation.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { AgentCaller } from '../auth/tokens.js';
import { act, type Ports } from './act.js';
import { audit } from './audit.js';
import { lockConversation } from './locked-conversation.js';

/**
 * Sets who has the conversation; none makes it Unassigned. Rejects with `agent_not_found`,
 * `conversation_not_found`.
 */
export async function assignConversation(
  ports: Ports,
  caller: AgentCaller,
  conversationId: string,
  { assigneeIds }: { assigneeIds: string[] },
): Promise<Conversation> {
  return act(ports, async (repositories, emit) => {
    const conversation = await lockConversation(
      ports,
      repositories,
      emit,
      caller.workspaceId,
      conversationId,
    );
    const agents = await repositories.agents.list(caller.workspaceId);
    const assignees = assigneeIds.map((id) => {
      const agent = agents.find((candidate) => candidate.id === id);
      if (!agent) throw new CodedError('agent_not_found');
      return { id, name: agent.name };
    });
    const had = new Set(conversation.record.assigneeIds);
    const unchanged = had.size === assigneeIds.length && assigneeIds.every((id) => had.has(id));
    if (unchanged) {
      const snapshot = await repositories.conversations.snapshot(conversationId);
      if (snapshot) return snapshot;
    }
    conversation.appendSystem({ type: 'assigned', byId: caller.agentId, assignees });
    conversation.set({ assigneeIds });
    await audit(ports, repositories, caller, 'conversation.assign', conversationId, {
      assigneeIds: { before: [...had], after: assigneeIds },
    });
    return conversation.save();
  });
}
