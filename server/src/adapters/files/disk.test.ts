import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { FileStore } from '../../file-ports.js';
import { createDiskStore } from './disk.js';
import { fileStoreContract } from './file-store.contract.js';

describe('files on a disk', () => {
  let folder: string;
  let store: FileStore;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convkit-files-'));
    store = createDiskStore(join(folder, 'files'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  fileStoreContract(
    { describe, it },
    {
      get store() {
        return store;
      },
    },
  );

  it('are read by nobody else on the machine', async () => {
    const file = await store.receive(parts('a'), 10);
    assert.equal((await stat(file.path)).mode & 0o77, 0);
    await store.put('at_private', 'original', file);
    const [first = ''] = await readdir(join(folder, 'files', 'kept'));
    assert.equal((await stat(join(folder, 'files', 'kept', first))).mode & 0o77, 0);
    await store.delete('at_private');
  });

  it('cannot be stored where the folder is a file; nothing is left when it can', async () => {
    const blocked = join(folder, 'blocked');
    await writeFile(blocked, '');
    const refused = createDiskStore(blocked);
    await assert.rejects(refused.receive(parts('a'), 10), { code: 'storage_unavailable' });
    await rm(blocked);
    const file = await refused.receive(parts('a'), 10);
    await refused.put('at_late', 'original', file);
    assert.ok(await refused.get('at_late', 'original').then((found) => found?.content.destroy()));
  });
});

async function* parts(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}
