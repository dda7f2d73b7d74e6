import type { Counts } from '#kit/domain/view.js';

const everyMs = 1_000;

export interface CountsBroadcastOptions {
  read(workspaceId: string): Promise<Counts>;
  send(workspaceId: string, counts: Counts): void;
  onFault(fault: unknown): void;
}

/** Sends a workspace's counts after something changed, at most once a second. */
export class CountsBroadcast {
  readonly #options: CountsBroadcastOptions;
  readonly #sentAt = new Map<string, number>();
  readonly #due = new Map<string, NodeJS.Timeout>();
  readonly #failing = new Set<string>();
  #closed = false;

  constructor(options: CountsBroadcastOptions) {
    this.#options = options;
  }

  changed(workspaceId: string): void {
    if (this.#due.has(workspaceId)) return;
    const wait = (this.#sentAt.get(workspaceId) ?? -everyMs) + everyMs - performance.now();
    const timer = setTimeout(() => void this.#send(workspaceId), Math.max(0, wait));
    timer.unref();
    this.#due.set(workspaceId, timer);
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#due.values()) clearTimeout(timer);
    this.#due.clear();
  }

  async #send(workspaceId: string): Promise<void> {
    this.#due.delete(workspaceId);
    this.#sentAt.set(workspaceId, performance.now());
    try {
      this.#options.send(workspaceId, await this.#options.read(workspaceId));
      this.#failing.delete(workspaceId);
    } catch (fault) {
      if (this.#closed) return;
      // Told once; and tried again, or the counts stay wrong until something else changes.
      if (!this.#failing.has(workspaceId)) this.#options.onFault(fault);
      this.#failing.add(workspaceId);
      this.changed(workspaceId);
    }
  }
}
