import type { Clock } from '../transport/clock.js';

export interface FakeClock extends Clock {
  /** Moves the time, running what falls due in its order, with promises settled in between. */
  advance(ms: number): Promise<void>;
  /** How many timers wait. */
  readonly pending: number;
}

/** A clock that stands still until it is told to move. */
export function createFakeClock(startMs = Date.UTC(2026, 0, 1)): FakeClock {
  let time = startMs;
  let order = 0;
  const timers = new Set<{ at: number; order: number; run: () => void }>();

  function nextDue(until: number): { at: number; order: number; run: () => void } | undefined {
    return [...timers]
      .filter(({ at }) => at <= until)
      .sort((a, b) => a.at - b.at || a.order - b.order)[0];
  }

  return {
    now: () => time,
    after(delayMs, run) {
      const timer = { at: time + Math.max(0, delayMs), order: order++, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    get pending() {
      return timers.size;
    },
    async advance(ms) {
      const until = time + ms;
      await settled();
      for (let timer = nextDue(until); timer; timer = nextDue(until)) {
        timers.delete(timer);
        time = Math.max(time, timer.at);
        timer.run();
        await settled();
      }
      time = until;
      await settled();
    },
  };
}

/** Lets promises that wait for nothing but each other settle; uses no timer. */
export async function settled(turns = 50): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
}
