import { onStart, onStop, type ReadableAtom } from 'nanostores';
import type { Clock } from '../transport/clock.js';

/** How long work goes on without anybody who needs it, in ms: screens are swapped. */
const graceMs = 1_000;

export interface Retained {
  /** Begins the work unless it runs; returns the way to let go, which may be called twice. */
  retain(): () => void;
  readonly running: boolean;
}

/** Work that runs while somebody needs it. */
export function createRetained(clock: Clock, start: () => () => void): Retained {
  let holders = 0;
  let stop: (() => void) | null = null;
  let cancelStop: (() => void) | null = null;
  return {
    get running() {
      return stop !== null;
    },
    retain() {
      let held = true;
      holders++;
      cancelStop?.();
      cancelStop = null;
      stop ??= start();
      return () => {
        if (!held) return;
        held = false;
        if (--holders > 0) return;
        cancelStop = clock.after(graceMs, () => {
          cancelStop = null;
          stop?.();
          stop = null;
        });
      };
    },
  };
}

/**
 * Needs the work from the first subscriber of any of the stores until the last is gone. A mere
 * `get()` is no subscriber, so the work begins a microtask later.
 */
export function retainWhileObserved(
  stores: readonly ReadableAtom<unknown>[],
  retain: () => () => void,
): void {
  let release: (() => void) | null = null;
  const look = (): void => {
    const observed = stores.some((store) => store.lc > 0);
    if (observed) release ??= retain();
    else {
      release?.();
      release = null;
    }
  };
  for (const store of stores) {
    onStart(store, () => queueMicrotask(look));
    onStop(store, () => queueMicrotask(look));
  }
}
