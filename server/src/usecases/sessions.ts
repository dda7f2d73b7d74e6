import { CodedError } from '#kit/protocol/errors.js';
import { hashSecretCode, newSecretCode } from '../auth/secret-codes.js';
import { socketNames } from '../auth/socket-names.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { Repositories } from '../ports.js';
import { act, type Emit, type Ports } from './act.js';
import { audit } from './audit.js';

export const sessionMs = 30 * 86_400_000;

/** A signed-in browser; `code` is for its cookie and is stored nowhere. */
export interface Session {
  code: string;
  caller: AgentCaller;
}

/** Starts a browser session of the agent. */
export async function startSession(
  ports: Pick<Ports, 'clock'>,
  { sessions }: Pick<Repositories, 'sessions'>,
  agent: { id: string; workspaceId: string },
): Promise<Session> {
  const code = newSecretCode();
  const hash = hashSecretCode(code);
  const createdAt = ports.clock.now();
  const expiresAt = createdAt + sessionMs;
  await sessions.create({ hash, agentId: agent.id, createdAt, expiresAt });
  return { code, caller: callerOf(agent, hash) };
}

/** Who a session's code belongs to. Rejects with `unauthorized` when it is unknown or over. */
export async function findSession(
  ports: Pick<Ports, 'clock' | 'storage'>,
  code: string | undefined,
): Promise<AgentCaller> {
  if (!code) throw new CodedError('unauthorized');
  const hash = hashSecretCode(code);
  const session = await ports.storage.sessions.find(hash, ports.clock.now());
  const agent = session && (await ports.storage.agents.get(session.agentId));
  if (!agent) throw new CodedError('unauthorized');
  return callerOf(agent, hash);
}

/** Ends a session and closes its sockets. Does nothing where there is none. */
export async function signOut(ports: Ports, code: string | undefined): Promise<void> {
  const caller = await findSession(ports, code).catch(() => null);
  if (!caller || !code) return;
  await act(ports, async (repositories, emit) => {
    const hash = hashSecretCode(code);
    await repositories.sessions.remove(hash);
    await audit(ports, repositories, caller, 'agent.sign_out', caller.agentId);
    const sockets = [socketNames.session(sessionIdOf(hash))];
    emit({ type: 'access', workspaceId: caller.workspaceId, sockets });
  });
}

/** Ends all sessions of an agent but the caller's own, within a transaction, with their sockets. */
export async function endOtherSessions(
  { sessions }: Pick<Repositories, 'sessions'>,
  emit: Emit,
  { agentId, workspaceId, sessionId }: AgentCaller,
): Promise<void> {
  const hashes = await sessions.removeOthers(agentId, sessionId);
  if (hashes.length === 0) return;
  const sockets = hashes.map((hash) => socketNames.session(sessionIdOf(hash)));
  emit({ type: 'access', workspaceId, sockets });
}

/** Half of the hash names the session well enough and is of no use to find it. */
function sessionIdOf(hash: string): string {
  return hash.slice(0, 20);
}

function callerOf(agent: { id: string; workspaceId: string }, hash: string): AgentCaller {
  const sessionId = sessionIdOf(hash);
  return { type: 'agent', agentId: agent.id, workspaceId: agent.workspaceId, sessionId };
}
