import { CodedError } from '#kit/protocol/errors.js';
import type { AgentCaller, Caller, VisitorCaller } from '../auth/tokens.js';
import type { Ports } from './act.js';

type WelcomePorts = Pick<Ports, 'storage' | 'clock'>;

/**
 * Whether whoever shows a channel token may come: its session, browser and contact still stand, and
 * nothing was closed to them. `network` is the hash of where they come from. Rejects with
 * `token_invalid`, `chat_unavailable`.
 */
export async function welcome(ports: WelcomePorts, caller: Caller, network: string): Promise<void> {
  if (caller.type === 'agent') await welcomeAgent(ports, caller);
  else await welcomeVisitor(ports, caller, network);
}

async function welcomeAgent({ storage, clock }: WelcomePorts, caller: AgentCaller): Promise<void> {
  const { agentId, workspaceId, sessionId } = caller;
  const [agent, live] = await Promise.all([
    storage.agents.get(agentId),
    sessionId === null || storage.sessions.isLive(agentId, sessionId, clock.now()),
  ]);
  if (agent?.workspaceId !== workspaceId || !live) throw new CodedError('token_invalid');
}

async function welcomeVisitor(
  { storage }: WelcomePorts,
  { contactId, workspaceId, tokenId }: VisitorCaller,
  network: string,
): Promise<void> {
  const found = await storage.access.visitor({ contactId, tokenId, network });
  if (found?.workspaceId !== workspaceId || found.tokenRevoked || found.mergedInto !== null) {
    throw new CodedError('token_invalid');
  }
  if (found.blocked === 'address' || found.networkBlocked) {
    throw new CodedError('chat_unavailable');
  }
  if (found.network !== network) await storage.contacts.note(contactId, { network });
}
