import { readFile, readdir } from 'node:fs/promises';
import type pg from 'pg';
import { isBundled } from './bundled.js';
import { StartRefused } from './start-refused.js';

export interface Migration {
  version: number;
  name: string;
  statements: string;
}

/** Any number that no other program takes in the same database. */
const lockKey = 6_032_174_551;

const folder = new URL(isBundled ? './migrations/' : '../../../migrations/', import.meta.url);

/** The migrations of this server, `0001_name.sql` and so on without gaps. */
export async function readMigrations(): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (file, index) => {
      const [, version, name] = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(file) ?? [];
      if (name === undefined || Number(version) !== index + 1) {
        throw new Error(`Migration ${file}: name it by the next free number, as 0001_words.sql.`);
      }
      const statements = await readFile(new URL(file, folder), 'utf8');
      return { version: index + 1, name, statements };
    }),
  );
}

/**
 * Brings the database to this server's version, all in one transaction and one server at a time.
 * Rejects with `database_too_new` when a newer server was here. Gives the versions that it applied.
 */
export async function migrate(
  client: pg.ClientBase,
  now: number,
  migrations?: Migration[],
): Promise<number[]> {
  const known = migrations ?? (await readMigrations());
  await client.query('begin');
  try {
    const applied = await applyMissing(client, now, known);
    await client.query('commit');
    return applied;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** In a transaction; the versions that it applied. */
export async function applyMissing(
  client: pg.ClientBase,
  now: number,
  known: Migration[],
): Promise<number[]> {
  await client.query('set local statement_timeout = 0');
  await client.query('set local lock_timeout = 0');
  await client.query('select pg_advisory_xact_lock($1)', [lockKey]);
  await client.query(
    `create table if not exists schema_migrations (
      version integer primary key, name text not null, applied_at bigint not null
    )`,
  );
  const { rows } = await client.query<{ version: number | null }>(
    'select max(version) as version from schema_migrations',
  );
  const current = rows[0]?.version ?? 0;
  if (current > known.length) {
    throw new StartRefused(
      'database_too_new',
      `The database is at version ${current}, but this server knows versions up to ${known.length}. Start it with the newer server that was used before, or restore a backup from before its first start.`,
    );
  }
  const missing = known.slice(current);
  for (const { version, name, statements } of missing) {
    await client.query(statements);
    await client.query(
      'insert into schema_migrations (version, name, applied_at) values ($1, $2, $3)',
      [version, name, now],
    );
  }
  return missing.map(({ version }) => version);
}
