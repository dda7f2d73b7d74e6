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

  it('tries again what failed, and tells of it once: whoever waits must be told in the end', async () => {
    const faults: unknown[] = [];
    let runs = 0;
    let done = (): void => undefined;
    const succeeded = new Promise<void>((resolve) => (done = resolve));
    const coalescer = new Coalescer(
      async () => {
        runs += 1;
        if (runs < 3) throw new Error('the database is away');
        done();
      },
      (fault) => faults.push(fault),
      { least: 1, most: 2 },
    );
    // The wait for the next try keeps no process alive.
    const alive = setInterval(() => undefined, 50);
    coalescer.request('a');
    await succeeded;
    clearInterval(alive);
    coalescer.close();
    assert.equal(runs, 3);
    assert.equal(faults.length, 1);
  });
});
