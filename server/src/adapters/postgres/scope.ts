import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { drizzle, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import type pg from 'pg';
import { CodedError } from '#kit/protocol/errors.js';
import { CountChanges } from './counts.js';
import { isSilence, sqlFault } from './sql-fault.js';

/** A connection to read and write by: the pool or an open transaction. */
export type Connection = PgDatabase<NodePgQueryResultHKT, Record<string, never>>;

/** Where a repository works. */
export interface Scope {
  readonly connection: Connection;
  /** Counts changed in this transaction and not written yet; null outside of one. */
  readonly counts: CountChanges | null;
  /** Runs in this transaction, or in one of its own. */
  atomically<T>(work: (scope: TransactionScope) => Promise<T>): Promise<T>;
}

export interface TransactionScope extends Scope {
  readonly counts: CountChanges;
}

const maxTries = 8;

/**
 * Unique keys that two callers may run into together after both have looked first: the second
 * look finds what the other one wrote.
 */
const racedKeys = new Set([
  'messages_client_id',
  'conversations_live',
  'agents_external_id_key',
  'contacts_identity',
]);
const maxRaces = 3;

/** The scope of everything outside a transaction. */
export class RootScope implements Scope {
  readonly counts = null;
  readonly #pool: pg.Pool;
  readonly #database: Connection;
  /** One for as long as the pool keeps the client, so that its statements are built once. */
  readonly #connections = new WeakMap<pg.PoolClient, Connection>();
  readonly #current = new AsyncLocalStorage<{ open: boolean }>();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
    this.#database = drizzle(pool);
  }

  get connection(): Connection {
    this.#refuseInside();
    return this.#database;
  }

  async atomically<T>(work: (scope: TransactionScope) => Promise<T>): Promise<T> {
    this.#refuseInside();
    for (let tries = 1; ; tries++) {
      try {
        return await this.#once(work);
      } catch (error) {
        if (!isWorthAnotherTry(error, tries)) throw error;
        await pause(Math.random() * 5 * 2 ** tries);
      }
    }
  }

  async #once<T>(work: (scope: TransactionScope) => Promise<T>): Promise<T> {
    const state = { open: true };
    const client = await this.#pool.connect();
    // Until it shows that it is not: one that cannot begin or roll back is not used again.
    let isBroken = true;
    try {
      await client.query('begin');
      isBroken = false;
      const connection = this.#connectionOf(client);
      const counts = new CountChanges();
      const scope: TransactionScope = { connection, counts, atomically: (inner) => inner(scope) };
      const result = await this.#current.run(state, () => work(scope));
      // Last and in order, so that no two transactions wait for each other's counts.
      await counts.write(connection);
      await client.query('commit');
      return result;
    } catch (error) {
      if (isSilence(error)) isBroken = true;
      if (!isBroken) await client.query('rollback').catch(() => (isBroken = true));
      throw error;
    } finally {
      state.open = false;
      client.release(isBroken);
    }
  }

  #connectionOf(client: pg.PoolClient): Connection {
    const known = this.#connections.get(client);
    if (known) return known;
    const connection = drizzle(client);
    this.#connections.set(client, connection);
    return connection;
  }

  /** It would wait for a connection, or for a lock, that this very transaction holds. */
  #refuseInside(): void {
    if (!this.#current.getStore()?.open) return;
    throw new Error(
      'Storage was called from within one of its transactions. Use the repositories that are handed to the work.',
    );
  }
}

function isWorthAnotherTry(error: unknown, tries: number): boolean {
  const fault = sqlFault(error);
  if (!fault) return false;
  if (fault.code === '40001' || fault.code === '40P01') {
    if (tries < maxTries) return true;
    throw new CodedError('unavailable', { retryAfterMs: 500, cause: error });
  }
  return fault.code === '23505' && racedKeys.has(fault.constraint ?? '') && tries < maxRaces;
}
