import { createHash } from 'node:crypto';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import tar from 'tar-stream';
import type { Archive, Restoration } from '../archive-ports.js';
import type { FileStore, FileVariant } from '../file-ports.js';
import {
  BackupDamaged,
  backupFormat,
  headValidator,
  manifestValidator,
  names,
  partBytes,
  type BackupEntry,
  type BackupHead,
  type BackupManifest,
} from './backup-format.js';
import { exportLines, summarize } from './export.js';

type Entry = AsyncIterable<Buffer> & { header: tar.Header };

export interface RestoreTarget {
  archive: Archive;
  files: FileStore;
}

export interface Restored {
  manifest: BackupManifest;
  /** What the old installation signed with; null where its environment had it. */
  secret: string | null;
}

/** A part is as long as a row more than its measure at most. */
const maxTextBytes = 64 * partBytes;

/**
 * Loads a backup into an installation where nothing was stored: all of it or nothing. Rejects with
 * `BackupDamaged` and `RestoreRefused`.
 */
export async function restoreBackup(target: RestoreTarget, backup: Readable): Promise<Restored> {
  const entries = tar.extract();
  // Faults arrive at whoever reads the entries.
  pipeline(backup, createGunzip(), entries, () => undefined);
  const iterator = (entries as unknown as AsyncIterable<Entry>)[Symbol.asyncIterator]();
  const head = await readHead(iterator);
  const reader = new BackupReader(target, iterator, head);
  try {
    return await target.archive.restore(head.schemaVersion, (restoration) =>
      reader.read(restoration),
    );
  } catch (error) {
    await reader.forgetFiles();
    throw damageOf(error);
  } finally {
    entries.destroy();
    backup.destroy();
  }
}

async function readHead(iterator: AsyncIterator<Entry>): Promise<BackupHead> {
  const first = await iterator.next().catch((error: unknown) => {
    throw damageOf(error);
  });
  const head: unknown =
    first.done || first.value.header.name !== names.head
      ? null
      : parse((await contentOf(first.value)).text);
  if (!headValidator.Check(head)) throw new BackupDamaged('This is no backup of a ConvKit server.');
  if (head.format > backupFormat) {
    throw new BackupDamaged(
      `The backup has format ${head.format}; this server reads formats up to ${backupFormat}. Restore it with the newer server.`,
    );
  }
  return head;
}

class BackupReader {
  readonly #target: RestoreTarget;
  readonly #iterator: AsyncIterator<Entry>;
  readonly #head: BackupHead;
  readonly #seen: Record<string, BackupEntry> = {};
  readonly #keptFiles = new Set<string>();
  #secret: string | null = null;

  constructor(target: RestoreTarget, iterator: AsyncIterator<Entry>, head: BackupHead) {
    this.#target = target;
    this.#iterator = iterator;
    this.#head = head;
  }

  async read(restoration: Restoration): Promise<Restored> {
    const counts: Record<string, number> = {};
    let manifest: BackupManifest | null = null;
    for (;;) {
      const next = await this.#iterator.next();
      if (next.done) break;
      const entry = next.value;
      const { name } = entry.header;
      if (manifest) throw new BackupDamaged('The backup goes on after its end.');
      if (name === names.manifest) manifest = manifestOf((await contentOf(entry)).text);
      else await this.#take(entry, name, restoration, counts);
    }
    if (!manifest) throw new BackupDamaged('The backup was cut off: its end is missing.');
    this.#compare(manifest, counts);
    const snapshot = await restoration.finish();
    if (this.#head.schemaVersion === this.#target.archive.schemaVersion) {
      const hashOf = async (id: string): Promise<string | null> =>
        this.#seen[names.file(id, 'original')]?.sha256 ?? null;
      const { sha256 } = await summarize(exportLines(snapshot, null, hashOf));
      if (sha256 !== manifest.export.sha256) {
        throw new BackupDamaged('What was loaded is not what had been stored.');
      }
    }
    return { manifest, secret: this.#secret };
  }

  /** The bytes that were kept for a restoration that failed. */
  async forgetFiles(): Promise<void> {
    for (const id of this.#keptFiles) await this.#target.files.delete(id);
  }

  async #take(
    entry: Entry,
    name: string,
    restoration: Restoration,
    counts: Record<string, number>,
  ): Promise<void> {
    const table = /^tables\/([a-z_]+)\/\d+\.jsonl$/.exec(name)?.[1];
    const [, id, variant] = /^files\/([A-Za-z0-9_-]+)\/(original|thumbnail)$/.exec(name) ?? [];
    if (id !== undefined) {
      this.#seen[name] = await this.#takeFile(entry, id, variant as FileVariant);
      return;
    }
    const { text, seen } = await contentOf(entry);
    this.#seen[name] = seen;
    if (name === names.secret) this.#secret = text;
    else if (table !== undefined) {
      const lines = text.split('\n').slice(0, -1);
      counts[table] = (counts[table] ?? 0) + lines.length;
      await restoration.load(table, lines);
    } else throw new BackupDamaged(`The backup holds ${name}, which no backup has.`);
  }

  async #takeFile(entry: Entry, id: string, variant: FileVariant): Promise<BackupEntry> {
    const { files } = this.#target;
    const hash = createHash('sha256');
    const hashed = async function* (): AsyncIterable<Uint8Array> {
      for await (const chunk of entry) {
        hash.update(chunk);
        yield chunk;
      }
    };
    const received = await files.receive(hashed(), entry.header.size ?? 0);
    // Where the files outlived their database they are not this restoration's to forget.
    if (!(await this.#isKept(id, variant))) this.#keptFiles.add(id);
    await files.put(id, variant, received);
    return { size: received.size, sha256: hash.digest('hex') };
  }

  async #isKept(id: string, variant: FileVariant): Promise<boolean> {
    if (this.#keptFiles.has(id)) return false;
    const found = await this.#target.files.get(id, variant);
    found?.content.destroy();
    return found !== null;
  }

  #compare(manifest: BackupManifest, counts: Record<string, number>): void {
    for (const name of new Set([...Object.keys(manifest.entries), ...Object.keys(this.#seen)])) {
      const [expected, found] = [manifest.entries[name], this.#seen[name]];
      if (expected?.sha256 !== found?.sha256 || expected?.size !== found?.size) {
        throw new BackupDamaged(`The backup is damaged: ${name} is not as it was written.`);
      }
    }
    for (const [table, count] of Object.entries(manifest.tables)) {
      if ((counts[table] ?? 0) !== count) {
        throw new BackupDamaged(`The backup is damaged: rows of ${table} are missing.`);
      }
    }
  }
}

function manifestOf(text: string): BackupManifest {
  const manifest = parse(text);
  if (!manifestValidator.Check(manifest)) {
    throw new BackupDamaged('The backup is damaged: its manifest cannot be read.');
  }
  return manifest;
}

async function contentOf(entry: Entry): Promise<{ text: string; seen: BackupEntry }> {
  const hash = createHash('sha256');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of entry) {
    size += chunk.length;
    if (size > maxTextBytes) throw new BackupDamaged(`${entry.header.name} is too large.`);
    hash.update(chunk);
    chunks.push(chunk);
  }
  return {
    text: Buffer.concat(chunks).toString(),
    seen: { size, sha256: hash.digest('hex') },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What zlib and tar say of a file that was cut off or is something else. */
function damageOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  const ofFormat =
    code?.startsWith('Z_') ||
    /unexpected end|premature close|stream was destroyed|invalid tar|checksum/i.test(error.message);
  if (!ofFormat) return error;
  return new BackupDamaged(
    `The backup cannot be read to its end: it was cut off, or is no backup (${error.message}).`,
    { cause: error },
  );
}
