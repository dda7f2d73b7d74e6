import { createHmac } from 'node:crypto';
import type { Server } from './server.js';

/** What a host's server signs its visitors with. */
export const hostSecret = 'the secret of a shop that signs its visitors';

/** From now on the workspace believes what is signed with these. */
export async function trust(server: Server, ...secrets: string[]): Promise<void> {
  const auth = secrets.length > 0 ? JSON.stringify({ secrets }) : 'null';
  await server.command('settings', 'set', `visitorAuth=${auth}`);
}

export interface Signature {
  id: string;
  expiresAt: number;
  signature: string;
}

export function signature(id: string, { secret = hostSecret, inSeconds = 600 } = {}): Signature {
  const expiresAt = Math.floor(Date.now() / 1_000) + inSeconds;
  const hmac = createHmac('sha256', secret).update(`${id}.${String(expiresAt)}`);
  return { id, expiresAt, signature: hmac.digest('hex') };
}

/** A token as hosts make it, HS256, good for ten minutes unless the claims say otherwise. */
export function hostToken(claims: object, secret = hostSecret): { token: string } {
  const exp = Math.floor(Date.now() / 1_000) + 600;
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ exp, ...claims })}`;
  return { token: `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}` };
}
