import type { ChannelContext, Payload, SocketView } from './types.js';

/** What a channel's context asks of the channel's process. */
export interface ContextOwner<Assigns> {
  readonly topic: string;
  readonly view: SocketView<Assigns>;
  readonly state: Map<string, unknown>;
  readonly signal: AbortSignal;
  push(event: string, payload: Payload): void;
  broadcast(event: string, payload: Payload, toItself: boolean): void;
  afterJoin(hook: () => void | Promise<void>): void;
  track(key: string, meta: object): void;
  untrack(key: string): void;
  stop(): void;
}

/** The face of a joined topic for the application: one small object, whatever it can do. */
export class ProcessContext<Assigns> implements ChannelContext<Assigns> {
  readonly #owner: ContextOwner<Assigns>;

  constructor(owner: ContextOwner<Assigns>) {
    this.#owner = owner;
  }

  get topic(): string {
    return this.#owner.topic;
  }

  get socket(): SocketView<Assigns> {
    return this.#owner.view;
  }

  get state(): Map<string, unknown> {
    return this.#owner.state;
  }

  get signal(): AbortSignal {
    return this.#owner.signal;
  }

  push(event: string, payload: Payload): void {
    this.#owner.push(event, payload);
  }

  broadcast(event: string, payload: Payload): void {
    this.#owner.broadcast(event, payload, true);
  }

  broadcastFrom(event: string, payload: Payload): void {
    this.#owner.broadcast(event, payload, false);
  }

  afterJoin(hook: () => void | Promise<void>): void {
    this.#owner.afterJoin(hook);
  }

  track(key: string, meta: object): void {
    this.#owner.track(key, meta);
  }

  update(key: string, meta: object): void {
    this.#owner.track(key, meta);
  }

  untrack(key: string): void {
    this.#owner.untrack(key);
  }

  stop(): void {
    this.#owner.stop();
  }
}
