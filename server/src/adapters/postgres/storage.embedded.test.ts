import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import type { Storage } from '../../ports.js';
import { realpath } from 'node:fs/promises';
import { openStorage } from './open-storage.js';
import { socketFolderOf, socketPort } from './socket-folder.js';
import { storageContract } from './storage.contract.js';
import { readyFolder } from './testing/data-folder.js';
import type { TestFolder } from './testing/data-folder.js';

describe('storage on the embedded database', () => {
  let folder: TestFolder;
  let storage: Storage;
  let pool: pg.Pool;

  before(async () => {
    folder = await readyFolder();
    storage = await openStorage({
      dataDir: folder.path,
      clock: { now: () => 1_000 },
      log: { info: () => undefined, error: (message) => console.error(message) },
    });
    pool = new pg.Pool({
      host: socketFolderOf(await realpath(folder.path)),
      port: socketPort,
      user: 'postgres',
      database: 'postgres',
      max: 1,
    });
  });

  after(async () => {
    await pool.end();
    await storage.close();
    await folder.remove();
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
