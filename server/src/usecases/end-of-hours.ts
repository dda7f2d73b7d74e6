import { endedBetween } from '#kit/domain/hours.js';
import type { AgentRecord } from '../ports.js';
import { act, type Ports } from './act.js';
import { auditSystem } from './audit.js';

/**
 * Sets those offline whose hours ended since this was done last, by whichever server, however long
 * ago that is (S4.3). In one transaction: an end counts once, and one that was cut off counts at the
 * next turn. Gives how many, or null where it was not this server's turn.
 */
export async function endHours(ports: Ports, everyMs = 60_000): Promise<number | null> {
  const now = ports.clock.now();
  const changed = await act(ports, async (repositories) => {
    const { agents, jobs } = repositories;
    const turn = await jobs.turn({ name: 'end of hours', now, everyMs });
    if (!turn) return null;
    const gone: AgentRecord[] = [];
    for (const { id, workspaceId, hours, statusAt } of await agents.withHours()) {
      // Who came back by hand after the end stays.
      if (!hours || !endedBetween(hours, Math.max(turn.since, statusAt), now)) continue;
      const updated = await agents.update(id, { status: 'offline' });
      if (!updated) continue;
      const details = { status: 'offline', by: 'hours' };
      await auditSystem(ports, repositories, workspaceId, 'agent.status', id, details);
      gone.push(updated);
    }
    return gone;
  });
  for (const record of changed ?? []) await ports.roster.stored(record);
  return changed && changed.length;
}
