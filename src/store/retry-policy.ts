import type { ErrorCode } from '../protocol/index.js';
import { fullJitter, type Random } from '../transport/random.js';

/** Troubles of the moment; the text is not to blame. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'connection_lost',
  'timeout',
  'unavailable',
]);

/**
 * After how many ms a message is sent again; null when its refusal is final. A refusal is final
 * unless it says when to come back; trouble of the network is tried again for ever.
 */
export function retryDelay(
  error: { code: ErrorCode; retryAfterMs?: number | undefined },
  tries: number,
  random: Random,
): number | null {
  const jitter = fullJitter(tries, random, { baseMs: 500, capMs: 30_000 });
  if (error.retryAfterMs !== undefined) return error.retryAfterMs + jitter;
  return passing.has(error.code) ? jitter : null;
}
