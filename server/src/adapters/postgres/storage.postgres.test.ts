import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type pg from 'pg';
import type { Storage } from '../../ports.js';
import { frequentWordsContract } from './contract/search.js';
import { laterMoment } from './contract/changes.js';
import type { Subject } from './contract/subject.js';
import { openStorage } from './open-storage.js';
import { storageContract } from './storage.contract.js';
import { newDatabase, openPool, skip } from './testing/database.js';
import { aScene } from './testing/fixtures.js';
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
      databaseUrl: database.quickUrl,
      clock: { now: () => 1_000 },
      log: { info: () => undefined, error: (message) => console.error(message) },
    });
    pool = openPool(database.quickUrl);
  });

  after(async () => {
    if (skip) return;
    await pool.end();
    await storage.close();
    await database.drop();
  });

  const subject: Subject = {
    get storage() {
      return storage;
    },
    rows: async (statement, values) => (await pool.query(statement, values)).rows,
  };
  storageContract({ describe, it }, subject);
  frequentWordsContract({ describe, it }, subject);

  it('finds what a transaction changed that took long, by a moment before its commit', async () => {
    const { conversationId, workspaceId } = await aScene(storage);
    const slow = await pool.connect();
    const count = async (since: string) =>
      (await storage.changes.conversations([workspaceId], since)).length;
    try {
      await slow.query('begin');
      await slow.query('update conversations set version = version + 1 where id = $1', [
        conversationId,
      ]);
      // Others commit after it began, and their numbers are greater.
      await aScene(storage);
      const moment = await laterMoment(storage, [workspaceId]);
      await slow.query('commit');
      assert.equal(await count(moment), 1);
    } finally {
      slow.release();
    }
  });
});
