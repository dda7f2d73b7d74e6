import { CodedError } from '#kit/protocol/errors.js';
import type { Clock } from '../ports.js';

const firstWaitMs = 1_000;
const longestWaitMs = 15 * 60_000;
const forgetAfterMs = 24 * 3_600_000;
/** Whoever invents emails fills no more memory than this; filling it takes far longer than any wait. */
const maxKeys = 100_000;

interface Failures {
  count: number;
  blockedUntil: number;
  at: number;
}

/** After some failures each further one doubles the time until the next try. In memory. */
export class Lockout {
  readonly #freeAttempts: number;
  readonly #clock: Clock;
  readonly #failures = new Map<string, Failures>();

  constructor(freeAttempts: number, clock: Clock) {
    this.#freeAttempts = freeAttempts;
    this.#clock = clock;
  }

  /** Throws `too_many_attempts` with the time to wait. */
  check(key: string): void {
    const retryAfterMs = (this.#failures.get(key)?.blockedUntil ?? 0) - this.#clock.now();
    if (retryAfterMs > 0) throw new CodedError('too_many_attempts', { retryAfterMs });
  }

  fail(key: string): void {
    const now = this.#clock.now();
    for (const [other, { at }] of this.#failures) {
      if (at > now - forgetAfterMs && this.#failures.size < maxKeys) break;
      this.#failures.delete(other);
    }
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    const beyond = count - this.#freeAttempts;
    const wait = beyond < 0 ? 0 : Math.min(firstWaitMs * 2 ** beyond, longestWaitMs);
    // Set anew so that the map stays in the order of time.
    this.#failures.delete(key);
    this.#failures.set(key, { count, blockedUntil: now + wait, at: now });
  }

  succeed(key: string): void {
    this.#failures.delete(key);
  }
}
