import type { Me } from '#kit/domain/agent.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { Ports } from './act.js';
import { ownView } from './views.js';

/** The agent as they see themselves. Rejects with `agent_not_found`. */
export async function readMe(ports: Ports, agentId: string): Promise<Me> {
  const record = await ports.storage.agents.get(agentId);
  if (!record) throw new CodedError('agent_not_found');
  const agent = await ports.roster.get(record.workspaceId, agentId);
  if (!agent) throw new CodedError('agent_not_found');
  return ownView(agent, record, await ports.storage.agents.account(agentId));
}
