import type { Conversation } from '#kit/domain/conversation.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { AgentCaller } from '../auth/tokens.js';
import { act, type Ports } from './act.js';
import { audit } from './audit.js';
import { lockConversation } from './locked-conversation.js';

/**
 * Gives the conversation to a group, or to none; the same again changes nothing. Rejects with
 * `group_not_found`, `conversation_not_found`, `conversation_ended`.
 */
export async function assignGroup(
  ports: Ports,
  caller: AgentCaller,
  conversationId: string,
  { groupId }: { groupId: string | null },
): Promise<Conversation> {
  const { workspaceId, agentId } = caller;
  return act(ports, async (repositories, emit) => {
    const { agents, groups, conversations } = repositories;
    const conversation = await lockConversation(
      ports,
      repositories,
      emit,
      workspaceId,
      conversationId,
    );
    const group = groupId === null ? null : await groups.get(workspaceId, groupId);
    if (groupId !== null && !group) throw new CodedError('group_not_found');
    const before = conversation.record.groupId;
    if (before === groupId) {
      const snapshot = await conversations.snapshot(conversationId);
      if (snapshot) return snapshot;
    }
    const agent = await agents.get(agentId);
    conversation.appendSystem({
      type: 'grouped',
      byId: agentId,
      byName: agent?.name ?? null,
      groupId,
      groupName: group?.name ?? null,
    });
    conversation.set({ groupId });
    await audit(ports, repositories, caller, 'conversation.assign_group', conversationId, {
      groupId: { before, after: groupId },
    });
    return conversation.save();
  });
}
