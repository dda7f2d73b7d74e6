import { limits } from '#kit/protocol/limits.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { AgentRole } from '#kit/domain/index.js';
import type { AgentRecord } from '../ports.js';
import { act, type Ports } from './act.js';
import { auditSystem } from './audit.js';
import { cleanEmail, cleanLine } from './clean-text.js';

/**
 * One more agent, who signs in by a link until there is a password. Rejects with
 * `workspace_not_found`, `invalid_email`, `email_taken`, `invalid_payload`.
 */
export async function createAgent(
  ports: Ports,
  input: { workspaceId: string; email: string; role: AgentRole; name: string | null },
): Promise<AgentRecord> {
  const { workspaceId, role } = input;
  const email = input.email.length > limits.emailLength ? null : cleanEmail(input.email);
  if (email === null) throw new CodedError('invalid_email');
  const name = input.name === null ? null : cleanLine(input.name);
  if (name !== null && name.length > limits.nameLength) throw new CodedError('invalid_payload');
  const account = { id: ports.ids.next('ac'), workspaceId, email, passwordHash: null };
  const agent: AgentRecord = {
    id: ports.ids.next('ag'),
    workspaceId,
    accountId: account.id,
    name: name ?? email.slice(0, email.indexOf('@')),
    named: name !== null,
    avatarUrl: null,
    role,
    status: 'online',
    statusAt: 0,
    externalId: null,
    version: 1,
    preferences: {},
    hours: null,
  };
  await act(ports, async (repositories) => {
    const { workspaces, agents } = repositories;
    if (!(await workspaces.get(workspaceId))) throw new CodedError('workspace_not_found');
    if (await agents.byEmail(email)) throw new CodedError('email_taken');
    await agents.create(agent, account);
    await auditSystem(ports, repositories, workspaceId, 'agent.create', agent.id, { role });
  });
  await ports.roster.stored(agent);
  return agent;
}
