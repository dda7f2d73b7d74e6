/** Runs work for a key one at a time: whatever is asked meanwhile is one more run after it. */
export class Coalescer {
  readonly #work: (key: string) => Promise<void>;
  readonly #onFault: (fault: unknown) => void;
  readonly #running = new Map<string, { again: boolean }>();

  constructor(work: (key: string) => Promise<void>, onFault: (fault: unknown) => void) {
    this.#work = work;
    this.#onFault = onFault;
  }

  request(key: string): void {
    const running = this.#running.get(key);
    if (running) running.again = true;
    else void this.#run(key);
  }

  async #run(key: string): Promise<void> {
    const state = { again: true };
    this.#running.set(key, state);
    while (state.again) {
      state.again = false;
      try {
        await this.#work(key);
      } catch (fault) {
        this.#onFault(fault);
      }
    }
    this.#running.delete(key);
  }
}
