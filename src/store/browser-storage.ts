import { createStore, del, entries, get, set, type UseStore } from 'idb-keyval';
import { memoryStorage, webStorage, type KeyValue, type StorageArea } from './storage.js';

/** Keeps entries in IndexedDB; the database is made by the first call. */
export function indexedDbStorage(name = 'convkit'): KeyValue {
  let opened: UseStore | undefined;
  const store = (): UseStore => (opened ??= createStore(name, 'entries'));
  return {
    get: (key) => get(key, store()),
    set: (key, value) => set(key, value, store()),
    delete: (key) => del(key, store()),
    async entries(prefix) {
      const all = await entries<string, unknown>(store());
      return all.filter(([key]) => key.startsWith(prefix));
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
  const page = globalThis as { indexedDB?: unknown };
  const large = page.indexedDB ? indexedDbStorage() : memoryStorage();
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
