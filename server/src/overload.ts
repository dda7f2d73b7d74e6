import { CodedError } from '#kit/protocol/errors.js';

const retryAfterMs = { least: 2_000, most: 5_000 };

/** The refusal of a server that is doing more than it can; not all come back at once. */
export function overloaded(): CodedError {
  const { least, most } = retryAfterMs;
  const wait = Math.round(least + Math.random() * (most - least));
  return new CodedError('unavailable', { retryAfterMs: wait });
}
