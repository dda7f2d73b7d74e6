import { createStore, promisifyRequest } from 'idb-keyval';
import { memoryStorage, webStorage, type KeyValue, type StorageArea } from './storage.js';

/** The part of an IndexedDB object store that is used. */
interface Entries {
  readonly transaction: { readonly db: { close(): void } };
  get(key: string): object;
  getAll(): object;
  getAllKeys(): object;
  put(value: unknown, key: string): object;
  delete(key: string): object;
}

const settled = promisifyRequest as (request: object) => Promise<unknown>;

/** Keeps entries in IndexedDB; the database is made by the first call. */
export function indexedDbStorage(name = 'convkit'): KeyValue {
  /** Rejects, too, where a browser throws on the mere mention. */
  const use = async <T>(
    mode: 'readonly' | 'readwrite',
    act: (entries: Entries) => Promise<T>,
  ): Promise<T> =>
    createStore(name, 'entries')(mode, (entries) => {
      // When this is done: a client that is gone leaves no connection, and who removes the database
      // (another tab, perhaps) waits for none.
      (entries.transaction as Entries['transaction']).db.close();
      return act(entries);
    });
  async function change(act: (entries: Entries) => void): Promise<void> {
    await use('readwrite', (entries) => {
      act(entries);
      return settled(entries.transaction);
    });
  }
  return {
    database: name,
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
/** What elements keep for one tab. */
const inTab = /^tab\//;

/** Where a widget keeps what it has to: on the page, in the tab, or in the browser (S5.12). */
export type StorageKind = 'memory' | 'session' | 'local';

/**
 * What a browser should use. `local`: the outbox in IndexedDB, small things in `localStorage`, so
 * that looking whether a visitor is known leaves no trace. `session`: all in `sessionStorage`. What a
 * browser denies is kept in memory.
 */
export function browserStorage(kind: StorageKind = 'local'): KeyValue {
  if (kind === 'memory') return memoryStorage();
  if (kind === 'session') return areaStorage('sessionStorage');
  const small = areaStorage('localStorage');
  const tab = areaStorage('sessionStorage');
  const large = 'indexedDB' in globalThis ? indexedDbStorage() : memoryStorage();
  const of = (key: string): KeyValue =>
    inDatabase.test(key) ? large : inTab.test(key) ? tab : small;
  return {
    ...large,
    get: (key) => of(key).get(key),
    set: (key, value) => of(key).set(key, value),
    delete: (key) => of(key).delete(key),
    entries: (prefix) => of(prefix).entries(prefix),
  };
}

function areaStorage(name: 'localStorage' | 'sessionStorage'): KeyValue {
  try {
    const area = (globalThis as { [Name in typeof name]?: StorageArea })[name];
    if (area) return webStorage(area);
  } catch {
    // Sandboxed frames throw on the mere mention.
  }
  return memoryStorage();
}
