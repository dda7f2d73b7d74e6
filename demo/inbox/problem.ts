import { CodedError, errorEntry, toWireError } from '../../src/protocol/index.js';

/** A refusal in words that say what to do, and when if it must wait. */
export function describeProblem(error: unknown, now = Date.now()): string {
  if (!(error instanceof CodedError)) return errorEntry('internal').message;
  const { message, retryAfterMs } = toWireError(error);
  if (retryAfterMs === undefined || error.code !== 'too_many_attempts') return message;
  const at = new Date(now + retryAfterMs).toLocaleTimeString([], {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return `Too many failed attempts. You can try again in ${duration(retryAfterMs)}, at ${at}.`;
}

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 90) return seconds === 1 ? '1 second' : `${String(seconds)} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return `${String(minutes)} minutes`;
}
