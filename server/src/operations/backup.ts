import { createHash } from 'node:crypto';
import { pipeline, type Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import tar from 'tar-stream';
import type { Archive, Snapshot } from '../archive-ports.js';
import type { FileStore, FileVariant } from '../file-ports.js';
import type { Clock } from '../ports.js';
import {
  backupFormat,
  names,
  partBytes,
  sha256,
  type BackupEntry,
  type BackupHead,
  type BackupManifest,
} from './backup-format.js';
import { exportLines, summarize } from './export.js';

export interface BackupSource {
  archive: Archive;
  files: FileStore;
  clock: Clock;
  /** What everything is signed with, where the data folder keeps it; null where the environment does. */
  secret: string | null;
}

const variants: readonly FileVariant[] = ['original', 'thumbnail'];

/** A backup of one moment as a stream, which fails when the backup does. */
export function backUp(source: BackupSource): Readable {
  const pack = tar.pack();
  // A fault of the writing ends the stream of the reader, and the other way round.
  const zipped = pipeline(pack, createGzip(), () => undefined);
  source.archive
    .snapshot((snapshot) => new BackupWriter(pack, source, snapshot).write())
    .then(
      () => pack.finalize(),
      (error: Error) => {
        pack.destroy(error);
        zipped.destroy(error);
      },
    );
  return zipped;
}

class BackupWriter {
  readonly #pack: tar.Pack;
  readonly #source: BackupSource;
  readonly #snapshot: Snapshot;
  readonly #entries: Record<string, BackupEntry> = {};
  readonly #missing: string[] = [];

  constructor(pack: tar.Pack, source: BackupSource, snapshot: Snapshot) {
    this.#pack = pack;
    this.#source = source;
    this.#snapshot = snapshot;
  }

  async write(): Promise<void> {
    const { schemaVersion, tables } = this.#snapshot;
    const head: BackupHead = {
      format: backupFormat,
      schemaVersion,
      takenAt: this.#source.clock.now(),
    };
    await this.#put(names.head, json(head));
    if (this.#source.secret !== null) await this.#add(names.secret, this.#source.secret);
    const counts: Record<string, number> = {};
    const fileIds: string[] = [];
    for (const table of tables) counts[table] = await this.#addTable(table, fileIds);
    for (const id of fileIds) await this.#addFile(id);
    const hashOf = async (id: string): Promise<string | null> =>
      this.#entries[names.file(id, 'original')]?.sha256 ?? null;
    const manifest: BackupManifest = {
      ...head,
      tables: counts,
      missingFiles: this.#missing,
      entries: this.#entries,
      export: await summarize(exportLines(this.#snapshot, null, hashOf)),
    };
    await this.#put(names.manifest, json(manifest));
  }

  /** Its number of rows; the ids of files that are still shown are added to `fileIds`. */
  async #addTable(table: string, fileIds: string[]): Promise<number> {
    let count = 0;
    let part = 0;
    let lines = '';
    const flush = async (): Promise<void> => {
      await this.#add(names.table(table, (part += 1)), lines);
      lines = '';
    };
    for await (const line of this.#snapshot.rows(table)) {
      count += 1;
      lines += `${line}\n`;
      if (lines.length >= partBytes) await flush();
      if (table === 'attachments') {
        const { id, deleted_at: deletedAt } = JSON.parse(line) as AttachmentRow;
        if (deletedAt === null) fileIds.push(id);
      }
    }
    if (lines !== '') await flush();
    return count;
  }

  async #addFile(id: string): Promise<void> {
    for (const variant of variants) {
      const found = await this.#source.files.get(id, variant);
      if (found) await this.#stream(names.file(id, variant), found.size, found.content);
      else if (variant === 'original') this.#missing.push(id);
    }
  }

  async #add(name: string, content: string): Promise<void> {
    const bytes = Buffer.from(content);
    await this.#put(name, bytes);
    this.#entries[name] = { size: bytes.length, sha256: sha256(bytes) };
  }

  #put(name: string, content: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      const sink = this.#pack.entry(this.#header(name), content, (error) => {
        if (error) reject(error);
        else resolve();
      });
      // The callback tells it too, but a fault that nobody listens to ends the process.
      sink.on('error', reject);
    });
  }

  async #stream(name: string, size: number, content: Readable): Promise<void> {
    const hash = createHash('sha256');
    content.on('data', (chunk: Uint8Array) => hash.update(chunk));
    await new Promise<void>((resolve, reject) => {
      const sink = this.#pack.entry({ ...this.#header(name), size }, (error) => {
        if (error) reject(error);
        else resolve();
      });
      sink.on('error', (error) => {
        content.destroy();
        reject(error);
      });
      content.once('error', (error) => sink.destroy(error));
      content.pipe(sink);
    });
    this.#entries[name] = { size, sha256: hash.digest('hex') };
  }

  #header(name: string): { name: string; mode: number; mtime: Date } {
    return { name, mode: 0o600, mtime: new Date(this.#source.clock.now()) };
  }
}

interface AttachmentRow {
  id: string;
  deleted_at: number | null;
}

function json(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}
