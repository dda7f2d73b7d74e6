import { CodedError } from '#kit/protocol/errors.js';
import { hashSecretCode, newSecretCode } from '../auth/secret-codes.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { Repositories } from '../ports.js';
import type { Ports } from './act.js';

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

/** Ends a session. Whose it was is returned, so that its sockets can be closed. */
export async function signOut(
  ports: Pick<Ports, 'clock' | 'storage'>,
  code: string | undefined,
): Promise<AgentCaller | null> {
  if (!code) return null;
  const caller = await findSession(ports, code).catch(() => null);
  await ports.storage.sessions.remove(hashSecretCode(code));
  return caller;
}

function callerOf(agent: { id: string; workspaceId: string }, hash: string): AgentCaller {
  // Half of the hash names the session well enough and is of no use to find it.
  const sessionId = hash.slice(0, 20);
  return { type: 'agent', agentId: agent.id, workspaceId: agent.workspaceId, sessionId };
}
