import type { IncomingMessage } from 'node:http';
import type { Fanout } from './fanout.js';
import type { Limits } from './limits.js';
import type { PresenceState } from './presence.js';

export type TransportName = 'websocket' | 'longpoll';

/** A map (sent as JSON text) or bytes (sent as a binary frame, which longpoll clients never get). */
export type Payload = object;

/** The answer to one push: its status is the key, its response the value. */
export type Reply = { readonly ok: Payload } | { readonly error: Payload };
export type JoinResult = Reply;

/** Why a channel ended. */
export type EndReason =
  | 'leave'
  | 'closed'
  | 'crashed'
  | 'replaced'
  | 'shutdown'
  /** `context.stop()` */
  | 'stopped';

/** One name of a socket, or several. */
export type SocketId = string | readonly string[];

/** The connection that a channel runs on. */
export interface SocketView<Assigns> {
  /** What `connect()` named the socket; `PhoenixServer.disconnect(id)` closes all of such a name. */
  readonly id: SocketId | undefined;
  readonly assigns: Assigns;
  readonly transport: TransportName;
  readonly remoteAddress: string | undefined;
}

/** One joined topic on one socket. After the channel has ended every method does nothing. */
export interface ChannelContext<Assigns> {
  readonly topic: string;
  readonly socket: SocketView<Assigns>;
  /** What the channel remembers between events; gone with it. */
  readonly state: Map<string, unknown>;
  /** Aborted when the channel ends, so that slow work can stop. */
  readonly signal: AbortSignal;
  /** To this client only. Before the join's reply it is held, and sent after it. */
  push(event: string, payload: Payload): void;
  /** To every subscriber of this topic on every node, the sender too. */
  broadcast(event: string, payload: Payload): void;
  broadcastFrom(event: string, payload: Payload): void;
  /** Runs after the ok reply was written and before the first event is handled. */
  afterJoin(hook: () => void | Promise<void>): void;
  /**
   * Shows this channel under `key` in the topic's presence until it ends; a second call replaces
   * the meta. Throws unless the channel is declared with `presence: true`.
   */
  track(key: string, meta: object): void;
  update(key: string, meta: object): void;
  untrack(key: string): void;
  /** Ends the channel after the event at hand was answered; the client does not rejoin. */
  stop(): void;
}

/**
 * What happens on a topic. The events of one joined topic are handled one at a time in their
 * order; different topics and sockets run concurrently.
 */
export interface Channel<Assigns> {
  /** Subscribers are sent `presence_state` after the join and `presence_diff` from then on. */
  readonly presence?: boolean;
  /** A throw answers `{"reason":"join crashed"}`. */
  join(context: ChannelContext<Assigns>, payload: unknown): Promise<JoinResult> | JoinResult;
  /** `payload` is a Buffer for a binary push. A throw ends the channel with `phx_error`. */
  handle(
    context: ChannelContext<Assigns>,
    event: string,
    payload: unknown,
  ): Promise<Reply | void> | Reply | void;
  /** Called once for every channel that had joined, after the event at hand. */
  terminate?(context: ChannelContext<Assigns>, reason: EndReason): void | Promise<void>;
}

export interface ConnectInfo {
  /** The query of the opening request; of a repeated key the last value. */
  readonly params: Record<string, string>;
  readonly authToken: string | undefined;
  readonly request: IncomingMessage;
  readonly transport: TransportName;
}

export type ConnectResult<Assigns> =
  | { readonly ok: true; readonly assigns: Assigns; readonly id?: SocketId | undefined }
  | { readonly ok: false };

export interface Log {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface PhoenixOptions<Assigns> {
  /** The endpoint, for example `/socket`; serves `/socket/websocket` and `/socket/longpoll`. */
  readonly path: string;
  /** Asked only when the request has an Origin. */
  checkOrigin(origin: string, request: IncomingMessage): boolean | Promise<boolean>;
  connect(info: ConnectInfo): ConnectResult<Assigns> | Promise<ConnectResult<Assigns>>;
  /** By exact topic, or by prefix as `room:*`; the longest match wins. */
  readonly channels: Readonly<Record<string, Channel<Assigns>>>;
  /** What joins several nodes; without it this node is alone. */
  readonly fanout?: Fanout;
  readonly limits?: Partial<Limits>;
  readonly log?: Log;
  /** Unique among the nodes of one fan-out; random by default. */
  readonly nodeId?: string;
  /** Signs longpoll session tokens; the same on every node. Random by default. */
  readonly secret?: string;
}

export interface CloseOptions {
  /** 1012 asks clients to come back at once (a restart), 1001 says that the node goes away. */
  readonly code?: 1001 | 1012;
  /** Spreads the closing over this time, so that clients do not all return at once. */
  readonly overMs?: number;
}

export type { PresenceState };
