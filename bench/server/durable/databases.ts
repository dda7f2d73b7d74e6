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
    cpu: () =>
      withClient(server, async (client) => {
        const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
        return familyCpu(rows[0]?.pid ?? 0);
      }),
    drop: () => administer(server, `drop database ${name} with (force)`),
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

/** Runs statements on a connection of their own. */
export function administer(url: string, ...statements: string[]): Promise<void> {
  return withClient(url, async (client) => {
    for (const statement of statements) await client.query(statement);
  });
}

async function withClient<Result>(
  url: string,
  act: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}
