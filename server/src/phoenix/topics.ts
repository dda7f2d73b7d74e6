import { CLUSTER_TOPIC, type Fanout, type FanoutMessage } from './fanout.js';
import { encodeBroadcast } from './frame.js';
import { SharedFrame } from './shared-frame.js';

export interface Subscriber {
  deliver(frame: SharedFrame): void;
}

/** Who on this node listens to which topic. */
export class Topics {
  readonly #subscribers = new Map<string, Set<Subscriber>>();
  readonly #fanout: Fanout;
  readonly #node: string;

  constructor(fanout: Fanout, node: string) {
    this.#fanout = fanout;
    this.#node = node;
  }

  subscribe(topic: string, subscriber: Subscriber): void {
    const subscribers = this.#subscribers.get(topic);
    if (subscribers) subscribers.add(subscriber);
    else this.#subscribers.set(topic, new Set([subscriber]));
  }

  unsubscribe(topic: string, subscriber: Subscriber): void {
    const subscribers = this.#subscribers.get(topic);
    if (!subscribers?.delete(subscriber)) return;
    if (subscribers.size === 0) this.#subscribers.delete(topic);
  }

  count(topic: string): number {
    return this.#subscribers.get(topic)?.size ?? 0;
  }

  /** To all subscribers on all nodes but `except`. */
  broadcast(topic: string, event: string, payload: object, except?: Subscriber): void {
    const frame = encodeBroadcast(topic, event, payload);
    this.#deliver(topic, new SharedFrame(frame), except);
    this.#fanout.publish(topic, { type: 'broadcast', node: this.#node, topic, frame });
  }

  /** To the subscribers on this node only. */
  broadcastLocal(topic: string, event: string, payload: object): void {
    if (!this.#subscribers.has(topic)) return;
    this.#deliver(topic, new SharedFrame(encodeBroadcast(topic, event, payload)));
  }

  /** What another node broadcast. */
  receive(topic: string, frame: string | Uint8Array): void {
    if (!this.#subscribers.has(topic)) return;
    const own = typeof frame === 'string' ? frame : Buffer.from(frame);
    this.#deliver(topic, new SharedFrame(own));
  }

  announce(message: FanoutMessage): void {
    this.#fanout.publish(CLUSTER_TOPIC, message);
  }

  #deliver(topic: string, frame: SharedFrame, except?: Subscriber): void {
    const subscribers = this.#subscribers.get(topic);
    if (!subscribers) return;
    for (const subscriber of subscribers) {
      if (subscriber !== except) subscriber.deliver(frame);
    }
  }
}
