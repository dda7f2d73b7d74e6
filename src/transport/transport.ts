import type { ErrorCode } from '../protocol/index.js';

/**
 * The states of a connection.
 * - `idle`: nobody asked to connect yet.
 * - `connecting`: the first connection is being made.
 * - `online`: connected; joined topics are live.
 * - `reconnecting`: the connection broke and is tried again by itself.
 * - `refused`: the server said no for good (wrong token, banned); no more tries until `connect()`.
 * - `closed`: `disconnect()` was called.
 */
export type ConnectionState =
  'idle' | 'connecting' | 'online' | 'reconnecting' | 'refused' | 'closed';

export interface Connection {
  state: ConnectionState;
  /** Why it was refused; null in every other state. */
  code: ErrorCode | null;
}

/** Who is on a topic: the metas that each key tracks. */
export type PresenceKeys = ReadonlyMap<string, readonly Record<string, unknown>[]>;

export interface TopicHandlers<Joined> {
  /** Called before each join and rejoin; must read the state of that moment (cursors). */
  joinPayload(): object;
  /** After each successful join, before any push that follows it. */
  onJoin(reply: Joined): void;
  /** A push of the server, in order. */
  onEvent(event: string, payload: unknown): void;
  /** The join was refused for good; the topic is not tried again. */
  onRefused(code: ErrorCode, message: string): void;
  /** The topic is no longer joined: connection lost, or crashed; a rejoin follows by itself. */
  onLost?(): void;
  /** The server closed the topic normally; it is not joined again. */
  onClosed?(): void;
  onPresence?(present: PresenceKeys): void;
}

export interface TopicSubscription {
  /** True between a successful join and the next loss. */
  readonly joined: boolean;
  /**
   * Sends one event and resolves with the ok reply. Rejects with a `CodedError`: the server's
   * refusal, `connection_lost` when not joined or cut before the reply, `timeout`. Never resends.
   */
  push<Reply>(event: string, payload: object, options?: { signal?: AbortSignal }): Promise<Reply>;
  leave(): void;
}

/**
 * The tabs of one identity in one browser profile, which share a connection. One of them leads: it
 * does what is to be done once.
 */
export interface Tabs {
  readonly leading: boolean;
  /** Calls when another tab leads, or this one; returns the way out. */
  onLeading(listener: (leading: boolean) => void): () => void;
  /** Tells all other tabs something that a structured clone can hold. */
  say(message: object): void;
  onHeard(listener: (message: object) => void): () => void;
}

/**
 * The way to a server. Network trouble is state, never an exception; programmer errors throw.
 * Every implementation passes `transport.contract.ts`.
 */
export interface Transport {
  readonly connection: Connection;
  /** Calls at once with the present state, then on every change; returns the way out. */
  onConnection(listener: (connection: Connection) => void): () => void;
  /** Starts, or tries again after `refused` or `closed`; at once when waiting to reconnect. */
  connect(): void;
  /** Ends the connection; topics stay known and are joined again after `connect()`. */
  disconnect(): void;
  /** Missing where a tab shares its connection with no other. */
  readonly tabs?: Tabs;
  /** Joins a topic as soon as there is a connection, and again after each break. One subscription per topic. */
  subscribe<Joined>(topic: string, handlers: TopicHandlers<Joined>): TopicSubscription;
}

/** A short-lived channel token; `getToken` is awaited before each connect. A coded refusal ends in `refused`. */
export type GetToken = (options: { signal: AbortSignal }) => Promise<string>;
