import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { AloneAsked } from './alone.js';

/** A database, and how a node or a client of its own comes to it. */
export interface Database {
  readonly environment: Readonly<Record<string, string>>;
  readonly address: AloneAsked['database'];
  /** As it is now; nobody may be using it. */
  copy(): Promise<Database>;
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
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

export async function administer(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
