/** Counts what goes on under each key; keys with nothing are forgotten. */
export class Tally {
  readonly #counts = new Map<string, number>();

  count(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  add(...keys: string[]): void {
    for (const key of keys) this.#counts.set(key, this.count(key) + 1);
  }

  remove(...keys: string[]): void {
    for (const key of keys) {
      const left = this.count(key) - 1;
      if (left > 0) this.#counts.set(key, left);
      else this.#counts.delete(key);
    }
  }
}
