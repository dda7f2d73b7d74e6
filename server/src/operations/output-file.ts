import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';

/**
 * Writes a file, mode 0600, that is there whole or not at all: it gets its name when it is complete
 * and on the disk. An older one of that name is replaced then.
 */
export async function writeWholeFile(path: string, content: Readable): Promise<void> {
  const target = resolve(path);
  const draft = `${target}.${process.pid}.partial`;
  try {
    await pipeline(content, createWriteStream(draft, { mode: 0o600, flags: 'wx', flush: true }));
    await rename(draft, target);
    await syncFolder(dirname(target));
  } catch (error) {
    content.destroy();
    await rm(draft, { force: true });
    throw error;
  }
}

/** The name too outlives a power cut. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
