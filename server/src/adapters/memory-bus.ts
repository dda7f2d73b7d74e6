import type { DomainEvent, EventBus } from '../ports.js';

/** Events within this process, in the order of publishing. */
export function createMemoryBus(): EventBus {
  const listeners = new Set<(event: DomainEvent) => void>();
  return {
    publish(event) {
      for (const listener of listeners) listener(event);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
