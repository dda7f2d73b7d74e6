import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import type { Storage } from '../../ports.js';
import { openStorage } from './open-storage.js';
import { storageContract } from './storage.contract.js';
import { newDatabase, skip } from './testing/database.js';
import type { TestDatabase } from './testing/database.js';

describe('storage on PostgreSQL', { skip }, () => {
  let database: TestDatabase;
  let storage: Storage;
  let pool: pg.Pool;

  before(async () => {
    if (skip) return;
    database = await newDatabase();
    storage = await openStorage({
      dataDir: '/nowhere',
      databaseUrl: database.url,
      clock: { now: () => 1_000 },
      log: { info: () => undefined, error: (message) => console.error(message) },
    });
    pool = new pg.Pool({ connectionString: database.url, max: 2 });
  });

  after(async () => {
    if (skip) return;
    await pool.end();
    await storage.close();
    await database.drop();
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
