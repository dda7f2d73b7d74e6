import type { DomainEvent, EventBus } from '../ports.js';
import type { ClusterBus } from './bus.js';

/**
 * Events on every node: each tells those who are connected to it. What one node publishes about one
 * contact arrives in that order, at most once.
 */
export function clusterEvents(bus: ClusterBus, local: EventBus): EventBus {
  bus.subscribe('event', (message) => local.publish(message as DomainEvent));
  return {
    publish(event) {
      local.publish(event);
      // Every node's roster follows the others by itself, and tells its own.
      if (event.type !== 'agent') bus.publish('event', keyOf(event), event);
    },
    subscribe: (listener) => local.subscribe(listener),
  };
}

function keyOf(event: DomainEvent): string {
  if (event.type === 'contact') return event.contact.id;
  return 'contactId' in event ? event.contactId : event.workspaceId;
}
