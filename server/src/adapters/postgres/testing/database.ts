import { randomUUID } from 'node:crypto';
import pg from 'pg';

const server = process.env['TEST_DATABASE_URL'];
const socketFolder = process.env['TEST_DATABASE_SOCKET'];

/** Why tests on PostgreSQL do not run; false when they do. */
export const skip: string | false =
  server === undefined
    ? (process.env['TEST_DATABASE_REASON'] ?? 'TEST_DATABASE_URL names no PostgreSQL to test with')
    : false;

/** A database of one test, gone with `drop`. */
export interface TestDatabase {
  url: string;
  /** The same through a Unix socket where there is one, which takes a third less. */
  quickUrl: string;
  drop(): Promise<void>;
}

export async function newDatabase(options = ''): Promise<TestDatabase> {
  if (server === undefined) throw new Error('Tests on PostgreSQL are to be skipped.');
  const name = `convkit_${randomUUID().replaceAll('-', '')}`;
  await query(server, `create database ${name} ${options}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const quick = new URL(url);
  if (socketFolder !== undefined) quick.searchParams.set('host', socketFolder);
  return {
    url: url.href,
    quickUrl: quick.href,
    drop: () => query(server, `drop database ${name} with (force)`),
  };
}

/** Connections to a database that is dropped once the pool has ended. */
export function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url });
  // A pool ends before its connections do: the drop ends those that are left, and they say so.
  return pool.on('connect', (client) => client.on('error', () => undefined));
}

/** Runs statements on a connection of their own. */
export async function query(url: string, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statements);
  } finally {
    await client.end();
  }
}
