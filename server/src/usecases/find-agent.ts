import { CodedError } from '#kit/protocol/errors.js';
import type { AgentRecord, Storage } from '../ports.js';

/** By id or email, as typed on the command line. Rejects with `agent_not_found`. */
export async function findAgent(
  { storage }: { storage: Pick<Storage, 'agents'> },
  idOrEmail: string,
): Promise<AgentRecord> {
  const agent = idOrEmail.includes('@')
    ? (await storage.agents.byEmail(idOrEmail))?.agent
    : await storage.agents.get(idOrEmail);
  if (!agent) throw new CodedError('agent_not_found');
  return agent;
}
