import { encodeEnd, encodePush, encodeReply, type Frame, type Message, type Ref } from './frame.js';
import type { Limits } from './limits.js';
import type { Presence } from './presence.js';
import { SharedFrame } from './shared-frame.js';
import type { Subscriber, Topics } from './topics.js';
import type { Channel, ChannelContext, EndReason, Log, Reply, SocketView } from './types.js';

/** What all channels of a server share. */
export interface Hub {
  readonly topics: Topics;
  readonly presence: Presence;
  readonly limits: Limits;
  readonly log: Log;
}

/** The socket, as its channels see it. */
export interface ChannelHost<Assigns> {
  readonly view: SocketView<Assigns>;
  send(frame: Frame): void;
  sendShared(frame: SharedFrame): void;
  /** The event at hand, or one that was waiting, is done with. */
  settled(): void;
  /** The join was refused: this event waited for it. */
  unmatched(message: Message): void;
  /** The channel is over; another one may take its topic. */
  ended(channel: ChannelProcess<Assigns>): void;
  /** The client takes in less than is sent to it. */
  overflow(): void;
}

type Hook = () => void | Promise<void>;

/** One joined topic of one socket: handles its events one at a time and answers them. */
export class ChannelProcess<Assigns> implements Subscriber {
  readonly topic: string;
  readonly joinRef: Ref;
  /** Settles when everything that the channel had to do is done, `terminate` included. */
  readonly finished: Promise<void>;

  readonly #hub: Hub;
  readonly #host: ChannelHost<Assigns>;
  readonly #channel: Channel<Assigns>;
  readonly #context: ChannelContext<Assigns>;
  readonly #abort = new AbortController();
  readonly #hooks: Hook[] = [];
  #finish: () => void = () => undefined;
  #work: (Message | Hook)[] = [];
  #busy = false;
  #accepted = false;
  #stopping = false;
  #end: EndReason | undefined;
  /** What waits for the join's reply, from the subscription on; undefined once it was sent. */
  #held: (Frame | SharedFrame)[] | undefined = [];
  #heldLength = 0;

  constructor(
    hub: Hub,
    host: ChannelHost<Assigns>,
    channel: Channel<Assigns>,
    topic: string,
    joinRef: Ref,
  ) {
    this.#hub = hub;
    this.#host = host;
    this.#channel = channel;
    this.topic = topic;
    this.joinRef = joinRef;
    this.finished = new Promise((resolve) => (this.#finish = resolve));
    this.#context = this.#makeContext();
  }

  get isEnded(): boolean {
    return this.#end !== undefined;
  }

  /** Joins, after `previous` (the channel that had the topic) is done. */
  start(message: Message, previous?: Promise<void>): void {
    this.#enqueue(() => this.#join(message, previous));
  }

  receive(message: Message): void {
    this.#enqueue(message);
  }

  deliver(frame: SharedFrame): void {
    if (this.isEnded) return;
    if (this.#held) this.#hold(frame, frame.frame.length);
    else this.#host.sendShared(frame);
  }

  /** Ends the channel now; what it is busy with runs on without being heard. */
  end(reason: EndReason): void {
    if (this.isEnded) return;
    this.#end = reason;
    this.#hub.topics.unsubscribe(this.topic, this);
    this.#hub.presence.untrackAll(this, this.topic);
    const waiting = this.#work;
    this.#work = [];
    this.#held = undefined;
    for (const work of waiting) {
      if (typeof work === 'function') continue;
      if (work.event === 'phx_leave' && reason === 'replaced') this.#answer(work, { ok: {} });
      this.#host.settled();
    }
    this.#host.ended(this);
    if (reason === 'crashed') this.#host.send(encodeEnd(this.joinRef, this.topic, 'phx_error'));
    else if (reason !== 'closed' && reason !== 'shutdown') {
      this.#host.send(encodeEnd(this.joinRef, this.topic, 'phx_close'));
    }
    this.#abort.abort();
    if (!this.#busy) void this.#terminate();
  }

  #enqueue(work: Message | Hook): void {
    this.#work.push(work);
    if (!this.#busy) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#busy = true;
    for (let work = this.#work.shift(); work; work = this.#work.shift()) {
      try {
        const running = typeof work === 'function' ? work() : this.#handle(work);
        if (running) await running;
      } catch (error) {
        this.#hub.log.error({ err: error, topic: this.topic }, 'channel crashed');
        this.end('crashed');
      }
      if (typeof work !== 'function') this.#host.settled();
      if (this.#stopping) this.end('stopped');
    }
    this.#busy = false;
    if (this.isEnded) await this.#terminate();
  }

  async #join(message: Message, previous: Promise<void> | undefined): Promise<void> {
    if (previous) await within(this.#hub.limits.terminateTimeoutMs, previous);
    if (this.isEnded) return;
    // Subscribed before the application reads anything: what is published from here on is in what
    // it reads, or held and sent after the reply, or both.
    this.#hub.topics.subscribe(this.topic, this);
    let reply: Reply;
    let frame: Frame;
    try {
      reply = this.#readable(await this.#channel.join(this.#context, message.payload));
      frame = this.#encodeReply(message, reply);
    } catch (error) {
      this.#hub.log.error({ err: error, topic: this.topic }, 'join crashed');
      reply = { error: { reason: 'join crashed' } };
      frame = this.#encodeReply(message, reply);
    }
    if ('error' in reply) return this.#refuse(frame);
    this.#accepted = true;
    if (this.isEnded) return;
    this.#host.send(frame);
    this.#release();
    for (const hook of this.#hooks.splice(0)) await hook();
  }

  /** The reply, then the presence of the topic, then what was published meanwhile. */
  #release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    if (this.#channel.presence) {
      this.#push('presence_state', this.#hub.presence.list(this.topic));
    }
    for (const frame of held) {
      if (frame instanceof SharedFrame) this.#host.sendShared(frame);
      else this.#host.send(frame);
    }
  }

  #refuse(frame: Frame): void {
    if (this.isEnded) return;
    this.#end = 'closed';
    this.#hub.topics.unsubscribe(this.topic, this);
    this.#hub.presence.untrackAll(this, this.topic);
    this.#held = undefined;
    const waiting = this.#work;
    this.#work = [];
    this.#host.ended(this);
    this.#abort.abort();
    this.#host.send(frame);
    for (const work of waiting) {
      if (typeof work === 'function') continue;
      this.#host.unmatched(work);
      this.#host.settled();
    }
  }

  #handle(message: Message): void | Promise<void> {
    if (message.event === 'phx_leave') {
      this.#answer(message, { ok: {} });
      this.end('leave');
      return;
    }
    const result = this.#channel.handle(this.#context, message.event, message.payload);
    if (result instanceof Promise) return result.then((reply) => this.#answer(message, reply));
    this.#answer(message, result);
  }

  #answer(message: Message, reply: Reply | void): void {
    if (!reply || message.ref === null) return;
    if (this.isEnded && message.event !== 'phx_leave') return;
    this.#host.send(this.#encodeReply(message, this.#readable(reply)));
  }

  #encodeReply(message: Message, reply: Reply): Frame {
    const [status, response] =
      'ok' in reply ? (['ok', reply.ok] as const) : (['error', reply.error] as const);
    return encodeReply(this.joinRef, message.ref, this.topic, status, response);
  }

  /** A longpoll client cannot read bytes: it is told so, and does not wait for its timeout. */
  #readable(reply: Reply): Reply {
    const response = 'ok' in reply ? reply.ok : reply.error;
    if (this.#host.view.transport === 'websocket' || !(response instanceof Uint8Array))
      return reply;
    return { error: { reason: 'binary over longpoll' } };
  }

  #push(event: string, payload: object): void {
    if (this.isEnded) return;
    const frame = encodePush(this.joinRef, this.topic, event, payload);
    if (this.#held) this.#hold(frame, frame.length);
    else this.#host.send(frame);
  }

  #hold(frame: Frame | SharedFrame, length: number): void {
    this.#held?.push(frame);
    this.#heldLength += length;
    if (this.#heldLength > this.#hub.limits.maxBufferedBytes) this.#host.overflow();
  }

  async #terminate(): Promise<void> {
    try {
      if (this.#accepted && this.#end) await this.#channel.terminate?.(this.#context, this.#end);
    } catch (error) {
      this.#hub.log.error({ err: error, topic: this.topic }, 'terminate crashed');
    }
    this.#finish();
  }

  #track(key: string, meta: object): void {
    if (!this.#channel.presence) {
      throw new Error(`Declare the channel of ${this.topic} with presence: true to track on it.`);
    }
    if (!this.isEnded) this.#hub.presence.track(this, this.topic, key, meta);
  }

  #makeContext(): ChannelContext<Assigns> {
    const { topics, presence } = this.#hub;
    return {
      topic: this.topic,
      socket: this.#host.view,
      state: new Map(),
      signal: this.#abort.signal,
      push: (event, payload) => this.#push(event, payload),
      broadcast: (event, payload) => {
        if (!this.isEnded) topics.broadcast(this.topic, event, payload);
      },
      broadcastFrom: (event, payload) => {
        if (!this.isEnded) topics.broadcast(this.topic, event, payload, this);
      },
      afterJoin: (hook) => {
        if (this.isEnded) return;
        if (this.#held) this.#hooks.push(hook);
        else this.#enqueue(hook);
      },
      track: (key, meta) => this.#track(key, meta),
      update: (key, meta) => this.#track(key, meta),
      untrack: (key) => presence.untrack(this, this.topic, key),
      stop: () => {
        if (this.#busy) this.#stopping = true;
        else this.end('stopped');
      },
    };
  }
}

/** Resolves with `work`, or after `ms` without it. */
export async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work, late]);
  clearTimeout(timer);
}
