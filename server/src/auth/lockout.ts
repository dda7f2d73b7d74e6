import { CodedError } from '#kit/protocol/errors.js';
import type { Clock } from '../ports.js';

export const firstWaitMs = 1_000;
export const longestWaitMs = 15 * 60_000;
export const forgetAfterMs = 24 * 3_600_000;
/** Whoever invents emails fills no more memory than this; filling it takes far longer than any wait. */
const maxKeys = 100_000;

interface Failures {
  count: number;
  blockedUntil: number;
  at: number;
}

/** After some failures each further one doubles the time until the next try. */
export interface Lockout {
  /**
   * Counts a failure in advance, so that tries at the same time count too. Rejects with
   * `too_many_attempts` and the time to wait; such a try does not count.
   */
  attempt(key: string): Promise<void>;
  /** The try was none to count: forgets what failed before. */
  succeed(key: string): Promise<void>;
}

/** How long a key has to wait after its `count`th failure, in ms. */
export function waitAfter(count: number, freeAttempts: number): number {
  const beyond = count - freeAttempts;
  return beyond < 0 ? 0 : Math.min(firstWaitMs * 2 ** beyond, longestWaitMs);
}

export class MemoryLockout implements Lockout {
  readonly #freeAttempts: number;
  readonly #clock: Clock;
  readonly #failures = new Map<string, Failures>();

  constructor(freeAttempts: number, clock: Clock) {
    this.#freeAttempts = freeAttempts;
    this.#clock = clock;
  }

  async attempt(key: string): Promise<void> {
    const now = this.#clock.now();
    const before = this.#failures.get(key);
    const retryAfterMs = (before?.blockedUntil ?? 0) - now;
    if (retryAfterMs > 0) throw new CodedError('too_many_attempts', { retryAfterMs });
    for (const [other, { at }] of this.#failures) {
      if (at > now - forgetAfterMs && this.#failures.size < maxKeys) break;
      this.#failures.delete(other);
    }
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    const blockedUntil = now + waitAfter(count, this.#freeAttempts);
    // Set anew so that the map stays in the order of time.
    this.#failures.delete(key);
    this.#failures.set(key, { count, blockedUntil, at: now });
  }

  async succeed(key: string): Promise<void> {
    this.#failures.delete(key);
  }
}
