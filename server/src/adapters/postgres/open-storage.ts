import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Clock, Storage } from '../../ports.js';
import { createArchive, type OpenReader } from './archive.js';
import { copyPrefix } from './data-folder.js';
import { startEmbedded, type EmbeddedDatabase } from './embedded.js';
import { migrate } from './migrate.js';
import { sqlFault } from './sql-fault.js';
import { StartRefused } from './start-refused.js';
import { createStorage } from './storage.js';

export interface StorageOptions {
  /** Folder of the embedded database; not touched when `databaseUrl` is given. */
  dataDir: string;
  /** Address of a PostgreSQL 15 or later, such as `postgres://user:password@host/database`. */
  databaseUrl?: string;
  clock: Clock;
  log: { info(message: string): void; error(message: string): void };
  /** How long to wait for a lock, and for any word of PostgreSQL, in ms. */
  limits?: { lockMs: number; silenceMs: number };
  /** The embedded database died; the process should end. */
  onFatal?: (error: Error) => void;
}

const oldestPostgres = 15;
/**
 * All connections to the embedded database share one backend, and its socket lets messages of
 * several in between those of one query: the unnamed statement of one is run with another's values.
 */
const poolSize = { embedded: 1, postgres: 10 };
const connectTimeoutMs = 10_000;
const statementLimitMs = 30_000;
/** Shorter than clients wait: those who want one row leave the connections to the others. */
const lockLimitMs = 8_000;
/** A database that says nothing for so long is gone; it would have ended the statement before. */
const silenceLimitMs = 35_000;
const keepAliveAfterMs = 10_000;
const idleLimitMs = 60_000;
const closeLimitMs = 5_000;

/** Opens either database, brought to this server's version. Rejects with `StartRefused`. */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  return options.databaseUrl === undefined
    ? openEmbedded(options)
    : openPostgres(options, options.databaseUrl);
}

async function openEmbedded(options: StorageOptions): Promise<Storage> {
  const { dataDir, log, clock } = options;
  const embedded = await startEmbedded({
    dataDir,
    // The pool opens another one before the one whose query failed is gone.
    maxConnections: 8,
    onFatal: (error) => {
      log.error(error.message);
      options.onFatal?.(error);
    },
  });
  // It would not be quicker to open it again.
  const pool = createPool(
    { ...embedded.connection, max: poolSize.embedded, idleTimeoutMillis: 0 },
    log,
  );
  const close = async () => {
    // Closing ends the connections of a query that goes on for too long.
    await Promise.race([pool.end(), pause(closeLimitMs, undefined, { ref: false })]);
    await embedded.close();
  };
  try {
    await forgetCopies(dataDir);
    await migratePool(pool, clock, log);
  } catch (error) {
    await close();
    if (error instanceof StartRefused && error.code === 'database_too_new') {
      throw new StartRefused('data_folder_too_new', `${dataDir}: ${error.message}`, error);
    }
    throw error;
  }
  const archive = await createArchive(pool, () => openCopy(embedded, dataDir));
  return createStorage(pool, archive, close);
}

/**
 * The one connection of the embedded database cannot be given to a reader who takes his time: he
 * reads a copy of its files, in another database that is gone afterwards.
 */
async function openCopy(embedded: EmbeddedDatabase, dataDir: string): ReturnType<OpenReader> {
  const folder = join(dataDir, `${copyPrefix}${randomBytes(6).toString('hex')}`);
  const forget = () => rm(folder, { recursive: true, force: true });
  try {
    await embedded.copyTo(folder);
    const copy = await startEmbedded({
      dataDir: folder,
      maxConnections: 2,
      onFatal: () => undefined,
    });
    try {
      const client = new pg.Client(copy.connection);
      await client.connect();
      const close = async () => {
        await client.end();
        await copy.close();
        await forget();
      };
      return { client, close };
    } catch (error) {
      await copy.close();
      throw error;
    }
  } catch (error) {
    await forget();
    throw error;
  }
}

/** What a server that was killed during a backup left. */
async function forgetCopies(dataDir: string): Promise<void> {
  const names = (await readdir(dataDir)).filter((name) => name.startsWith(copyPrefix));
  for (const name of names) await rm(join(dataDir, name), { recursive: true, force: true });
}

async function openPostgres(options: StorageOptions, url: string): Promise<Storage> {
  const { log, clock, limits = { lockMs: lockLimitMs, silenceMs: silenceLimitMs } } = options;
  const config = {
    connectionString: url,
    max: poolSize.postgres,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfterMs,
    statement_timeout: statementLimitMs,
    lock_timeout: limits.lockMs,
    // A server that lost its power holds rows no longer than this.
    idle_in_transaction_session_timeout: idleLimitMs,
  };
  const pool = createPool({ ...config, query_timeout: limits.silenceMs }, log);
  /** Migrations, backups and restorations take as long as they take. */
  const patient = createPool(config, log);
  const close = async (): Promise<void> => {
    await Promise.all([pool.end(), patient.end()]);
  };
  try {
    await refuseUnfit(pool);
    await migratePool(patient, clock, log);
  } catch (error) {
    await close();
    if (sqlFault(error)?.code === '42501') throw lacksRight(error);
    throw error;
  }
  const archive = await createArchive(patient, async () => {
    const client = await patient.connect();
    return { client, close: async () => client.release() };
  });
  return createStorage(pool, archive, close);
}

function createPool(config: pg.PoolConfig, log: StorageOptions['log']): pg.Pool {
  const pool = new pg.Pool({
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'convkit-server',
    // What does not wait for another statement's answer travels with it.
    pipeline: true,
    ...config,
  });
  // An idle connection broke; the pool opens another one when it is needed.
  pool.on('error', (error) => log.error(`database connection: ${error.message}`));
  // One that is in use tells its user; without a listener it would end the process as well.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

async function refuseUnfit(pool: pg.Pool): Promise<void> {
  let facts: { version: number; encoding: string } | undefined;
  try {
    const { rows } = await pool.query<{ version: number; encoding: string }>(
      `select current_setting('server_version_num')::integer as version,
        current_setting('server_encoding') as encoding`,
    );
    facts = rows[0];
  } catch (error) {
    throw new StartRefused(
      'database_unreachable',
      `The database of DATABASE_URL does not answer: ${reasonOf(error)}. Check the address, the password and that PostgreSQL runs.`,
      error,
    );
  }
  const { version = 0, encoding = 'unknown' } = facts ?? {};
  const major = Math.floor(version / 10_000);
  if (major < oldestPostgres) {
    throw new StartRefused(
      'database_too_old',
      `The database of DATABASE_URL is PostgreSQL ${major}; at least ${oldestPostgres} is needed. Upgrade it, or leave DATABASE_URL out to use the embedded database.`,
    );
  }
  if (encoding !== 'UTF8') {
    throw new StartRefused(
      'database_unusable',
      `The database of DATABASE_URL has the encoding ${encoding}; UTF8 is needed. Make one with: create database convkit template template0 encoding 'UTF8'`,
    );
  }
}

/** A host of several addresses fails with one error for each and no words of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}

function lacksRight(error: unknown): StartRefused {
  return new StartRefused(
    'database_unusable',
    `The user of DATABASE_URL may not make or change tables: ${reasonOf(error)}. Give it the right with: grant create on schema public to the_user`,
    error,
  );
}

async function migratePool(pool: pg.Pool, clock: Clock, log: StorageOptions['log']): Promise<void> {
  const client = await pool.connect();
  try {
    const applied = await migrate(client, clock.now());
    if (applied.length > 0) log.info(`database: applied migration ${applied.join(', ')}`);
  } finally {
    client.release();
  }
}
