import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MemoryLockout } from './auth/lockout.js';
import { limitsContract, waitOf } from './limits.contract.js';
import { MemoryRateLimit } from './rate-limits.js';

limitsContract('memory', () => ({
  rateLimit: (perMinute, clock) => new MemoryRateLimit(perMinute, clock),
  lockout: (freeAttempts, clock) => new MemoryLockout(freeAttempts, clock),
}));

describe('lockout in memory', () => {
  it('forgets the oldest when somebody invents emails without end', async () => {
    const lockout = new MemoryLockout(1, { now: () => 1_000 });
    await lockout.attempt('first');
    assert.equal(await waitOf(lockout.attempt('first')), 1_000);
    for (let count = 0; count < 100_000; count++) await lockout.attempt(`invented ${count}`);
    assert.equal(await waitOf(lockout.attempt('invented 99999')), 1_000);
    assert.equal(await waitOf(lockout.attempt('first')), null);
  });
});
