import type { AgentStatus, Me } from '#kit/domain/agent.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { AgentCaller } from '../auth/tokens.js';
import { act, type Ports } from './act.js';
import { audit } from './audit.js';
import { readMe } from './read-me.js';

/** Chooses to be online, offline or invisible (S4.1). Rejects with `agent_not_found`. */
export async function setAgentStatus(
  ports: Ports,
  caller: AgentCaller,
  { status }: { status: AgentStatus },
): Promise<Me> {
  const record = await act(ports, async (repositories) => {
    const updated = await repositories.agents.update(caller.agentId, {
      status,
      statusAt: ports.clock.now(),
    });
    if (!updated) throw new CodedError('agent_not_found');
    await audit(ports, repositories, caller, 'agent.status', caller.agentId, { status });
    return updated;
  });
  await ports.roster.stored(record);
  return readMe(ports, caller.agentId);
}
