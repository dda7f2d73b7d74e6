import { CLUSTER_TOPIC, type Fanout } from './fanout.js';
import type { Presence, PresenceChange, PresenceEntry } from './presence.js';

/**
 * How nodes keep copies of each other's presence. Each numbers its changes; who misses a number
 * (the fan-out delivers at most once) asks for the whole state. A beat carries the number too, so
 * that the loss of the last change is noticed, and shows that the node lives.
 */
export type PresenceMessage = { readonly type: 'presence'; readonly node: string } & (
  | { readonly op: 'change'; readonly clock: number; readonly change: PresenceChange }
  | { readonly op: 'beat'; readonly clock: number }
  | { readonly op: 'state'; readonly clock: number; readonly entries: readonly PresenceEntry[] }
  /** Asks one node for its state, or every node when `of` is missing. */
  | { readonly op: 'ask'; readonly of?: string }
  | { readonly op: 'bye' }
);

const SILENT_BEATS = 3;

interface Peer {
  clock: number;
  heardAt: number;
}

export class PresenceReplica {
  readonly #node: string;
  readonly #fanout: Fanout;
  readonly #presence: Presence;
  readonly #beatMs: number;
  readonly #timer: NodeJS.Timeout;
  readonly #peers = new Map<string, Peer>();
  #clock = 0;

  constructor(node: string, fanout: Fanout, presence: Presence, beatMs: number) {
    this.#node = node;
    this.#fanout = fanout;
    this.#presence = presence;
    this.#beatMs = beatMs;
    this.#timer = setInterval(() => this.#beat(), beatMs).unref();
  }

  /** Asks the nodes that are already there; call it once messages are received. */
  start(): void {
    this.#publish({ op: 'ask' });
  }

  /** Tells the other nodes of a change on this one. */
  changed(change: PresenceChange): void {
    this.#publish({ op: 'change', clock: ++this.#clock, change });
  }

  receive(message: PresenceMessage): void {
    switch (message.op) {
      case 'change':
        this.#follow(message.node, message.clock, message.change);
        break;
      case 'beat':
        this.#follow(message.node, message.clock);
        break;
      case 'state':
        this.#peers.set(message.node, { clock: message.clock, heardAt: Date.now() });
        this.#presence.replace(message.node, message.entries);
        break;
      case 'ask':
        if (message.of === undefined || message.of === this.#node) this.#tellState();
        break;
      case 'bye':
        this.#forget(message.node);
        break;
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.#publish({ op: 'bye' });
  }

  #follow(node: string, clock: number, change?: PresenceChange): void {
    const peer = this.#peers.get(node);
    if (peer) peer.heardAt = Date.now();
    const next = (peer?.clock ?? Number.NaN) + (change ? 1 : 0);
    if (peer && clock === next) {
      peer.clock = clock;
      if (change) this.#presence.apply(node, change);
    } else if (!peer || clock > next) {
      this.#publish({ op: 'ask', of: node });
    }
  }

  #beat(): void {
    this.#publish({ op: 'beat', clock: this.#clock });
    const oldest = Date.now() - SILENT_BEATS * this.#beatMs;
    const isCut = this.#fanout.isCut?.() ?? false;
    for (const [node, peer] of this.#peers) {
      if (isCut) peer.heardAt = Date.now();
      else if (peer.heardAt < oldest) this.#forget(node);
    }
  }

  #forget(node: string): void {
    if (this.#peers.delete(node)) this.#presence.replace(node, []);
  }

  #tellState(): void {
    this.#publish({ op: 'state', clock: this.#clock, entries: this.#presence.ownEntries() });
  }

  #publish(message: DistributiveOmit<PresenceMessage, 'type' | 'node'>): void {
    this.#fanout.publish(CLUSTER_TOPIC, { type: 'presence', node: this.#node, ...message });
  }
}

type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown
  ? Omit<Union, Key>
  : never;
