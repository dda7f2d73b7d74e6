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
/**
 * So often is looked at what expires, in ms: timers stand still while a machine sleeps. No oftener
 * is one file renewed, whatever the clock here says.
 */
const lookMs = 30_000;
const backoff = { baseMs: 1_000, capMs: 30_000 };

export function createFileLinks(
  source: FileSource,
  clock: Clock = systemClock,
  random: Random = systemRandom,
): FileLinks {
  const $links = atom<ReadonlyMap<string, FileLink | null>>(new Map());
  const watched = new Map<string, number>();
  const stale = new Set<string>();
  /** When each was asked for last, on the clock here. */
  const askedAt = new Map<string, number>();
  let cancel: (() => void) | null = null;
  let asking = false;
  let tries = 0;

  function wanted(): string[] {
    const links = $links.get();
    return [...watched.keys()].filter((id) => {
      const link = links.get(id);
      if (link === undefined || stale.has(id)) return true;
      if (link === null || clock.now() - (askedAt.get(id) ?? -Infinity) < lookMs) return false;
      return link.expiresAt - marginMs <= source.now();
    });
  }

  function plan(delayMs: number): void {
    cancel?.();
    cancel = clock.after(delayMs, () => {
      cancel = null;
      void ask();
    });
  }

  function planNext(): void {
    if (wanted().length > 0) return plan(gatherMs);
    if (cancel === null && [...watched.keys()].some((id) => $links.get().get(id))) plan(lookMs);
  }

  async function ask(): Promise<void> {
    const ids = wanted().slice(0, batch);
    if (asking) return;
    if (ids.length === 0) return planNext();
    asking = true;
    try {
      const found = new Map((await source.signFiles(ids)).map((link) => [link.id, link]));
      const links = new Map($links.get());
      for (const id of ids) {
        stale.delete(id);
        askedAt.set(id, clock.now());
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
