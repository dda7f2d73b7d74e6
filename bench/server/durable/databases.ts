import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { AloneAsked } from './alone.js';
import { familyCpu } from './process-cpu.js';

/** A database, and how a node or a client of its own comes to it. */
export interface Database {
  readonly environment: Readonly<Record<string, string>>;
  readonly address: AloneAsked['database'];
  /** As it is now; nobody may be using it. */
  copy(): Promise<Database>;
  /**
   * CPU seconds of the database so far; 0 when it runs within whoever opened it, undefined where
   * nobody knows.
   */
  cpu(): Promise<number | undefined>;
  drop(): Promise<void>;
}

let made = 0;

/** A new database on a PostgreSQL server. */
export async function postgresDatabase(server: string, template = 'template0'): Promise<Database> {
  const name = `bench_${process.pid}_${++made}`;
  await administer(server, `create database ${name} template ${template}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    environment: { DATABASE_URL: url.href },
    address: { url: url.href },
    copy: () => postgresDatabase(server, name),
    cpu: async () => {
      const [row] = await administer(server, 'select pg_backend_pid() as pid');
      return familyCpu(Number(row?.['pid']));
    },
    drop: async () => {
      await administer(server, `drop database ${name} with (force)`);
    },
  };
}

/** A new folder for the embedded database. */
export async function embeddedDatabase(from?: string): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const dataDir = join(folder, 'store');
  if (from !== undefined) await cp(from, dataDir, { recursive: true });
  return {
    environment: { DATA_DIR: dataDir },
    address: { dataDir },
    copy: () => embeddedDatabase(dataDir),
    cpu: () => Promise.resolve(0),
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Gives the rows of the last statement. */
export async function administer(
  url: string,
  ...statements: string[]
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) {
      ({ rows } = await client.query<Record<string, unknown>>(statement));
    }
    return rows;
  } finally {
    await client.end();
  }
}
