import type { AgentRole } from '#kit/domain/agent.js';
import { mayChangeRole } from '#kit/domain/roles.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { AgentRecord, Repositories } from '../ports.js';
import { act, type Ports } from './act.js';
import { auditSystem } from './audit.js';

/**
 * Makes an agent an owner, an admin or an agent, on the word of whoever runs the server. Rejects
 * with `agent_not_found`, and with `forbidden` for the last owner.
 */
export async function setRole(
  ports: Ports,
  agentId: string,
  role: AgentRole,
): Promise<AgentRecord> {
  const record = await act(ports, async (repositories) => {
    const { agents } = repositories;
    const agent = await lockPerson(repositories, agentId, role);
    if (agent.role === role) return agent;
    const updated = await agents.update(agentId, { role });
    if (!updated) throw new CodedError('agent_not_found');
    await auditSystem(ports, repositories, agent.workspaceId, 'agent.role', agentId, {
      role: { before: agent.role, after: role },
    });
    return updated;
  });
  await ports.roster.stored(record);
  return record;
}

/**
 * The agent, in a transaction that no other one about roles, removals or routing of the workspace
 * runs beside. Rejects with `forbidden` where the last owner would be one no more.
 */
export async function lockPerson(
  { agents, workspaces }: Pick<Repositories, 'agents' | 'workspaces'>,
  agentId: string,
  after: AgentRole | null,
): Promise<AgentRecord> {
  const found = await agents.get(agentId);
  if (found) await workspaces.lockRouting(found.workspaceId);
  const everybody = found ? await agents.list(found.workspaceId) : [];
  const agent = everybody.find(({ id }) => id === agentId);
  if (!agent) throw new CodedError('agent_not_found');
  const owners = everybody.filter(({ role }) => role === 'owner').length;
  if (mayChangeRole('owner', agent.role, after, owners)) return agent;
  const message = 'A workspace keeps an owner. Make somebody else an owner first.';
  throw new CodedError('forbidden', { message });
}
