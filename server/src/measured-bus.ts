import type { ClusterBus, Kind } from './cluster/bus.js';
import type { Metrics } from './metrics.js';
import type { EventBus } from './ports.js';

const kinds: readonly Kind[] = ['event', 'phoenix', 'roster'];

/** The same bus; what this server publishes is counted. */
export function measuredEvents(events: EventBus, metrics: Metrics): EventBus {
  return {
    subscribe: (listener) => events.subscribe(listener),
    publish(event) {
      if (event.type === 'message' && event.message.seq === event.message.position) {
        metrics.messageStored(event.message.kind);
      }
      events.publish(event);
    },
  };
}

/** Counts what comes from other servers, and what does not. */
export function measureBus(bus: ClusterBus, metrics: Metrics): void {
  for (const kind of kinds) bus.subscribe(kind, () => metrics.bus.received(kind));
  bus.onLoss((node) => {
    if (node === null) metrics.bus.reconnected();
    else metrics.bus.gapFound();
  });
}
