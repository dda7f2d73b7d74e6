/** Runs work for a key one at a time: whatever is asked meanwhile is one more run after it. */
export class Coalescer {
  readonly #work: (key: string) => Promise<void>;
  readonly #onFault: (fault: unknown) => void;
  readonly #running = new Map<string, { again: boolean }>();
  #closed = false;

  constructor(work: (key: string) => Promise<void>, onFault: (fault: unknown) => void) {
    this.#work = work;
    this.#onFault = onFault;
  }

  /** Nothing is begun any more; what runs may find its storage closed, which is no fault then. */
  close(): void {
    this.#closed = true;
  }

  request(key: string): void {
    if (this.#closed) return;
    const running = this.#running.get(key);
    if (running) running.again = true;
    else void this.#run(key);
  }

  async #run(key: string): Promise<void> {
    const state = { again: true };
    this.#running.set(key, state);
    while (state.again && !this.#closed) {
      state.again = false;
      try {
        await this.#work(key);
      } catch (fault) {
        if (!this.#closed) this.#onFault(fault);
      }
    }
    this.#running.delete(key);
  }
}
