import type { Storage } from '../../../ports.js';

/** What a contract needs of the runner. */
export interface Runner {
  describe(name: string, body: () => void): void;
  it(name: string, body: () => Promise<void>): void;
}

/** The database under test; it is opened before the first test. */
export interface Subject {
  readonly storage: Storage;
  /** Rows of a statement past the storage, to see what really lies there. */
  rows(statement: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}
