/** Finds what is declared for a topic: `room:lobby` exactly, or by the prefix of `room:*`. */
export class Routes<Target> {
  readonly #exact = new Map<string, Target>();
  readonly #prefixes: (readonly [prefix: string, target: Target])[] = [];

  constructor(targets: Readonly<Record<string, Target>>) {
    for (const [pattern, target] of Object.entries(targets)) {
      if (pattern.endsWith('*')) this.#prefixes.push([pattern.slice(0, -1), target]);
      else this.#exact.set(pattern, target);
    }
    this.#prefixes.sort(([a], [b]) => b.length - a.length);
  }

  match(topic: string): Target | undefined {
    const exact = this.#exact.get(topic);
    if (exact) return exact;
    return this.#prefixes.find(([prefix]) => topic.startsWith(prefix))?.[1];
  }
}
