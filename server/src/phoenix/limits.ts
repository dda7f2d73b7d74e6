/** What one client may cost. Sizes are bytes, times milliseconds. */
export interface Limits {
  /** A larger frame closes the socket. */
  readonly maxFrameBytes: number;
  readonly maxChannelsPerSocket: number;
  /** A WebSocket that was silent for so long is closed; clients send a heartbeat every 30 s. */
  readonly idleTimeoutMs: number;
  /** How much may wait for a slow reader before it is cut off. */
  readonly maxBufferedBytes: number;
  /** How many events may wait to be handled before reading from the client pauses. */
  readonly maxPendingFramesPerSocket: number;
  /** How long `checkOrigin` and `connect` may take together. */
  readonly connectTimeoutMs: number;
  /** How long the next join of a topic, and the server's close, wait for an ended channel. */
  readonly terminateTimeoutMs: number;
  /** How long a poll waits for messages. */
  readonly longpollWindowMs: number;
  /** How long a session lives without a poll. */
  readonly longpollSessionMs: number;
  readonly longpollMaxLines: number;
  readonly longpollMaxBodyBytes: number;
  /** How long another node may take to say that it holds a session. */
  readonly longpollRelayMs: number;
  /** How often a node tells the others that it lives; after three silent times it is gone. */
  readonly presenceBeatMs: number;
}

export const defaultLimits: Limits = {
  maxFrameBytes: 262_144,
  maxChannelsPerSocket: 100,
  idleTimeoutMs: 60_000,
  maxBufferedBytes: 4_194_304,
  maxPendingFramesPerSocket: 256,
  connectTimeoutMs: 10_000,
  terminateTimeoutMs: 5_000,
  longpollWindowMs: 10_000,
  longpollSessionMs: 15_000,
  longpollMaxLines: 100,
  longpollMaxBodyBytes: 1_048_576,
  longpollRelayMs: 2_000,
  presenceBeatMs: 5_000,
};
