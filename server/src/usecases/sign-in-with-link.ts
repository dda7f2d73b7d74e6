import { CodedError } from '#kit/protocol/errors.js';
import { hashSecretCode } from '../auth/secret-codes.js';
import { act, type Ports } from './act.js';
import { audit } from './audit.js';
import { startSession, type Session } from './sessions.js';

/** Trades a one-time code for a session. Rejects with `sign_in_link_invalid`. */
export async function signInWithLink(ports: Ports, code: string): Promise<Session> {
  return act(ports, async (repositories) => {
    const hash = hashSecretCode(code);
    const agentId = await repositories.sessions.consumeLink(hash, ports.clock.now());
    const agent = agentId === null ? null : await repositories.agents.get(agentId);
    if (!agent) throw new CodedError('sign_in_link_invalid');
    const session = await startSession(ports, repositories, agent);
    await audit(ports, repositories, session.caller, 'agent.sign_in_link', agent.id);
    return session;
  });
}
