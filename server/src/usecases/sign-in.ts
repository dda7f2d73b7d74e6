import { CodedError } from '#kit/protocol/errors.js';
import type { Lockout } from '../auth/lockout.js';
import type { Passwords } from '../auth/passwords.js';
import { act, type Ports } from './act.js';
import { audit } from './audit.js';
import { storable } from './clean-text.js';
import { startSession, type Session } from './sessions.js';

export interface SignInPorts extends Ports {
  passwords: Passwords;
  lockout: Lockout;
}

/**
 * By email and password. An unknown email takes as long and says the same as a wrong password.
 * Rejects with `sign_in_failed`, `too_many_attempts`.
 */
export async function signIn(
  ports: SignInPorts,
  { email, password }: { email: string; password: string },
  remoteAddress: string,
): Promise<Session> {
  const { lockout, passwords, storage } = ports;
  // As it is looked up, so that no other spelling of an address has tries of its own.
  const address = storable(email).trim().toLowerCase();
  const key = `${remoteAddress} ${address}`;
  await lockout.attempt(key);
  const found = await storage.agents.byEmail(address);
  const matched = await passwords.matches(found?.account.passwordHash ?? null, password);
  if (!found || !matched) throw new CodedError('sign_in_failed');
  await lockout.succeed(key);
  return act(ports, async (repositories) => {
    const session = await startSession(ports, repositories, found.agent);
    await audit(ports, repositories, session.caller, 'agent.sign_in', found.agent.id);
    return session;
  });
}
