import type { Me, Preferences } from '#kit/domain/agent.js';
import type { Hours } from '#kit/domain/hours.js';
import { isPossible } from '#kit/domain/hours.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { AgentRecord } from '../ports.js';
import { act, type Ports } from './act.js';
import { audit } from './audit.js';
import { readMe } from './read-me.js';

/** Changes how an agent works; what is missing stays. Rejects with `agent_not_found`. */
export async function setPreferences(
  ports: Ports,
  caller: AgentCaller,
  patch: Partial<Preferences>,
): Promise<Me> {
  return changeMe(ports, caller, 'agent.preferences', Object.keys(patch), ({ preferences }) => ({
    preferences: { ...preferences, ...patch },
  }));
}

/**
 * Sets the hours of the agent's week, or none (S4.3). Rejects with `invalid_payload` where there is
 * no such time zone or spans are out of order, and with `agent_not_found`.
 */
export async function setHours(
  ports: Ports,
  caller: AgentCaller,
  { hours }: { hours: Hours | null },
): Promise<Me> {
  if (hours && !isPossible(hours)) throw new CodedError('invalid_payload');
  return changeMe(ports, caller, 'agent.hours', [], () => ({ hours }));
}

async function changeMe(
  ports: Ports,
  caller: AgentCaller,
  action: string,
  fields: string[],
  change: (agent: AgentRecord) => Partial<Pick<AgentRecord, 'preferences' | 'hours'>>,
): Promise<Me> {
  const { agentId, workspaceId } = caller;
  const record = await act(ports, async (repositories, emit) => {
    const { agents } = repositories;
    // Two windows that change different things at once: both last.
    const agent = await agents.lock(agentId);
    const updated = agent && (await agents.update(agentId, change(agent)));
    if (!updated) throw new CodedError('agent_not_found');
    await audit(ports, repositories, caller, action, agentId, fields.length > 0 ? { fields } : {});
    emit({ type: 'me', workspaceId, agentId });
    return updated;
  });
  await ports.roster.stored(record);
  return readMe(ports, agentId);
}
