import { CodedError } from '#kit/protocol/errors.js';
import type { ProfilePatch } from '#kit/protocol/http.js';
import { limits } from '#kit/protocol/limits.js';
import type { Me } from '#kit/domain/agent.js';
import type { Passwords } from '../auth/passwords.js';
import type { AgentCaller } from '../auth/tokens.js';
import { act, type Ports } from './act.js';
import { audit } from './audit.js';
import { cleanEmail, cleanLine } from './clean-text.js';
import { endOtherSessions } from './sessions.js';
import { readMe } from './read-me.js';

/**
 * Changes one's own name, email or password; what is missing stays. Rejects with `invalid_email`,
 * `email_taken`, `password_too_short`, `invalid_payload` (a blank name), `agent_not_found`.
 */
export async function updateProfile(
  ports: Ports & { passwords: Passwords },
  caller: AgentCaller,
  { name, email, password }: ProfilePatch,
): Promise<Me> {
  const account: { email?: string | null; passwordHash?: string } = {};
  if (email !== undefined) account.email = cleanEmail(email);
  if (password !== undefined) {
    if (password.length < limits.passwordLength.min) throw new CodedError('password_too_short');
    account.passwordHash = await ports.passwords.hash(password);
  }
  const cleanName = name === undefined ? undefined : cleanLine(name);
  if (cleanName === null || account.email === null) throw new CodedError('invalid_payload');
  const record = await act(ports, async (repositories, emit) => {
    const { agents } = repositories;
    if (Object.keys(account).length > 0) await agents.updateAccount(caller.agentId, account);
    // Whoever learnt the former one is signed out with it.
    if (account.passwordHash !== undefined) await endOtherSessions(repositories, emit, caller);
    const fields = Object.entries({ name, email, password }).flatMap(([field, value]) =>
      value === undefined ? [] : [field],
    );
    await audit(ports, repositories, caller, 'agent.profile', caller.agentId, { fields });
    const updated =
      cleanName === undefined
        ? await agents.get(caller.agentId)
        : await agents.update(caller.agentId, { name: cleanName, named: true });
    if (!updated) throw new CodedError('agent_not_found');
    return updated;
  });
  await ports.roster.stored(record);
  return readMe(ports, caller.agentId);
}
