import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore, FileVariant } from '../../file-ports.js';
import { Staging } from './staging.js';
import { storageFault, toldAsStorage } from './storage-fault.js';

const shards = Array.from({ length: 256 }, (_, number) => number.toString(16).padStart(2, '0'));

/**
 * Files in a folder: `<dir>/kept/<two digits>/<id>/original`. What comes in lies in
 * `<dir>/incoming`, on the same disk, so that it is kept by a rename: whole or not at all.
 */
export function createDiskStore(dir: string): FileStore {
  const staging = new Staging(join(dir, 'incoming'));
  const kept = join(dir, 'kept');
  const folderOf = (id: string): string => join(kept, shardOf(id), safeName(id));
  const pathOf = (id: string, variant: FileVariant): string => join(folderOf(id), variant);

  return {
    receive: (content, maxBytes) => staging.receive(content, maxBytes),
    discard: (file) => staging.discard(file),
    dropReceived: (before) => staging.dropReceived(before),

    async put(id, variant, file) {
      const path = pathOf(id, variant);
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await rename(file.path, path);
        await syncFolder(dirname(path));
        await syncFolder(dirname(dirname(path)));
      } catch (error) {
        await staging.discard(file).catch(() => undefined);
        throw storageFault(error);
      }
    },

    async get(id, variant) {
      const file = await unlessMissing(open(pathOf(id, variant)));
      if (!file) return null;
      try {
        const { size } = await file.stat();
        return { size, content: file.createReadStream() };
      } catch (error) {
        await file.close();
        throw storageFault(error);
      }
    },

    delete: (id) => toldAsStorage(rm(folderOf(id), { recursive: true, force: true })),

    async list(after) {
      const next = after === null ? 0 : shards.indexOf(after) + 1;
      const shard = shards[next];
      if (shard === undefined) return { files: [], next: null };
      const folder = join(kept, shard);
      const ids = (await unlessMissing(readdir(folder))) ?? [];
      const files = [];
      for (const id of ids) {
        const found = await unlessMissing(stat(join(folder, id)));
        if (found) files.push({ id, storedAt: found.mtimeMs });
      }
      return { files, next: next === shards.length - 1 ? null : shard };
    },
  };
}

/** Spreads files over folders; the id stays the name. */
function shardOf(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 2);
}

function safeName(id: string): string {
  if (/^[\w-]{1,64}$/.test(id)) return id;
  throw new Error('The id of a file is made by the server, of letters that may stand in a path.');
}

/** A rename is on the disk only once its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw storageFault(error);
  }
}
