import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import type { Archive, Snapshot } from '../archive-ports.js';
import type { FileStore } from '../file-ports.js';
import { backUp } from './backup.js';

describe('a backup whose reader goes away', () => {
  it('ends while rows are written, and nothing else does', async () => {
    const rows = async function* (): AsyncIterable<string> {
      for (let row = 0; ; row++) yield JSON.stringify({ row, text: `${Math.random()}`.repeat(20) });
    };
    await leave({ tables: ['messages'], rows });
  });

  it('ends while a file is written, and closes the file', async () => {
    const rows = async function* (): AsyncIterable<string> {
      yield JSON.stringify({ id: 'at_1', deleted_at: null });
    };
    const content = Readable.from(
      (function* () {
        for (;;) yield Buffer.from(`${Math.random()}`.repeat(1_000));
      })(),
    );
    await leave({ tables: ['attachments'], rows }, async () => ({ size: 1e12, content }));
    assert.equal(content.destroyed, true);
  });
});

/** Resolves when the snapshot is given back. An exception that nobody caught fails the test. */
async function leave(
  snapshot: Pick<Snapshot, 'tables' | 'rows'>,
  get: FileStore['get'] = async () => null,
): Promise<void> {
  let givenBack = (): void => undefined;
  const over = new Promise<void>((resolve) => (givenBack = resolve));
  const archive: Pick<Archive, 'snapshot'> = {
    async snapshot(work) {
      try {
        return await work({ schemaVersion: 1, ...snapshot } as Snapshot);
      } finally {
        givenBack();
      }
    },
  };
  const stream = backUp({
    archive: archive as Archive,
    files: { get } as FileStore,
    clock: { now: () => 1 },
    secret: null,
  });
  stream.on('error', () => undefined);
  await once(stream, 'readable');
  stream.destroy();
  await over;
  await new Promise((resolve) => setImmediate(resolve));
}
