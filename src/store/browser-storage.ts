import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';
import { memoryStorage, webStorage, type KeyValue, type StorageArea } from './storage.js';

/** The part of an IndexedDB object store that is used. */
interface Entries {
  readonly transaction: object;
  get(key: string): object;
  getAll(): object;
  getAllKeys(): object;
  put(value: unknown, key: string): object;
  delete(key: string): object;
}

const settled = promisifyRequest as (request: object) => Promise<unknown>;

/** Keeps entries in IndexedDB; the database is made by the first call. */
export function indexedDbStorage(name = 'convkit'): KeyValue {
  let opened: UseStore | undefined;
  /** Rejects, too, where a browser throws on the mere mention. */
  async function use<T>(
    mode: 'readonly' | 'readwrite',
    act: (entries: Entries) => Promise<T>,
  ): Promise<T> {
    return (opened ??= createStore(name, 'entries'))(mode, act);
  }
  async function change(act: (entries: Entries) => void): Promise<void> {
    await use('readwrite', (entries) => {
      act(entries);
      return settled(entries.transaction);
    });
  }
  return {
    get: (key) => use('readonly', (entries) => settled(entries.get(key))),
    set: (key, value) => change((entries) => entries.put(value, key)),
    delete: (key) => change((entries) => entries.delete(key)),
    async entries(prefix) {
      const [keys, values] = (await use('readonly', (entries) =>
        Promise.all([settled(entries.getAllKeys()), settled(entries.getAll())]),
      )) as [string[], unknown[]];
      return keys
        .map((key, index): [string, unknown] => [key, values[index]])
        .filter(([key]) => key.startsWith(prefix));
    },
  };
}

/** Keys under which the outbox stands: the part that needs IndexedDB. */
const inDatabase = /^outbox\//;

/**
 * What a browser should use: the outbox in IndexedDB, small things in `localStorage`, so that
 * looking whether a visitor is known leaves no trace. What a browser denies is kept in memory.
 */
export function browserStorage(): KeyValue {
  const small = smallStorage();
  const large = 'indexedDB' in globalThis ? indexedDbStorage() : memoryStorage();
  const of = (key: string): KeyValue => (inDatabase.test(key) ? large : small);
  return {
    get: (key) => of(key).get(key),
    set: (key, value) => of(key).set(key, value),
    delete: (key) => of(key).delete(key),
    entries: (prefix) => of(prefix).entries(prefix),
  };
}

function smallStorage(): KeyValue {
  try {
    const { localStorage } = globalThis as { localStorage?: StorageArea };
    if (localStorage) return webStorage(localStorage);
  } catch {
    // Sandboxed frames throw on the mere mention.
  }
  return memoryStorage();
}
