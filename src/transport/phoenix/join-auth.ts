import type { ErrorCode } from '../../protocol/index.js';

/** How a token goes with each join, instead of with the socket. */
export interface JoinAuth {
  payload(token: string): object;
  /** What the code of a refused join means for the connection; null where it is about the topic. */
  onRefused(code: ErrorCode): 'renew' | 'refuse' | null;
}

/** Refusals of a join that say that the token, not the topic, is wrong. */
const tokenRefusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'unauthorized',
  'token_invalid',
  'workspace_not_found',
  'origin_not_allowed',
]);

/** For Phoenix servers before 1.8. */
export const joinAuth: JoinAuth = {
  payload: (token) => ({ token }),
  onRefused: (code) =>
    code === 'token_expired' ? 'renew' : tokenRefusals.has(code) ? 'refuse' : null,
};
