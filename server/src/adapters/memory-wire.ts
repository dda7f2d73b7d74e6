import { lanes, type Wire } from '../cluster/wire.js';

/** Joins nodes within one process, and loses or stops what it is told to: for tests. */
export class MemoryWires {
  readonly #receivers = new Map<object, (lane: number, text: string) => void>();
  /** What is lost on its way; nothing by default. */
  loses: (text: string) => boolean = () => false;

  join(): Wire {
    const key = {};
    return {
      start: (receive) => void this.#receivers.set(key, receive),
      send: (lane, text) => {
        if (lane >= lanes || !this.#receivers.has(key)) return false;
        queueMicrotask(() => {
          if (this.loses(text)) return;
          for (const receive of this.#receivers.values()) receive(lane, text);
        });
        return true;
      },
      renew: () => undefined,
      close: () => {
        // What was sent before is on its way.
        queueMicrotask(() => this.#receivers.delete(key));
        return Promise.resolve();
      },
    };
  }
}
