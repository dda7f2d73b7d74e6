import { atom, type ReadableAtom } from 'nanostores';
import { limits, type Typing } from '../protocol/index.js';
import type { Clock } from '../transport/clock.js';
import type { Typist } from './thread-item.js';

export interface Typists {
  readonly $typing: ReadableAtom<readonly Typist[]>;
  heard(event: Typing): void;
  /** A message of this author came. */
  gone(authorId: string | null): void;
  clear(): void;
}

/** Who writes just now; each is forgotten when nothing follows within the time to live. */
export function createTypists(clock: Clock): Typists {
  const $typing = atom<readonly Typist[]>([]);
  const timers = new Map<string, () => void>();

  function gone(id: string | null): void {
    if (id === null || !timers.has(id)) return;
    timers.get(id)?.();
    timers.delete(id);
    $typing.set($typing.get().filter((typist) => typist.id !== id));
  }

  return {
    $typing,
    heard({ author, typing, ttlMs }) {
      if (!typing) return gone(author.id);
      const known = timers.get(author.id);
      known?.();
      timers.set(
        author.id,
        clock.after(ttlMs, () => gone(author.id)),
      );
      if (!known) $typing.set([...$typing.get(), author]);
    },
    gone,
    clear() {
      for (const cancel of timers.values()) cancel();
      timers.clear();
      if ($typing.get().length > 0) $typing.set([]);
    },
  };
}

/** Tells that one writes: at once, then no oftener than the contract allows, and when it ended. */
export function createTypingNotice<Kind>(
  clock: Pick<Clock, 'now'>,
  tell: (typing: boolean, kind: Kind) => void,
): (typing: boolean, kind: Kind) => void {
  let toldAt: number | null = null;
  let toldKind: Kind | undefined;
  return (typing, kind) => {
    if (!typing) {
      if (toldAt !== null) tell(false, kind);
      toldAt = null;
      return;
    }
    if (toldAt !== null && toldKind === kind && clock.now() - toldAt < limits.typingEveryMs) return;
    toldAt = clock.now();
    toldKind = kind;
    tell(true, kind);
  };
}
