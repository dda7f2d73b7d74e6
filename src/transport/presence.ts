import type { PresenceKeys } from './transport.js';

type Meta = Record<string, unknown>;
type Entries = Record<string, { metas: Meta[] }>;

export interface PresenceFold {
  /** Takes a presence event; null when the event is another one. */
  take(event: string, payload: unknown): PresenceKeys | null;
  clear(): void;
}

/** Folds Phoenix's `presence_state` and `presence_diff` into who is there. */
export function createPresenceFold(): PresenceFold {
  /** By key, then by `phx_ref`, which names one meta. */
  let present = new Map<string, Map<unknown, Meta>>();

  function join(entries: Entries): void {
    for (const [key, { metas }] of Object.entries(entries)) {
      const known = present.get(key) ?? new Map<unknown, Meta>();
      for (const meta of metas) known.set(meta['phx_ref'], meta);
      present.set(key, known);
    }
  }

  function leave(entries: Entries): void {
    for (const [key, { metas }] of Object.entries(entries)) {
      const known = present.get(key);
      for (const meta of metas) known?.delete(meta['phx_ref']);
      if (known?.size === 0) present.delete(key);
    }
  }

  return {
    take(event, payload) {
      if (event === 'presence_state') {
        present = new Map();
        join(payload as Entries);
      } else if (event === 'presence_diff') {
        const { joins, leaves } = payload as { joins: Entries; leaves: Entries };
        join(joins);
        leave(leaves);
      } else return null;
      return new Map([...present].map(([key, metas]) => [key, [...metas.values()]]));
    },
    clear() {
      present = new Map();
    },
  };
}
