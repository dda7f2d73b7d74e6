import type pg from 'pg';
import {
  RestoreRefused,
  type Archive,
  type Restoration,
  type Snapshot,
} from '../../archive-ports.js';
import { exportedLines } from './export-queries.js';
import { applyMissing, readMigrations, type Migration } from './migrate.js';
import { quoted, readLines } from './read-lines.js';

/** A connection of its own for one reader, who gives it back. */
export type OpenReader = () => Promise<{ client: pg.ClientBase; close(): Promise<void> }>;

/** Holds marks of work under way, and nothing that anybody stored. */
const transient = new Set(['job_runs']);

/** Made of what the other tables hold, and made again after a restore; no backup has them. */
const derived = new Set(['message_words', 'contact_words', 'search_progress', 'search_sweeps']);

/** Backups of either database: `openReader` gives a connection that a long reading holds up nobody on. */
export async function createArchive(
  pool: pg.Pool,
  openReader: OpenReader,
  given?: Migration[],
): Promise<Archive> {
  const migrations = given ?? (await readMigrations());
  return {
    schemaVersion: migrations.length,

    async snapshot(work) {
      const { client, close } = await openReader();
      try {
        return await inTransaction(client, 'isolation level repeatable read read only', async () =>
          work(await snapshotOf(client, migrations)),
        );
      } finally {
        await close();
      }
    },

    async restore(schemaVersion, work) {
      if (schemaVersion > migrations.length) {
        throw new RestoreRefused(
          `The backup is of version ${schemaVersion}, but this server knows versions up to ${migrations.length}. Restore it with the newer server.`,
        );
      }
      const client = await pool.connect();
      try {
        return await inTransaction(client, '', async () => {
          await begin(client, migrations, schemaVersion);
          return work(restorationOf(client, migrations));
        });
      } finally {
        client.release();
      }
    },
  };
}

async function inTransaction<T>(
  client: pg.ClientBase,
  mode: string,
  work: () => Promise<T>,
): Promise<T> {
  await client.query(`begin ${mode}`);
  try {
    await client.query('set local statement_timeout = 0');
    await client.query('set local lock_timeout = 0');
    await client.query('set local idle_in_transaction_session_timeout = 0');
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    // A connection that broke has rolled back by itself; its own error is the one to tell.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function snapshotOf(client: pg.ClientBase, migrations: Migration[]): Promise<Snapshot> {
  const { rows } = await client.query<{ version: number }>(
    'select max(version) as version from schema_migrations',
  );
  const tables = (await tablesOf(client, migrations)).filter((table) => !derived.has(table));
  return {
    schemaVersion: rows[0]?.version ?? 0,
    tables,
    rows(table) {
      if (!tables.includes(table)) throw new Error(`There is no table ${table}.`);
      return tableLines(client, table);
    },
    exported: (workspaceId) => exportedLines(client, workspaceId),
  };
}

async function* tableLines(client: pg.ClientBase, table: string): AsyncIterable<string> {
  const { rows } = await client.query<{ columns: string | null }>(
    `select string_agg(quote_ident(a.attname), ', ' order by array_position(i.indkey::int2[], a.attnum)) as columns
      from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey::int2[])
      where i.indrelid = $1::regclass and i.indisprimary`,
    [quoted(table)],
  );
  const order = rows[0]?.columns;
  yield* readLines(
    client,
    // Text from here on: numbers that JavaScript would round never become its numbers.
    `select row_to_json(t)::text as line from ${quoted(table)} t${order ? ` order by ${order}` : ''}`,
  );
}

/** The tables that the migrations made and that are still there, without strangers in the same schema. */
async function tablesOf(client: pg.ClientBase, migrations: Migration[]): Promise<string[]> {
  const made = named(migrations, /^create table (?:if not exists )?([a-z_]+)/gm);
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
      where relkind = 'r' and relnamespace = current_schema()::regnamespace and relname = any ($1)
      order by relname`,
    [made],
  );
  return rows.map(({ name }) => name);
}

/**
 * Empty tables of the backup's version, whose references are looked at when all rows are there. Their
 * triggers run: what they write is of this database, such as numbers of its transactions.
 */
async function begin(
  client: pg.ClientBase,
  migrations: Migration[],
  schemaVersion: number,
): Promise<void> {
  const tables = await tablesOf(client, migrations);
  for (const table of tables) {
    if (transient.has(table) || derived.has(table)) continue;
    const { rows } = await client.query<{ used: boolean }>(
      `select exists (select from ${quoted(table)}) as used`,
    );
    if (rows[0]?.used) {
      throw new RestoreRefused(
        `This installation is in use: its table ${table} is not empty. Restore into an empty one, before its first start: set DATA_DIR to a new folder, or DATABASE_URL to an empty database. Nothing was changed.`,
      );
    }
  }
  if (schemaVersion === migrations.length) {
    for (const table of [...derived, ...transient]) {
      await client.query(`delete from ${quoted(table)}`);
    }
  } else {
    await rebuild(client, tables, migrations, schemaVersion);
  }
  for (const { table, name } of await references(client)) {
    await client.query(
      `alter table ${table} alter constraint ${quoted(name)} deferrable initially deferred`,
    );
  }
}

/** The empty tables as an older server had them. */
async function rebuild(
  client: pg.ClientBase,
  tables: string[],
  migrations: Migration[],
  schemaVersion: number,
): Promise<void> {
  await client.query(`drop table ${tables.map(quoted).join(', ')} cascade`);
  for (const name of named(migrations, /^create (?:or replace )?function ([a-z_]+)/gm)) {
    await client.query(`drop function if exists ${quoted(name)}`);
  }
  await client.query('delete from schema_migrations');
  await applyMissing(client, Date.now(), migrations.slice(0, schemaVersion));
}

/** What the migrations call the things that they make; the pattern's group is the name. */
function named(migrations: Migration[], pattern: RegExp): string[] {
  return migrations.flatMap(({ statements }) =>
    [...statements.matchAll(pattern)].map(([, name = '']) => name),
  );
}

function restorationOf(client: pg.ClientBase, migrations: Migration[]): Restoration {
  const loaded = new Set<string>();
  let known: string[] | undefined;
  return {
    async load(table, lines) {
      known ??= await tablesOf(client, migrations);
      if (!known.includes(table)) {
        throw new RestoreRefused(
          `The backup has a table ${table} that no server of its version has.`,
        );
      }
      loaded.add(table);
      await client.query(
        `insert into ${quoted(table)} overriding system value
          select * from json_populate_recordset(null::${quoted(table)}, $1::json)`,
        [`[${lines.join(',')}]`],
      );
    },

    async finish() {
      await client.query('set constraints all immediate');
      await restoreReferences(client, migrations);
      for (const table of loaded) await continueNumbers(client, table);
      await applyMissing(client, Date.now(), migrations);
      return snapshotOf(client, migrations);
    },
  };
}

interface Reference {
  /** Quoted. */
  table: string;
  name: string;
}

async function references(client: pg.ClientBase): Promise<Reference[]> {
  const { rows } = await client.query<Reference>(
    `select conrelid::regclass::text as table, conname as name from pg_constraint
      where contype = 'f' and not condeferrable and connamespace = current_schema()::regnamespace`,
  );
  return rows;
}

/** As the migrations made them: at once, but for the ones that they defer. */
async function restoreReferences(client: pg.ClientBase, migrations: Migration[]): Promise<void> {
  const deferred = new Set(
    named(migrations, /constraint ([a-z_]+)\s+foreign key[^;]*?deferrable/g),
  );
  const { rows } = await client.query<Reference>(
    `select conrelid::regclass::text as table, conname as name from pg_constraint
      where contype = 'f' and condeferrable and connamespace = current_schema()::regnamespace`,
  );
  for (const { table, name } of rows) {
    if (deferred.has(name)) continue;
    await client.query(`alter table ${table} alter constraint ${quoted(name)} not deferrable`);
  }
}

/** Numbers that the database gives go on after the greatest that was loaded. */
async function continueNumbers(client: pg.ClientBase, table: string): Promise<void> {
  const { rows } = await client.query<{ column: string }>(
    `select attname as column from pg_attribute
      where attrelid = $1::regclass and attidentity <> '' and not attisdropped`,
    [quoted(table)],
  );
  for (const { column } of rows) {
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), coalesce(max(${quoted(column)}), 0) + 1, false)
        from ${quoted(table)}`,
      [quoted(table), column],
    );
  }
}
