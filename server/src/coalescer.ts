/** How long to wait after a fault before the next try, in ms: doubled each time, up to the most. */
export interface RetryTimes {
  least: number;
  most: number;
}

interface Run {
  again: boolean;
  faults: number;
  /** Of the next try, while nothing runs. */
  waiting: NodeJS.Timeout | undefined;
}

const retryTimes: RetryTimes = { least: 500, most: 15_000 };
/** What has failed so often, for about ten minutes, fails for another reason than bad luck. */
const mostTries = 40;

/**
 * Runs work for a key one at a time: whatever is asked meanwhile is one more run after it. Work
 * that fails is told once and tried again, or nobody would be told what it was to tell.
 */
export class Coalescer {
  readonly #work: (key: string) => Promise<void>;
  readonly #onFault: (fault: unknown) => void;
  readonly #retry: RetryTimes;
  readonly #runs = new Map<string, Run>();
  #closed = false;

  constructor(
    work: (key: string) => Promise<void>,
    onFault: (fault: unknown) => void,
    retry = retryTimes,
  ) {
    this.#work = work;
    this.#onFault = onFault;
    this.#retry = retry;
  }

  /** Nothing is begun any more; what runs may find its storage closed, which is no fault then. */
  close(): void {
    this.#closed = true;
    for (const { waiting } of this.#runs.values()) clearTimeout(waiting);
    this.#runs.clear();
  }

  request(key: string): void {
    if (this.#closed) return;
    const run = this.#runs.get(key);
    if (run && !run.waiting) run.again = true;
    else void this.#run(key, run ?? { again: false, faults: 0, waiting: undefined });
  }

  async #run(key: string, run: Run): Promise<void> {
    clearTimeout(run.waiting);
    run.waiting = undefined;
    this.#runs.set(key, run);
    do {
      run.again = false;
      try {
        await this.#work(key);
        run.faults = 0;
      } catch (fault) {
        if (this.#closed) return;
        run.faults += 1;
        if (run.faults === 1) this.#onFault(fault);
      }
      // What was asked while it failed waits with it.
    } while (run.again && run.faults === 0 && !this.#closed);
    if (this.#closed) return;
    if (run.faults === 0 || run.faults >= mostTries) this.#runs.delete(key);
    else this.#runLater(key, run);
  }

  #runLater(key: string, run: Run): void {
    const { least, most } = this.#retry;
    const wait = Math.min(most, least * 2 ** (run.faults - 1));
    run.waiting = setTimeout(() => void this.#run(key, run), wait * (0.5 + Math.random() / 2));
    run.waiting.unref();
  }
}
