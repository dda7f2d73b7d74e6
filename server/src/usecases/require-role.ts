import { may, type RoleAct } from '#kit/domain/roles.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { AgentRecord, Repositories } from '../ports.js';

/**
 * The agent who acts, as stored now: a role that was taken away a moment ago is gone. Rejects with
 * `forbidden`, `agent_not_found`.
 */
export async function requireRole(
  { agents }: Pick<Repositories, 'agents'>,
  { agentId }: Pick<AgentCaller, 'agentId'>,
  act: RoleAct,
): Promise<AgentRecord> {
  const agent = await agents.get(agentId);
  if (!agent) throw new CodedError('agent_not_found');
  if (!may(agent.role, act)) throw new CodedError('forbidden');
  return agent;
}
