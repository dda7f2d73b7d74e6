import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CodedError } from '#kit/protocol/errors.js';
import { Lockout } from './auth/lockout.js';
import { RateLimit } from './rate-limits.js';

const movable = () => {
  let now = 1_000_000;
  return { now: () => now, advance: (ms: number) => void (now += ms) };
};

const waitOf = (work: () => void): number | null => {
  try {
    work();
    return null;
  } catch (error) {
    assert.ok(error instanceof CodedError);
    return error.retryAfterMs ?? 0;
  }
};

describe('rate limit', () => {
  it('spends a minute’s worth at once and gets it back evenly, per key', () => {
    const clock = movable();
    const limit = new RateLimit(3, clock);
    const spend = (key = 'a') => waitOf(() => limit.spend(key));
    assert.deepEqual([spend(), spend(), spend(), spend()], [null, null, null, 20_000]);
    assert.equal(spend('b'), null);
    clock.advance(19_999);
    assert.equal(spend(), 1);
    clock.advance(1);
    assert.deepEqual([spend(), spend()], [null, 20_000]);
    clock.advance(3_600_000);
    assert.deepEqual([spend(), spend(), spend(), spend()], [null, null, null, 20_000]);
  });
});

describe('lockout', () => {
  it('doubles the wait after the free attempts, and forgets with a success', () => {
    const clock = movable();
    const lockout = new Lockout(2, clock);
    const check = () => waitOf(() => lockout.check('a'));
    lockout.fail('a');
    assert.equal(check(), null);
    const waits: (number | null)[] = [];
    for (let count = 0; count < 12; count++) {
      lockout.fail('a');
      const wait = check();
      waits.push(wait);
      clock.advance(wait ?? 0);
    }
    assert.deepEqual(waits.slice(0, 4), [1_000, 2_000, 4_000, 8_000]);
    assert.equal(waits.at(-1), 900_000);
    lockout.fail('a');
    assert.equal(
      waitOf(() => lockout.check('b')),
      null,
    );
    lockout.succeed('a');
    assert.equal(check(), null);
  });

  it('forgets after a day', () => {
    const clock = movable();
    const lockout = new Lockout(1, clock);
    lockout.fail('a');
    clock.advance(25 * 3_600_000);
    lockout.fail('b');
    lockout.fail('a');
    assert.equal(
      waitOf(() => lockout.check('a')),
      1_000,
    );
  });
});
