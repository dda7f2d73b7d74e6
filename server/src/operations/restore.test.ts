import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, it, type TestContext } from 'node:test';
import { createDiskStore } from '../adapters/files/disk.js';
import type { Archive, Restoration, Snapshot } from '../archive-ports.js';
import type { FileStore } from '../file-ports.js';
import { backUp } from './backup.js';
import { BackupDamaged } from './backup-format.js';
import { restoreBackup } from './restore.js';

const ids = ['at_1', 'at_2'];

describe('a restoration that fails', () => {
  it('leaves the files that were there before it, and none of its own', async (t) => {
    const source = await newStore(t);
    for (const id of ids) await put(source, id);
    const target = await newStore(t);
    await put(target, 'at_1');
    const backup = await buffer(
      backUp({ archive, files: source, clock: { now: () => 1 }, secret: null }),
    );
    const cut = Readable.from([backup.subarray(0, backup.length - 400)]);
    await assert.rejects(restoreBackup({ archive, files: target }, cut), BackupDamaged);
    const left = [];
    for (const id of ids) {
      const found = await target.get(id, 'original');
      found?.content.destroy();
      if (found) left.push(id);
    }
    assert.deepEqual(left, ['at_1']);
  });
});

async function newStore(t: TestContext): Promise<FileStore> {
  const folder = await mkdtemp(join(tmpdir(), 'convkit-restore-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return createDiskStore(folder);
}

async function put(files: FileStore, id: string): Promise<void> {
  await files.put(id, 'original', await files.receive(Readable.from([noise]), noise.length));
}

/** It does not shrink, so that the cut comes after both files. */
const noise = randomBytes(20_000);

/** Two files, whose rows are all that there is. */
const archive = {
  schemaVersion: 1,
  snapshot: (work) =>
    work({
      schemaVersion: 1,
      tables: ['attachments'],
      rows: async function* () {
        for (const id of ids) yield JSON.stringify({ id, deleted_at: null });
      },
      exported: async function* () {},
    } satisfies Snapshot),
  restore: (_version, work) => work({ load: async () => undefined } as unknown as Restoration),
} satisfies Archive;
