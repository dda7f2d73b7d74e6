import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { CodedError } from '#kit/protocol/errors.js';
import type { Lockout } from './auth/lockout.js';
import type { Clock } from './ports.js';
import type { RateLimit } from './rate-limits.js';

export interface LimitsSubject {
  rateLimit(perMinute: number, clock: Clock): RateLimit;
  lockout(freeAttempts: number, clock: Clock): Lockout;
}

/** What every implementation of rate limits and lockout does; `subject` may be a shared one. */
export function limitsContract(name: string, subject: () => LimitsSubject): void {
  describe(`rate limit (${name})`, () => {
    it('spends a minute’s worth at once and gets it back evenly, per key', async () => {
      const { a, b } = keys();
      const clock = movable();
      const limit = subject().rateLimit(3, clock);
      const spend = (key = a) => waitOf(limit.spend(key));
      assert.deepEqual([await spend(), await spend(), await spend()], [null, null, null]);
      assert.equal(await spend(), 20_000);
      assert.equal(await spend(b), null);
      clock.advance(19_999);
      assert.equal(await spend(), 1);
      clock.advance(1);
      assert.deepEqual([await spend(), await spend()], [null, 20_000]);
      clock.advance(3_600_000);
      assert.deepEqual([await spend(), await spend(), await spend()], [null, null, null]);
      assert.equal(await spend(), 20_000);
    });

    it('spends several at once, or none of them', async () => {
      const { a } = keys();
      const limit = subject().rateLimit(6, movable());
      const spend = (count: number) => waitOf(limit.spend(a, count));
      assert.deepEqual([await spend(4), await spend(3), await spend(2)], [null, 10_000, null]);
      assert.equal(await spend(1), 10_000);
    });

    it('lets no more through when all are spent at the same time', async () => {
      const { a } = keys();
      const limit = subject().rateLimit(5, movable());
      const waits = await Promise.all(Array.from({ length: 20 }, () => waitOf(limit.spend(a))));
      assert.equal(waits.filter((wait) => wait === null).length, 5);
    });
  });

  describe(`lockout (${name})`, () => {
    it('doubles the wait after the free attempts, and forgets with a success', async () => {
      const { a, b } = keys();
      const clock = movable();
      const lockout = subject().lockout(2, clock);
      const attempt = (key = a) => waitOf(lockout.attempt(key));
      assert.deepEqual([await attempt(), await attempt()], [null, null]);
      const waits: (number | null)[] = [];
      for (let count = 0; count < 12; count++) {
        const wait = await attempt();
        waits.push(wait);
        clock.advance(wait ?? 0);
        assert.equal(await attempt(), null);
      }
      assert.deepEqual(waits.slice(0, 4), [1_000, 2_000, 4_000, 8_000]);
      assert.equal(waits.at(-1), 900_000);
      assert.equal(await attempt(b), null);
      await lockout.succeed(a);
      assert.deepEqual([await attempt(), await attempt()], [null, null]);
    });

    it('does not count a try that it refuses', async () => {
      const { a } = keys();
      const clock = movable();
      const lockout = subject().lockout(1, clock);
      assert.equal(await waitOf(lockout.attempt(a)), null);
      for (let count = 0; count < 5; count++) {
        assert.equal(await waitOf(lockout.attempt(a)), 1_000);
      }
    });

    it('lets one of many through that come at the same time', async () => {
      const { a } = keys();
      const lockout = subject().lockout(1, movable());
      const waits = await Promise.all(Array.from({ length: 20 }, () => waitOf(lockout.attempt(a))));
      assert.equal(waits.filter((wait) => wait === null).length, 1);
    });

    it('forgets after a day', async () => {
      const { a, b } = keys();
      const clock = movable();
      const lockout = subject().lockout(1, clock);
      await lockout.attempt(a);
      clock.advance(1_000);
      await lockout.attempt(a);
      clock.advance(25 * 3_600_000);
      await lockout.attempt(b);
      await lockout.attempt(a);
      assert.equal(await waitOf(lockout.attempt(a)), 1_000);
    });
  });
}

/** New with each test, for a store that outlives it. */
function keys(): { a: string; b: string } {
  return { a: randomUUID(), b: randomUUID() };
}

export function movable(): Clock & { advance(ms: number): void } {
  let now = 1_000_000;
  return { now: () => now, advance: (ms) => void (now += ms) };
}

/** The time to wait, or null when it was let through. */
export async function waitOf(work: Promise<void>): Promise<number | null> {
  try {
    await work;
    return null;
  } catch (error) {
    assert.ok(error instanceof CodedError);
    return error.retryAfterMs ?? 0;
  }
}
