import { route } from '#kit/domain/routing.js';
import type { Repositories } from '../ports.js';
import type { Ports } from './act.js';
import { auditSystem } from './audit.js';
import type { LockedConversation } from './locked-conversation.js';

/**
 * Gives a conversation that nobody has to an agent who is there, as the workspace says (S4.5), and
 * does nothing where it says nothing or nobody is there. `online` are the ids of those who are. Call it
 * last before `save()`: those of one workspace who come at the same time wait here for each other,
 * and nobody else does.
 */
export async function routeConversation(
  ports: Pick<Ports, 'ids' | 'clock'>,
  repositories: Repositories,
  conversation: LockedConversation,
  online: readonly string[],
): Promise<void> {
  const { id, workspaceId, groupId, assigneeIds } = conversation.record;
  if (assigneeIds.length > 0 || online.length === 0) return;
  const { workspaces, groups, conversations } = repositories;
  const workspace = await workspaces.get(workspaceId);
  if (!workspace || workspace.settings.routing === 'none') return;
  const turn = await workspaces.lockRouting(workspaceId);
  if (!turn) return;
  const group = groupId === null ? null : await groups.get(workspaceId, groupId);
  const { byAgent: open } = await conversations.counts(workspaceId);
  const agents = online.map((agentId) => ({ id: agentId, status: 'online' as const }));
  const chosen = route({ ...turn, agents, group, open });
  // Whoever is being removed is removed under the same lock.
  const agent = chosen === null ? null : await repositories.agents.get(chosen);
  if (!agent) return;
  await workspaces.routed(workspaceId, agent.id);
  const assignees = [{ id: agent.id, name: agent.name }];
  conversation.appendSystem({ type: 'assigned', byId: null, assignees });
  conversation.set({ assigneeIds: [agent.id] });
  await auditSystem(ports, repositories, workspaceId, 'conversation.assign', id, {
    assigneeIds: { before: [], after: [agent.id] },
    routing: turn.routing,
  });
}
