import { CodedError } from '#kit/protocol/errors.js';
import { limits } from '#kit/protocol/limits.js';
import type { HostIdentity, HostTokens } from '../auth/host-tokens.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { AgentRecord } from '../ports.js';
import { act, type Ports } from './act.js';
import { auditSystem } from './audit.js';
import { cleanEmail, cleanLine } from './clean-text.js';

export interface HostSignInPorts extends Ports {
  hostTokens: HostTokens;
}

/**
 * An agent comes with a token that the host application signed; made on first sight, and named
 * anew when the host's name changed. Rejects with `workspace_not_found`, `token_invalid`,
 * `token_expired`.
 */
export async function signInFromHost(
  ports: HostSignInPorts,
  token: string,
  workspaceId: string,
): Promise<AgentCaller> {
  const workspace = await ports.storage.workspaces.get(workspaceId);
  if (!workspace) throw new CodedError('workspace_not_found');
  if (!workspace.hostAuth) throw new CodedError('token_invalid');
  const identity = await ports.hostTokens.verify(token, workspace.hostAuth);
  // Workspaces of one host may share its keys; a token that names one is good for that one alone.
  const named = ports.hostTokens.workspaceClaim(token);
  if (named !== null && named !== workspaceId) throw new CodedError('token_invalid');
  const agent =
    (await knownAgent(ports, workspaceId, identity)) ??
    (await newAgent(ports, workspaceId, identity).catch(async (fault: unknown) => {
      // Two tabs came at the same time and the other one was first.
      const made = await knownAgent(ports, workspaceId, identity);
      if (!made) throw fault;
      return made;
    }));
  return { type: 'agent', agentId: agent.id, workspaceId, sessionId: null };
}

async function knownAgent(
  ports: Ports,
  workspaceId: string,
  identity: HostIdentity,
): Promise<AgentRecord | null> {
  const { agents } = ports.storage;
  const agent = await agents.byExternalId(workspaceId, identity.subject);
  if (!agent) return null;
  const name = nameOf(identity);
  if (name === null || name === agent.name) return agent;
  const renamed = await agents.update(agent.id, { name, named: true });
  if (renamed) await ports.roster.stored(renamed);
  return renamed ?? agent;
}

async function newAgent(
  ports: Ports,
  workspaceId: string,
  identity: HostIdentity,
): Promise<AgentRecord> {
  const name = nameOf(identity);
  const account = {
    id: ports.ids.next('ac'),
    workspaceId,
    email: await freeEmail(ports, identity),
    passwordHash: null,
  };
  const agent: AgentRecord = {
    id: ports.ids.next('ag'),
    workspaceId,
    accountId: account.id,
    name: name ?? 'Agent',
    named: name !== null,
    avatarUrl: null,
    role: 'agent',
    status: 'online',
    statusAt: 0,
    externalId: identity.subject,
    version: 1,
    preferences: {},
    hours: null,
  };
  await act(ports, async (repositories) => {
    await repositories.agents.create(agent, account);
    const { id, role } = agent;
    await auditSystem(ports, repositories, workspaceId, 'agent.create', id, { role, by: 'host' });
  });
  await ports.roster.stored(agent);
  return agent;
}

function nameOf({ name }: HostIdentity): string | null {
  return name === null ? null : (cleanLine(name)?.slice(0, limits.nameLength) ?? null);
}

/** The host's word for an email is no reason to refuse the agent. */
async function freeEmail(ports: Ports, { email }: HostIdentity): Promise<string | null> {
  if (email === null || email.length > limits.emailLength) return null;
  try {
    const clean = cleanEmail(email);
    const taken = clean !== null && (await ports.storage.agents.byEmail(clean));
    return taken ? null : clean;
  } catch {
    return null;
  }
}
