import { atom, type ReadableAtom } from 'nanostores';
import { systemClock, type Clock } from '../transport/clock.js';
import { fullJitter, systemRandom, type Random } from '../transport/random.js';
import type { FileLink, FileSource } from './file-source.js';

/** The addresses of the files that are shown, fresh as long as somebody shows them. */
export interface FileLinks {
  /** Null: gone, or not for this person. Missing: not known yet. */
  readonly $links: ReadableAtom<ReadonlyMap<string, FileLink | null>>;
  /** Asks for these, and again before they expire; returns the way out. */
  watch(ids: readonly string[]): () => void;
  /** Its address did not work: asks anew. */
  refresh(id: string): void;
}

/** Files of one thread that are asked for at a time. */
const batch = 50;
/** What one rendering asks for goes in one request. */
const gatherMs = 20;
/** So long before they expire addresses are renewed, in ms. */
const marginMs = 60_000;
const backoff = { baseMs: 1_000, capMs: 30_000 };

export function createFileLinks(
  source: FileSource,
  clock: Clock = systemClock,
  random: Random = systemRandom,
): FileLinks {
  const $links = atom<ReadonlyMap<string, FileLink | null>>(new Map());
  const watched = new Map<string, number>();
  const stale = new Set<string>();
  let cancel: (() => void) | null = null;
  let asking = false;
  let tries = 0;

  function wanted(): string[] {
    const links = $links.get();
    return [...watched.keys()].filter((id) => {
      const link = links.get(id);
      if (link === undefined || stale.has(id)) return true;
      return link !== null && link.expiresAt - marginMs <= source.now();
    });
  }

  function plan(delayMs: number): void {
    cancel?.();
    cancel = clock.after(delayMs, () => {
      cancel = null;
      void ask();
    });
  }

  /** Until the first of them expires. */
  function planNext(): void {
    if (wanted().length > 0) return plan(gatherMs);
    const ends = [...watched.keys()].flatMap((id) => $links.get().get(id)?.expiresAt ?? []);
    if (ends.length > 0) plan(Math.max(1_000, Math.min(...ends) - marginMs - source.now()));
  }

  async function ask(): Promise<void> {
    const ids = wanted().slice(0, batch);
    if (asking || ids.length === 0) return;
    asking = true;
    try {
      const found = new Map((await source.signFiles(ids)).map((link) => [link.id, link]));
      const links = new Map($links.get());
      for (const id of ids) {
        stale.delete(id);
        links.set(id, found.get(id) ?? null);
      }
      tries = 0;
      asking = false;
      $links.set(links);
      planNext();
    } catch {
      asking = false;
      plan(fullJitter(tries++, random, backoff));
    }
  }

  return {
    $links,
    watch(ids) {
      for (const id of ids) watched.set(id, (watched.get(id) ?? 0) + 1);
      if (!asking) planNext();
      return () => {
        for (const id of ids) {
          const left = (watched.get(id) ?? 1) - 1;
          if (left > 0) watched.set(id, left);
          else watched.delete(id);
        }
        if (watched.size > 0) return;
        cancel?.();
        cancel = null;
      };
    },
    refresh(id) {
      stale.add(id);
      if (!asking) plan(gatherMs);
    },
  };
}

const known = new WeakMap<FileSource, FileLinks>();

/** The one store of a source, so that all its messages ask together. */
export function fileLinksOf(source: FileSource): FileLinks {
  let links = known.get(source);
  if (!links) known.set(source, (links = createFileLinks(source)));
  return links;
}
