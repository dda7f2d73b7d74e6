import { hashSecretCode, newSecretCode } from '../auth/secret-codes.js';
import type { Ports } from './act.js';

const linkMs = 24 * 3_600_000;

/** A code that signs the agent in once, within a day. Only its hash is stored. */
export async function createSignInLink(
  ports: Pick<Ports, 'storage' | 'clock'>,
  agentId: string,
): Promise<string> {
  const code = newSecretCode();
  const expiresAt = ports.clock.now() + linkMs;
  await ports.storage.sessions.createLink({ hash: hashSecretCode(code), agentId, expiresAt });
  return code;
}

/** The owner of a workspace who has no password yet, and so no other way in; null when there is none. */
export async function ownerWithoutPassword(
  ports: Pick<Ports, 'storage'>,
  workspaceId: string,
): Promise<string | null> {
  const { agents } = ports.storage;
  for (const agent of await agents.list(workspaceId)) {
    if (agent.role !== 'owner' || agent.externalId !== null) continue;
    const account = await agents.account(agent.id);
    if (account?.passwordHash === null) return agent.id;
  }
  return null;
}
