import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Coalescer } from './coalescer.js';

describe('Coalescer', () => {
  it('begins nothing once it is closed, and what then fails is no fault', async () => {
    let fail = (_error: Error): void => undefined;
    const faults: unknown[] = [];
    let runs = 0;
    const coalescer = new Coalescer(
      () => {
        runs += 1;
        return new Promise<void>((_resolve, reject) => (fail = reject));
      },
      (fault) => faults.push(fault),
    );
    coalescer.request('a');
    coalescer.request('a');
    coalescer.close();
    coalescer.request('b');
    fail(new Error('the storage is closed'));
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(runs, 1);
    assert.deepEqual(faults, []);
  });
});
