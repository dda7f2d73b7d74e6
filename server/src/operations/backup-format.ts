import { createHash } from 'node:crypto';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';

/**
 * A backup is a gzipped tar: `convkit.json` first, `manifest.json` last, so that one that was cut
 * off is never taken for a whole one, and between them `secret`, `tables/<table>/<n>.jsonl` and
 * `files/<id>/<variant>`.
 */
export const backupFormat = 1;

export const names = {
  head: 'convkit.json',
  secret: 'secret',
  manifest: 'manifest.json',
  table: (table: string, part: number): string =>
    `tables/${table}/${String(part).padStart(6, '0')}.jsonl`,
  file: (id: string, variant: string): string => `files/${id}/${variant}`,
} as const;

/** A part of a table is about so long at most; it is held in memory. */
export const partBytes = 1_048_576;

const HeadSchema = Type.Object({
  format: Type.Integer(),
  schemaVersion: Type.Integer({ minimum: 1 }),
  /** Epoch ms. */
  takenAt: Type.Integer(),
});

const ManifestSchema = Type.Object({
  format: Type.Integer(),
  schemaVersion: Type.Integer({ minimum: 1 }),
  takenAt: Type.Integer(),
  /** Rows by table. */
  tables: Type.Record(Type.String(), Type.Integer()),
  /** Files that a row names and that were gone when they were read: deleted meanwhile. */
  missingFiles: Type.Array(Type.String()),
  /** Of everything between head and manifest. */
  entries: Type.Record(Type.String(), Type.Object({ size: Type.Integer(), sha256: Type.String() })),
  /** What `export -` gives of the same moment. */
  export: Type.Object({ lines: Type.Integer(), sha256: Type.String() }),
});

export type BackupHead = Static<typeof HeadSchema>;
export type BackupManifest = Static<typeof ManifestSchema>;
export type BackupEntry = BackupManifest['entries'][string];

export const headValidator = Compile(HeadSchema);
export const manifestValidator = Compile(ManifestSchema);

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The file is no whole backup, or none that this server reads; the message says what it is. */
export class BackupDamaged extends Error {
  override name = 'BackupDamaged';
}
