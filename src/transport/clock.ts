/** Time as it is passed in; tests move a fake one. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Runs once after `delayMs`; returns the way to cancel it. */
  after(delayMs: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, run) {
    // A longer delay would overflow and run at once.
    const timer = setTimeout(run, Math.min(delayMs, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  },
};
