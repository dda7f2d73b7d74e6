import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import type { Storage } from '../../ports.js';
import { openStorage } from './open-storage.js';
import { storageContract } from './storage.contract.js';

const server = process.env['TEST_DATABASE_URL'];
const reason =
  process.env['TEST_DATABASE_REASON'] ?? 'TEST_DATABASE_URL names no PostgreSQL to test with';

describe('storage on PostgreSQL', { skip: server === undefined ? reason : false }, () => {
  const name = `convkit_${randomUUID().replaceAll('-', '')}`;
  let storage: Storage;
  let pool: pg.Pool;

  before(async () => {
    if (server === undefined) return;
    await onServer(server, `create database ${name}`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    const log = { info: () => undefined, error: (message: string) => console.error(message) };
    storage = await openStorage({
      dataDir: '/nowhere',
      databaseUrl: url.href,
      clock: { now: () => 1_000 },
      log,
    });
    pool = new pg.Pool({ connectionString: url.href, max: 2 });
  });

  after(async () => {
    if (server === undefined) return;
    await pool.end();
    await storage.close();
    await onServer(server, `drop database ${name}`);
  });

  storageContract(
    { describe, it },
    {
      get storage() {
        return storage;
      },
      rows: async (statement, values) => (await pool.query(statement, values)).rows,
    },
  );
});

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
