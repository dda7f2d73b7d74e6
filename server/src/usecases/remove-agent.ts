import { socketNames } from '../auth/socket-names.js';
import { act, type Ports } from './act.js';
import { auditSystem } from './audit.js';
import { lockAnyConversation } from './locked-conversation.js';
import { lockPerson } from './set-role.js';

const batch = 100;

/**
 * Takes an agent out of the workspace, on the word of whoever runs the server: signs them out, and
 * gives up their conversations, groups and own saved replies. What they wrote stays under their name.
 * Rejects with `agent_not_found`, and with `forbidden` for the last owner.
 */
export async function removeAgent(ports: Ports, agentId: string): Promise<void> {
  // Of many conversations some at a time: whoever writes in one does not wait for all.
  while (!(await removePart(ports, agentId)));
}

/** True once the agent is gone. */
async function removePart(ports: Ports, agentId: string): Promise<boolean> {
  return act(ports, async (repositories, emit) => {
    const { agents, groups } = repositories;
    const ids = await agents.assigned(agentId, batch);
    const workspaceId = (await agents.get(agentId))?.workspaceId ?? '';
    for (const id of ids) {
      const conversation = await lockAnyConversation(ports, repositories, emit, workspaceId, id);
      const { record } = conversation;
      const assigneeIds = record.assigneeIds.filter((assignee) => assignee !== agentId);
      conversation.set({ assigneeIds });
      if (record.live && record.state === 'open') {
        const names = new Map((await agents.list(workspaceId)).map((each) => [each.id, each.name]));
        const assignees = assigneeIds.map((each) => ({ id: each, name: names.get(each) ?? '' }));
        conversation.appendSystem({ type: 'assigned', byId: null, assignees });
      }
      await conversation.save();
    }
    // Conversations before the workspace, as everywhere.
    const { role } = await lockPerson(repositories, agentId, null);
    // From here on nobody gives them another one.
    await agents.lock(agentId);
    if ((await agents.assigned(agentId, 1)).length > 0) return false;
    const memberships = (await groups.list(workspaceId)).groups.filter(({ memberIds }) =>
      memberIds.includes(agentId),
    );
    for (const { version: _version, ...group } of memberships) {
      const memberIds = group.memberIds.filter((id) => id !== agentId);
      await groups.save({ ...group, memberIds, workspaceId });
    }
    await agents.remove(agentId);
    await auditSystem(ports, repositories, workspaceId, 'agent.remove', agentId, { role });
    emit({ type: 'access', workspaceId, sockets: [socketNames.agent(agentId)] });
    emit({ type: 'agent-removed', workspaceId, agentId });
    if (memberships.length > 0) emit({ type: 'groups', workspaceId });
    return true;
  });
}
