import { ChannelProcess, type ChannelHost, type Hub } from './channel-process.js';
import { decodeBinary, decodeText, encodeReply, type Frame, type Message } from './frame.js';
import { within } from './maybe-promise.js';
import type { Routes } from './routes.js';
import type { SharedFrame } from './shared-frame.js';
import type { Channel, SocketId, SocketView, TransportName } from './types.js';

/** What carries a socket's frames. */
export interface Connection {
  readonly transport: TransportName;
  readonly remoteAddress: string | undefined;
  send(frame: Frame): void;
  sendShared(frame: SharedFrame): void;
  /** Stops reading from the client, until `resume`. */
  pause(): void;
  resume(): void;
  /** Ends the connection; `PhoenixSocket.lost` has been called before. */
  close(code: number): void;
}

/** What the application knows of a client that it accepted. */
export interface Accepted<Assigns> {
  readonly assigns: Assigns;
  readonly id?: SocketId | undefined;
}

/** What the server does with a client whose handshake was accepted. */
export type Accept<Assigns> = (
  connection: Connection,
  accepted: Accepted<Assigns>,
) => PhoenixSocket<Assigns>;

/** What all sockets of a server share. */
export interface Endpoint<Assigns> {
  readonly hub: Hub;
  readonly routes: Routes<Channel<Assigns>>;
  dismiss(socket: PhoenixSocket<Assigns>): void;
}

/** A frame that no client of the protocol sends. */
export const CLOSE_INVALID = 1007;
export const CLOSE_GOING_AWAY = 1001;

/** One connected client: takes its frames apart and hands them to its channels. */
export class PhoenixSocket<Assigns> implements ChannelHost<Assigns> {
  readonly view: SocketView<Assigns>;
  readonly #endpoint: Endpoint<Assigns>;
  readonly #connection: Connection;
  readonly #channels = new Map<string, ChannelProcess<Assigns>>();
  /** Ended channels that are not finished: the next join of their topic waits for them. */
  #finishing: Map<string, Promise<void>> | undefined;
  /** Who waits for room, see `ready`. */
  #waiting: (() => void)[] | undefined;
  #pending = 0;
  #paused = false;
  #lost = false;

  constructor(
    endpoint: Endpoint<Assigns>,
    connection: Connection,
    { assigns, id }: Accepted<Assigns>,
  ) {
    this.#endpoint = endpoint;
    this.#connection = connection;
    const { transport, remoteAddress } = connection;
    this.view = { id, assigns, transport, remoteAddress };
  }

  get isLost(): boolean {
    return this.#lost;
  }

  /** Handles one frame. A frame that is none closes the socket; nothing is ever thrown. */
  receive(frame: Frame): void {
    if (this.#lost) return;
    let message: Message;
    try {
      message = typeof frame === 'string' ? decodeText(frame) : decodeBinary(frame);
    } catch (error) {
      this.#endpoint.hub.log.warn({ err: error }, 'invalid frame');
      this.close(CLOSE_INVALID);
      return;
    }
    this.#dispatch(message);
  }

  /** Resolves when the client may send more; never rejects. */
  ready(): Promise<void> {
    if (!this.#paused || this.#lost) return Promise.resolve();
    return new Promise((resolve) => (this.#waiting ??= []).push(resolve));
  }

  /** Ends the channels and closes the connection. */
  close(code: number): void {
    if (this.#lost) return;
    this.lost(code === CLOSE_INVALID ? 'closed' : 'shutdown');
    this.#connection.close(code);
  }

  /** The connection is gone. */
  lost(reason: 'closed' | 'shutdown' = 'closed'): void {
    if (this.#lost) return;
    this.#lost = true;
    for (const channel of this.#channels.values()) channel.end(reason);
    this.#wake();
    this.#endpoint.dismiss(this);
  }

  /**
   * Resolves when the ended channels are finished, or after the time allowed for that. Undefined
   * when all of them are.
   */
  finished(): Promise<void> | undefined {
    if (!this.#finishing) return undefined;
    const all = Promise.all(this.#finishing.values());
    return within(this.#endpoint.hub.limits.terminateTimeoutMs, all);
  }

  send(frame: Frame): void {
    if (!this.#lost) this.#connection.send(frame);
  }

  sendShared(frame: SharedFrame): void {
    if (!this.#lost) this.#connection.sendShared(frame);
  }

  settled(): void {
    this.#pending--;
    if (this.#paused && this.#pending <= this.#endpoint.hub.limits.maxPendingFramesPerSocket / 2) {
      this.#paused = false;
      this.#connection.resume();
      this.#wake();
    }
  }

  unmatched({ joinRef, ref, topic, event }: Message): void {
    if (ref === null) return;
    this.send(
      event === 'phx_leave'
        ? encodeReply(joinRef, ref, topic, 'ok', {})
        : encodeReply(null, ref, topic, 'error', { reason: 'unmatched topic' }),
    );
  }

  ended(channel: ChannelProcess<Assigns>): void {
    const { topic, finished } = channel;
    if (this.#channels.get(topic) === channel) this.#channels.delete(topic);
    if (!finished) return;
    const finishing = (this.#finishing ??= new Map());
    finishing.set(topic, finished);
    void finished.then(() => {
      if (finishing.get(topic) === finished) finishing.delete(topic);
    });
  }

  overflow(): void {
    this.#endpoint.hub.log.warn({ id: this.view.id }, 'a slow reader was cut off');
    this.close(CLOSE_GOING_AWAY);
  }

  #dispatch(message: Message): void {
    const { ref, topic, event, joinRef } = message;
    if (topic === 'phoenix' && event === 'heartbeat') {
      this.send(encodeReply(null, ref, topic, 'ok', {}));
      return;
    }
    if (event === 'phx_join') {
      this.#join(message);
      return;
    }
    const channel = this.#channels.get(topic);
    if (!channel) this.unmatched(message);
    else if (joinRef === null || String(joinRef) === String(channel.joinRef)) {
      this.#hand(channel, message);
    }
  }

  #join(message: Message): void {
    const { topic, ref, joinRef } = message;
    const channel = this.#endpoint.routes.match(topic);
    if (!channel) {
      this.unmatched(message);
      return;
    }
    if (joinRef === null) {
      this.send(encodeReply(null, ref, topic, 'error', { reason: 'join_ref missing' }));
      return;
    }
    this.#channels.get(topic)?.end('replaced');
    if (this.#channels.size >= this.#endpoint.hub.limits.maxChannelsPerSocket) {
      const reason = { reason: 'too many channels joined' };
      this.send(encodeReply(joinRef, ref, topic, 'error', reason));
      return;
    }
    const process = new ChannelProcess(this.#endpoint.hub, this, channel, topic, joinRef);
    this.#channels.set(topic, process);
    process.start(message, this.#finishing?.get(topic));
  }

  #hand(channel: ChannelProcess<Assigns>, message: Message): void {
    this.#pending++;
    channel.receive(message);
    if (!this.#paused && this.#pending >= this.#endpoint.hub.limits.maxPendingFramesPerSocket) {
      this.#paused = true;
      this.#connection.pause();
    }
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) for (const resolve of waiting) resolve();
  }
}
