import pg from 'pg';
import { readMigrations } from '../adapters/postgres/migrate.js';
import type { Config } from '../config.js';
import { callControl } from '../control.js';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from './doctor.js';

const subject = 'database';
const oldestPostgres = 15;
const maxSkewMs = 2_000;

export async function checkDatabase(config: Config): Promise<Finding[]> {
  return config.databaseUrl === null ? checkEmbedded(config) : checkPostgres(config.databaseUrl);
}

/** It is not opened: a server may hold it, and the first start takes its time. */
async function checkEmbedded({ dataDir }: Config): Promise<Finding[]> {
  const running = await callControl(dataDir, { name: 'migrate' }).catch(() => null);
  if (running) return [{ level: 'ok', subject, text: `a server runs on ${dataDir}` }];
  const state = await readFile(join(dataDir, 'version'), 'utf8').catch(() => null);
  if (state === null) {
    return [{ level: 'ok', subject, text: 'embedded; the first start makes it' }];
  }
  const locked = await readFile(join(dataDir, 'lock'), 'utf8').catch(() => null);
  if (locked === null) return [{ level: 'ok', subject, text: 'embedded; no server runs on it' }];
  return [
    {
      level: 'warn',
      subject,
      text: `${dataDir} has a lock, and its server does not answer.`,
      fix: 'A start takes the lock of a process that is gone; one that hangs is to be stopped first.',
    },
  ];
}

async function checkPostgres(connectionString: string): Promise<Finding[]> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await look(client);
  } catch (error) {
    const text = `does not answer: ${error instanceof Error ? error.message : String(error)}.`;
    const fix = 'Check the address and the password of DATABASE_URL, and that PostgreSQL runs.';
    return [{ level: 'fail', subject, text, fix }];
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function look(client: pg.Client): Promise<Finding[]> {
  const asked = Date.now();
  const { rows } = await client.query<{ version: number; now: string; table: string | null }>(
    `select current_setting('server_version_num')::integer as version,
      (extract(epoch from clock_timestamp()) * 1000)::text as now,
      to_regclass('schema_migrations')::text as table`,
  );
  const answered = Date.now();
  const { version = 0, now = '0', table = null } = rows[0] ?? {};
  const findings: Finding[] = [];
  const major = Math.floor(version / 10_000);
  findings.push(
    major < oldestPostgres
      ? {
          level: 'fail',
          subject,
          text: `PostgreSQL ${major}.`,
          fix: `Upgrade it to ${oldestPostgres} or newer.`,
        }
      : { level: 'ok', subject, text: `PostgreSQL ${major}` },
  );
  // The database's clock was read at some moment between question and answer.
  const skew = Math.max(0, asked - Number(now), Number(now) - answered);
  findings.push(
    skew > maxSkewMs
      ? {
          level: 'warn',
          subject: 'clock',
          text: `${(skew / 1000).toFixed(1)} s apart from the database's.`,
          fix: 'Let both machines keep the time by NTP.',
        }
      : { level: 'ok', subject: 'clock', text: "agrees with the database's" },
  );
  findings.push(await migrationsOf(client, table !== null));
  return findings;
}

async function migrationsOf(client: pg.Client, hasTable: boolean): Promise<Finding> {
  const known = (await readMigrations()).length;
  const applied = hasTable
    ? await client.query<{ version: number | null }>(
        'select max(version) as version from schema_migrations',
      )
    : null;
  const version = applied?.rows[0]?.version ?? 0;
  if (version > known) {
    return {
      level: 'fail',
      subject: 'migrations',
      text: `the database is at version ${version}, this server knows ${known}.`,
      fix: 'Run the newer server that was used before.',
    };
  }
  if (version < known) {
    return {
      level: 'warn',
      subject: 'migrations',
      text: `the database is at version ${version} of ${known}.`,
      fix: 'The next start applies the rest; or run: convkit-server migrate',
    };
  }
  return { level: 'ok', subject: 'migrations', text: `all ${known} are applied` };
}
