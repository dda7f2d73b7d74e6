import type { PresenceMessage } from './presence-replica.js';
import type { RelayMessage } from './longpoll-relay.js';

/**
 * What crosses nodes. Every message names the node that sent it; strings and bytes only, so that
 * an implementation can write it as JSON with the bytes in base64.
 */
export type FanoutMessage = BroadcastMessage | DisconnectMessage | PresenceMessage | RelayMessage;

/** A broadcast, already encoded: text as a string, binary as bytes. */
export interface BroadcastMessage {
  readonly type: 'broadcast';
  readonly node: string;
  readonly topic: string;
  readonly frame: string | Uint8Array;
}

export interface DisconnectMessage {
  readonly type: 'disconnect';
  readonly node: string;
  readonly id: string;
  readonly code: number;
}

/**
 * Carries messages between nodes, at most once, in the order of publishing for one topic. A node
 * may hear its own messages; it ignores them. `topic` is for implementations that shard.
 */
export interface Fanout {
  publish(topic: string, message: FanoutMessage): void;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (message: FanoutMessage) => void): () => void;
  /** True while nothing of other nodes can arrive: their silence means nothing then. */
  isCut?(): boolean;
}

/** The fan-out of one process. Servers that are given the same one behave as nodes of a cluster. */
export function memoryFanout(): Fanout {
  const listeners = new Set<(message: FanoutMessage) => void>();
  return {
    publish(_topic, message) {
      for (const listener of listeners) listener(message);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Topics of messages that belong to nodes instead of subscribers. */
export const CLUSTER_TOPIC = 'phoenix:cluster';
export const nodeTopic = (node: string): string => `phoenix:node:${node}`;
