import type { Clock } from '../transport/clock.js';

/** One frame of a screen, in ms. */
const frameMs = 16;
/** So many times in a frame what changed is shown at once: an act should be seen where it is done. */
const atOnce = 8;

/** Shows changes at once as long as they are few, and many of them together, once a frame. */
export interface Pacer {
  changed(): void;
  /** All that changed so far is shown. */
  done(): void;
}

export function createPacer(clock: Clock, show: () => void): Pacer {
  let frame = -Infinity;
  let count = 0;
  let cancel: (() => void) | null = null;

  return {
    changed() {
      if (cancel) return;
      const now = clock.now();
      if (now - frame >= frameMs || now < frame) {
        frame = now;
        count = 0;
      }
      if (++count <= atOnce) return show();
      cancel = clock.after(frame + frameMs - now, show);
    },
    done() {
      cancel?.();
      cancel = null;
    },
  };
}
