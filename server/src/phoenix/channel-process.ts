import { ProcessContext, type ContextOwner } from './channel-context.js';
import { encodeEnd, encodePush, encodeReply, type Frame, type Message, type Ref } from './frame.js';
import type { Limits } from './limits.js';
import { inTurn, isPromise, within } from './maybe-promise.js';
import type { Presence } from './presence.js';
import { SharedFrame } from './shared-frame.js';
import type { Subscriber, Topics } from './topics.js';
import type { Channel, EndReason, JoinResult, Log, Reply, SocketView } from './types.js';

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
type Work = Message | Hook;

/**
 * One joined topic of one socket: handles its events one at a time and answers them. There is one
 * for every channel of every client, so what most never need is made when it is asked for.
 */
export class ChannelProcess<Assigns> implements Subscriber, ContextOwner<Assigns> {
  readonly topic: string;
  readonly joinRef: Ref;

  readonly #hub: Hub;
  readonly #host: ChannelHost<Assigns>;
  readonly #channel: Channel<Assigns>;
  readonly #context: ProcessContext<Assigns>;
  #state: Map<string, unknown> | undefined;
  #abort: AbortController | undefined;
  #hooks: Hook[] | undefined;
  #work: Work[] | undefined;
  #finished: Promise<void> | undefined;
  #finish: (() => void) | undefined;
  #busy = false;
  #accepted = false;
  #stopping = false;
  #end: EndReason | undefined;
  /** From the subscription to the join's reply, what is sent waits. */
  #holding = true;
  #held: (Frame | SharedFrame)[] | undefined;
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
    this.#context = new ProcessContext(this);
  }

  get isEnded(): boolean {
    return this.#end !== undefined;
  }

  /**
   * Of an ended channel: settles when everything that it had to do is done, `terminate` included.
   * Undefined when nothing was left to do.
   */
  get finished(): Promise<void> | undefined {
    return this.#finished;
  }

  get view(): SocketView<Assigns> {
    return this.#host.view;
  }

  get state(): Map<string, unknown> {
    return (this.#state ??= new Map());
  }

  get signal(): AbortSignal {
    if (!this.#abort) {
      this.#abort = new AbortController();
      if (this.isEnded) this.#abort.abort();
    }
    return this.#abort.signal;
  }

  /** Joins, after `previous` (the channel that had the topic) is done. */
  start(message: Message, previous?: Promise<void>): void {
    this.#enqueue(() => {
      if (!previous) return this.#join(message);
      const { terminateTimeoutMs } = this.#hub.limits;
      return within(terminateTimeoutMs, previous).then(() => this.#join(message));
    });
  }

  receive(message: Message): void {
    this.#enqueue(message);
  }

  deliver(frame: SharedFrame): void {
    if (this.isEnded) return;
    if (this.#holding) this.#hold(frame, frame.frame.length);
    else this.#host.sendShared(frame);
  }

  /** Ends the channel now; what it is busy with runs on without being heard. */
  end(reason: EndReason): void {
    if (this.isEnded) return;
    this.#end = reason;
    if (this.#busy || (this.#accepted && this.#channel.terminate)) {
      this.#finished = new Promise((resolve) => (this.#finish = resolve));
    }
    for (const work of this.#letGo()) {
      if (typeof work === 'function') continue;
      if (work.event === 'phx_leave' && reason === 'replaced') this.#answer(work, { ok: {} });
      this.#host.settled();
    }
    this.#host.ended(this);
    if (reason === 'crashed') this.#host.send(encodeEnd(this.joinRef, this.topic, 'phx_error'));
    else if (reason !== 'closed' && reason !== 'shutdown') {
      this.#host.send(encodeEnd(this.joinRef, this.topic, 'phx_close'));
    }
    this.#abort?.abort();
    if (!this.#busy) this.#terminate();
  }

  push(event: string, payload: object): void {
    if (this.isEnded) return;
    const frame = encodePush(this.joinRef, this.topic, event, payload);
    if (this.#holding) this.#hold(frame, frame.length);
    else this.#host.send(frame);
  }

  broadcast(event: string, payload: object, toItself: boolean): void {
    if (this.isEnded) return;
    this.#hub.topics.broadcast(this.topic, event, payload, toItself ? undefined : this);
  }

  afterJoin(hook: Hook): void {
    if (this.isEnded) return;
    if (this.#holding) (this.#hooks ??= []).push(hook);
    else this.#enqueue(hook);
  }

  track(key: string, meta: object): void {
    if (!this.#channel.presence) {
      throw new Error(`Declare the channel of ${this.topic} with presence: true to track on it.`);
    }
    if (!this.isEnded) this.#hub.presence.track(this, this.topic, key, meta);
  }

  untrack(key: string): void {
    this.#hub.presence.untrack(this, this.topic, key);
  }

  stop(): void {
    if (this.#busy) this.#stopping = true;
    else this.end('stopped');
  }

  #enqueue(work: Work): void {
    if (this.#busy) (this.#work ??= []).push(work);
    else this.#run(work);
  }

  /** Does this and what waits; when an event takes time, goes on after it. */
  #run(first: Work | undefined): void {
    this.#busy = true;
    for (let work = first; work; work = this.#work?.shift()) {
      const running = this.#perform(work);
      if (running) {
        void this.#resumeAfter(running, work);
        return;
      }
      this.#done(work);
    }
    this.#busy = false;
    if (this.isEnded) this.#terminate();
  }

  async #resumeAfter(running: Promise<void>, work: Work): Promise<void> {
    try {
      await running;
    } catch (error) {
      this.#crash(error);
    }
    this.#done(work);
    this.#run(this.#work?.shift());
  }

  #perform(work: Work): void | Promise<void> {
    try {
      return typeof work === 'function' ? work() : this.#handle(work);
    } catch (error) {
      this.#crash(error);
    }
  }

  #crash(error: unknown): void {
    this.#hub.log.error({ err: error, topic: this.topic }, 'channel crashed');
    this.end('crashed');
  }

  #done(work: Work): void {
    if (typeof work !== 'function') this.#host.settled();
    if (this.#stopping) this.end('stopped');
  }

  #join(message: Message): void | Promise<void> {
    if (this.isEnded) return;
    // Subscribed before the application reads anything: what is published from here on is in what
    // it reads, or held and sent after the reply, or both.
    this.#hub.topics.subscribe(this.topic, this);
    let result: JoinResult | Promise<JoinResult>;
    try {
      result = this.#channel.join(this.#context, message.payload);
    } catch (error) {
      this.#joinCrashed(message, error);
      return;
    }
    if (!isPromise(result)) return this.#decide(message, result);
    return result.then(
      (reply) => this.#decide(message, reply),
      (error: unknown) => this.#joinCrashed(message, error),
    );
  }

  #decide(message: Message, result: JoinResult): void | Promise<void> {
    let frame: Frame;
    let reply: Reply;
    try {
      reply = this.#readable(result);
      frame = this.#encodeReply(message, reply);
    } catch (error) {
      this.#joinCrashed(message, error);
      return;
    }
    if ('error' in reply) {
      this.#refuse(frame);
      return;
    }
    this.#accepted = true;
    if (this.isEnded) return;
    this.#host.send(frame);
    this.#release();
    const hooks = this.#hooks;
    this.#hooks = undefined;
    return hooks && inTurn(hooks);
  }

  #joinCrashed(message: Message, error: unknown): void {
    this.#hub.log.error({ err: error, topic: this.topic }, 'join crashed');
    this.#refuse(this.#encodeReply(message, { error: { reason: 'join crashed' } }));
  }

  /** The reply, then the presence of the topic, then what was published meanwhile. */
  #release(): void {
    const held = this.#held;
    this.#holding = false;
    this.#held = undefined;
    if (this.#channel.presence) {
      this.push('presence_state', this.#hub.presence.list(this.topic));
    }
    if (!held) return;
    for (const frame of held) {
      if (frame instanceof SharedFrame) this.#host.sendShared(frame);
      else this.#host.send(frame);
    }
  }

  #refuse(frame: Frame): void {
    if (this.isEnded) return;
    this.#end = 'closed';
    const waiting = this.#letGo();
    this.#host.ended(this);
    this.#abort?.abort();
    this.#host.send(frame);
    for (const work of waiting) {
      if (typeof work === 'function') continue;
      this.#host.unmatched(work);
      this.#host.settled();
    }
  }

  /** Hears and shows nothing more; gives what was still to be done. */
  #letGo(): readonly Work[] {
    this.#hub.topics.unsubscribe(this.topic, this);
    this.#hub.presence.untrackAll(this, this.topic);
    this.#held = undefined;
    const waiting = this.#work ?? [];
    this.#work = undefined;
    return waiting;
  }

  #handle(message: Message): void | Promise<void> {
    if (message.event === 'phx_leave') {
      this.#answer(message, { ok: {} });
      this.end('leave');
      return;
    }
    const result = this.#channel.handle(this.#context, message.event, message.payload);
    if (isPromise(result)) return result.then((reply) => this.#answer(message, reply));
    this.#answer(message, result);
  }

  #answer(message: Message, reply: Reply | void): void {
    if (!reply || message.ref === null) return;
    if (this.isEnded && message.event !== 'phx_leave') return;
    this.#host.send(this.#encodeReply(message, this.#readable(reply)));
  }

  #encodeReply(message: Message, reply: Reply): Frame {
    return 'ok' in reply
      ? encodeReply(this.joinRef, message.ref, this.topic, 'ok', reply.ok)
      : encodeReply(this.joinRef, message.ref, this.topic, 'error', reply.error);
  }

  /** A longpoll client cannot read bytes: it is told so, and does not wait for its timeout. */
  #readable(reply: Reply): Reply {
    const response = 'ok' in reply ? reply.ok : reply.error;
    if (this.view.transport === 'websocket' || !(response instanceof Uint8Array)) return reply;
    return { error: { reason: 'binary over longpoll' } };
  }

  #hold(frame: Frame | SharedFrame, length: number): void {
    (this.#held ??= []).push(frame);
    this.#heldLength += length;
    if (this.#heldLength > this.#hub.limits.maxBufferedBytes) this.#host.overflow();
  }

  #terminate(): void {
    const finish = (): void => this.#finish?.();
    const crashed = (error: unknown): void => {
      this.#hub.log.error({ err: error, topic: this.topic }, 'terminate crashed');
      finish();
    };
    try {
      const running =
        this.#accepted && this.#end
          ? this.#channel.terminate?.(this.#context, this.#end)
          : undefined;
      if (isPromise(running)) running.then(finish, crashed);
      else finish();
    } catch (error) {
      crashed(error);
    }
  }
}
