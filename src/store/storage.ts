/** Where a client keeps what must survive a reload. Values are plain JSON. Calls may reject. */
export interface KeyValue {
  /** Name of the IndexedDB database that it makes, where it makes one. */
  readonly database?: string;
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<void>;
  /** Entries whose key starts with `prefix`, sorted by key. */
  entries(prefix: string): Promise<[string, unknown][]>;
}

/** Forgets with the page. */
export function memoryStorage(): KeyValue {
  const kept = new Map<string, unknown>();
  return {
    get: async (key) => structuredClone(kept.get(key)),
    async set(key, value) {
      kept.set(key, structuredClone(value));
    },
    async delete(key) {
      kept.delete(key);
    },
    entries: async (prefix) =>
      structuredClone([...kept].filter(([key]) => key.startsWith(prefix))).sort(byKey),
  };
}

/** The part of `localStorage` and `sessionStorage` that is used. */
export interface StorageArea {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Keeps JSON in `localStorage` or `sessionStorage`, under keys that start with `convkit/`. */
export function webStorage(area: StorageArea): KeyValue {
  const own = 'convkit/';
  const read = (key: string): unknown => {
    const text = area.getItem(own + key);
    return text === null ? undefined : JSON.parse(text);
  };
  return {
    get: async (key) => read(key),
    set: async (key, value) => area.setItem(own + key, JSON.stringify(value)),
    delete: async (key) => area.removeItem(own + key),
    async entries(prefix) {
      const keys = Array.from({ length: area.length }, (_, index) => area.key(index) ?? '');
      return keys
        .filter((key) => key.startsWith(own + prefix))
        .map((key): [string, unknown] => [key.slice(own.length), read(key.slice(own.length))])
        .sort(byKey);
    },
  };
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
