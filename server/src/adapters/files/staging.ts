import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '#kit/protocol/errors.js';
import type { ReceivedFile } from '../../file-ports.js';
import { toldAsStorage } from './storage-fault.js';

/** A private folder in which files lie while they come in and are looked at. */
export class Staging {
  readonly #folder: string;
  #made: Promise<unknown> | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** As `FileStore.receive`. What was received is on the disk when it resolves, not in its cache. */
  async receive(content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<ReceivedFile> {
    const path = join(this.#folder, randomBytes(15).toString('base64url'));
    try {
      const file = await this.#create(path);
      try {
        const size = await write(file, content, maxBytes);
        await toldAsStorage(file.sync());
        return { path, size };
      } finally {
        await file.close();
      }
    } catch (error) {
      // Where even this fails, the first fault tells more.
      await this.discard({ path }).catch(() => undefined);
      throw error;
    }
  }

  async discard({ path }: Pick<ReceivedFile, 'path'>): Promise<void> {
    await rm(path, { force: true });
  }

  async dropReceived(before: number): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names) {
      const path = join(this.#folder, name);
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: before }));
      if (mtimeMs < before) await this.discard({ path });
    }
  }

  async #create(path: string): Promise<FileHandle> {
    this.#made ??= mkdir(this.#folder, { recursive: true, mode: 0o700 });
    try {
      await this.#made;
      return await open(path, 'wx', 0o600);
    } catch (error) {
      // Tried again with the next file: somebody may have made room or mended the folder.
      this.#made = null;
      return toldAsStorage(Promise.reject(error as Error));
    }
  }
}

async function write(
  file: FileHandle,
  content: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<number> {
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > maxBytes) throw new CodedError('file_too_large');
    await toldAsStorage(writeAll(file, chunk));
  }
  return size;
}

/** A disk that fills up takes a part of a chunk before it refuses the rest. */
async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length;) {
    at += (await file.write(chunk, at, chunk.length - at)).bytesWritten;
  }
}
