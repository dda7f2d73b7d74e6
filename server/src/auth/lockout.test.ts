import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CodedError } from '#kit/protocol/errors.js';
import { Lockout } from './lockout.js';

describe('Lockout', () => {
  it('forgets the oldest when somebody invents emails without end', () => {
    const lockout = new Lockout(1, { now: () => 1_000 });
    lockout.fail('first');
    assert.throws(() => lockout.check('first'), CodedError);
    for (let count = 0; count < 100_000; count++) lockout.fail(`invented ${count}`);
    assert.throws(() => lockout.check('invented 99999'), CodedError);
    assert.doesNotThrow(() => lockout.check('first'));
  });
});
