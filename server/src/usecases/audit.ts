import type { Repositories } from '../ports.js';
import type { Ports } from './act.js';

/** Notes an agent's act. `details` never hold what people wrote. */
export async function audit(
  ports: Pick<Ports, 'ids' | 'clock'>,
  repositories: Pick<Repositories, 'audit'>,
  actor: { agentId: string; workspaceId: string },
  action: string,
  targetId: string | null,
  details: Record<string, unknown> = {},
): Promise<void> {
  await repositories.audit.append({
    id: ports.ids.next('au'),
    workspaceId: actor.workspaceId,
    actorType: 'agent',
    actorId: actor.agentId,
    action,
    targetId,
    details,
    at: ports.clock.now(),
  });
}

/** Notes what was done from the command line, or on a host's word. */
export async function auditSystem(
  ports: Pick<Ports, 'ids' | 'clock'>,
  repositories: Pick<Repositories, 'audit'>,
  workspaceId: string,
  action: string,
  targetId: string | null,
  details: Record<string, unknown> = {},
): Promise<void> {
  await repositories.audit.append({
    id: ports.ids.next('au'),
    workspaceId,
    actorType: 'system',
    actorId: null,
    action,
    targetId,
    details,
    at: ports.clock.now(),
  });
}
