/** The interfaces for backups and exports, beside those of `ports.ts`. */

/** Everything that was stored at one moment, while others go on writing. */
export interface Snapshot {
  /** The number of the last migration that its tables had. */
  readonly schemaVersion: number;
  readonly tables: readonly string[];
  /** Each row as one line of JSON, in the order of the primary key. */
  rows(table: string): AsyncIterable<string>;
  /** What an export says, one workspace or all: see the guide to operating. */
  exported(workspaceId: string | null): AsyncIterable<ExportedLine>;
}

/** A line of an export; that of a file is told apart because its hash is not in the database. */
export type ExportedLine = { type: 'line'; json: string } | { type: 'file'; file: ExportedFile };

export interface ExportedFile {
  id: string;
  workspaceId: string;
  conversationId: string;
  messageId: string;
  name: string;
  size: number;
  mediaType: string;
}

/** Takes rows in, within a transaction that is committed when all are there. */
export interface Restoration {
  /** Lines of `Snapshot.rows`, of a table of the backup's version. */
  load(table: string, lines: readonly string[]): Promise<void>;
  /** Checks that every row finds what it refers to, and brings the tables to this server's version. */
  finish(): Promise<Snapshot>;
}

export interface Archive {
  /** The number of the last migration of this server. */
  readonly schemaVersion: number;
  /** Reads one moment. `work` may take as long as it likes: nobody waits for it. */
  snapshot<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T>;
  /**
   * Loads into an installation where nothing was stored yet; commits when `work` resolves and
   * leaves nothing otherwise. Rejects with `RestoreRefused`.
   */
  restore<T>(schemaVersion: number, work: (restoration: Restoration) => Promise<T>): Promise<T>;
}

/** The message says what is in the way and what to do. */
export class RestoreRefused extends Error {
  override name = 'RestoreRefused';
}
