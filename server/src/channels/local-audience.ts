import { parseTopic } from '#kit/protocol/topics.js';

/** Which topics, of which workspaces, have been joined on this server. */
export class LocalAudience {
  readonly #workspaces = new Map<string, string>();
  readonly #subscribers: (topic: string) => number;

  constructor(subscribers: (topic: string) => number) {
    this.#subscribers = subscribers;
  }

  joined(topic: string, workspaceId: string): void {
    this.#workspaces.set(topic, workspaceId);
  }

  has(topic: string): boolean {
    return this.#subscribers(topic) > 0;
  }

  workspaces(): string[] {
    this.#prune();
    return [...new Set(this.#workspaces.values())];
  }

  /** Those that agents look at, each with its workspace. */
  conversations(): { id: string; workspaceId: string }[] {
    this.#prune();
    return [...this.#workspaces].flatMap(([name, workspaceId]) => {
      const topic = parseTopic(name);
      return topic?.kind === 'conversation' ? [{ id: topic.id, workspaceId }] : [];
    });
  }

  #prune(): void {
    for (const topic of this.#workspaces.keys()) {
      if (!this.has(topic)) this.#workspaces.delete(topic);
    }
  }
}
