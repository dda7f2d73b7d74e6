import { lanes, type Wire } from '../../cluster/wire.js';
import type { RedisAddress } from './address.js';
import { createClient, type RedisClient } from './client.js';

/** So many messages may wait for the answer of Redis; more are dropped, as when it is away. */
const maxPending = 20_000;

export interface RedisWireOptions {
  address: RedisAddress;
  /** Publishes; it is not closed with the wire. */
  publisher: RedisClient;
  /** What the names of all channels begin with. */
  prefix: string;
  onFault(fault: Error): void;
}

/** Between what was said in one lane at once; no JSON holds it. */
const separator = '\n';

/** Sharded pub/sub of Redis 7 or Valkey: a channel per lane, each of which has its own slot. */
export class RedisWire implements Wire {
  readonly #options: RedisWireOptions;
  readonly #channels: string[];
  readonly #laneOf: ReadonlyMap<string, number>;
  #subscriber: RedisClient | undefined;
  #receive: (lane: number, text: string) => void = () => undefined;
  #lost: () => void = () => undefined;
  /** By lane, what is said in this very moment: it goes as one message. */
  readonly #unsent = new Map<number, string>();
  #pending = 0;
  #closed = false;

  constructor(options: RedisWireOptions) {
    this.#options = options;
    this.#channels = Array.from({ length: lanes }, (_, lane) => `${options.prefix}:lane:${lane}`);
    this.#laneOf = new Map(this.#channels.map((channel, lane) => [channel, lane]));
  }

  start(receive: (lane: number, text: string) => void, lost: () => void): void {
    this.#receive = receive;
    this.#lost = lost;
    this.#subscribe();
  }

  send(lane: number, text: string): boolean {
    const { publisher } = this.#options;
    if (publisher.status !== 'ready' || this.#pending >= maxPending) return false;
    const before = this.#unsent.get(lane);
    this.#unsent.set(lane, before === undefined ? text : before + separator + text);
    if (before === undefined) queueMicrotask(() => this.#flush(lane));
    return true;
  }

  renew(): void {
    this.#subscriber?.disconnect();
    this.#subscribe();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#subscriber?.disconnect();
  }

  #flush(lane: number): void {
    const text = this.#unsent.get(lane);
    const channel = this.#channels[lane];
    this.#unsent.delete(lane);
    if (text === undefined || channel === undefined) return;
    this.#pending++;
    this.#options.publisher.spublish(channel, text).then(
      () => this.#pending--,
      // The connection tells of itself; what was lost is found by its number.
      () => this.#pending--,
    );
  }

  #subscribe(): void {
    if (this.#closed) return;
    const subscriber = createClient(this.#options.address);
    this.#subscriber = subscriber;
    const isCurrent = (): boolean => this.#subscriber === subscriber && !this.#closed;
    subscriber.on('error', (fault: Error) => {
      if (isCurrent()) this.#options.onFault(fault);
    });
    subscriber.on('smessage', (channel: string, text: string) => {
      const lane = this.#laneOf.get(channel);
      if (lane === undefined || !isCurrent()) return;
      for (const each of text.split(separator)) this.#receive(lane, each);
    });
    subscriber.on('ready', () => {
      Promise.all(this.#channels.map((channel) => subscriber.ssubscribe(channel))).then(
        () => isCurrent() && this.#lost(),
        (fault: unknown) => {
          if (!isCurrent()) return;
          if (fault instanceof Error) this.#options.onFault(fault);
          // Half a subscription hears half of what is said.
          subscriber.disconnect(true);
        },
      );
    });
    subscriber.connect().catch(() => undefined);
  }
}
