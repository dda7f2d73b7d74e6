import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startFileSweep } from './file-sweep.js';

describe('the sweep of files', () => {
  it('ends with the file at hand before the storage is closed', async () => {
    const happened: string[] = [];
    let begun = (): void => undefined;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    let goOn = (): void => undefined;
    const ports = {
      clock: { now: () => 1 },
      files: {
        dropReceived: async () => undefined,
        async delete(id: string) {
          begun();
          await new Promise<void>((resolve) => (goOn = resolve));
          happened.push(`deleted ${id}`);
        },
      },
      storage: {
        attachments: {
          beginJob: async () => true,
          giveUp: async () => undefined,
          deleted: async () => ['at_1', 'at_2'],
          remove: async (ids: string[]) => void happened.push(`forgot ${ids.join()}`),
        },
      },
    } as unknown as Parameters<typeof startFileSweep>[0];
    const log = { error: () => void happened.push('failed') };
    const stop = startFileSweep(ports, log, { jobDone: () => undefined }, 5);
    const alive = setInterval(() => undefined, 50);
    await hasBegun;
    const stopped = stop().then(() => happened.push('stopped'));
    goOn();
    await stopped;
    clearInterval(alive);
    assert.deepEqual(happened, ['deleted at_1', 'forgot at_1', 'stopped']);
  });
});
