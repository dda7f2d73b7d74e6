import type { ErrorCode } from '../protocol/index.js';

const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'connection_lost',
  'timeout',
  'unavailable',
  'internal',
  'rate_limited',
  'token_expired',
]);

/** Whether trying again later by oneself can help; every other refusal is for good. */
export function mayPass(code: ErrorCode): boolean {
  return passing.has(code);
}
