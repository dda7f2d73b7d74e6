import { Socket } from 'phoenix';
import { CodedError, type ErrorCode } from '../../protocol/index.js';
import { systemClock, type Clock } from '../clock.js';
import { fullJitter, systemRandom, type Random } from '../random.js';
import type { PresenceFold } from '../presence.js';
import { mayPass } from '../refusal.js';
import type { Connection, GetToken, TopicHandlers, Transport } from '../transport.js';
import type { JoinAuth } from './join-auth.js';
import { createPhoenixTopic, type PhoenixTopic } from './phoenix-topic.js';
import { longPolling, type Fallback } from './long-poll.js';
import { pageWake, type Wake } from './wake.js';

/** What `new WebSocket` is; on Node pass that of `ws`. */
export type SocketConstructor = new (url: string, protocols?: string | string[]) => object;

export interface PhoenixTransportOptions {
  /** Address of the socket's endpoint, such as `https://chat.example/socket`. */
  url: string;
  getToken: GetToken;
  /** `join` puts the token into join payloads as `token`, for Phoenix servers before 1.8. */
  auth?: 'token' | 'join';
  /** The page's own WebSocket by default. */
  socket?: SocketConstructor;
  /** Long polling by default; null where there is none. */
  fallback?: Fallback | null;
  wake?: Wake;
  clock?: Clock;
  random?: Random;
  /** How long a join or a push waits for its reply, in ms. */
  timeoutMs?: number;
  /** How long opening the socket may take, in ms. */
  connectTimeoutMs?: number;
  heartbeatMs?: number;
}

export interface PlainTransportOptions extends Omit<PhoenixTransportOptions, 'auth'> {
  /** Tokens go into join payloads. */
  joinAuth?: JoinAuth;
  /** Folds what is told of presence in a topic. */
  createPresence?: () => PresenceFold;
}

/** Longer than any page lives; the longest that timers can be. */
const never = 2 ** 31 - 1;
const backoff = { baseMs: 500, capMs: 30_000 };
/** How long a connection that may have died asleep has to prove that it lives, in ms. */
const proofMs = 5_000;
/** How often a WebSocket fails to open, although the server answers, before the fallback is tried. */
const patience = 3;

/**
 * A connection to a server that speaks Phoenix Channels V2. Phoenix's client frames, joins and
 * keeps the heartbeat; reconnecting is done here, since each try awaits a fresh token. Presence is
 * an event like any other unless something is given that folds it: visitors are told none.
 */
export function createPlainTransport({
  url,
  getToken,
  joinAuth,
  socket: WebSocket,
  fallback = longPolling(),
  wake = pageWake(),
  clock = systemClock,
  random = systemRandom,
  timeoutMs = 10_000,
  connectTimeoutMs = 15_000,
  heartbeatMs = 30_000,
  createPresence,
}: PlainTransportOptions): Transport {
  const topics = new Map<string, PhoenixTopic>();
  const listeners = new Set<(connection: Connection) => void>();
  /** On Node without one of its own there is nothing to go back to. */
  const webSocket = WebSocket ?? (globalThis as { WebSocket?: SocketConstructor }).WebSocket;
  let connection: Connection = { state: 'idle', code: null };
  let socket: Socket | null = null;
  let token = '';
  let tries = 0;
  let attempt: AbortController | null = null;
  let cancelTimer: (() => void) | null = null;
  let stopWaking: (() => void) | null = null;
  /** Between telling the socket to connect and its loss. */
  let dialled = false;
  /** WebSockets that did not open since one did. */
  let failures = 0;
  let polling = false;
  /** Polling opened once: it stays, also where the visit has no storage to remember it. */
  let polled = false;
  let opened = false;

  function setConnection(state: Connection['state'], code: ErrorCode | null = null): void {
    if (state === connection.state && code === connection.code) return;
    connection = { state, code };
    for (const listener of [...listeners]) listener(connection);
  }

  function timer(delayMs: number, run: () => void): void {
    cancelTimer?.();
    cancelTimer = clock.after(delayMs, () => {
      cancelTimer = null;
      run();
    });
  }

  function createSocket(): Socket {
    const made = new Socket(url.replace(/^http/, 'ws'), {
      ...(WebSocket ? { transport: WebSocket } : {}),
      // The types say string; phoenix calls a function before each connect.
      ...(joinAuth ? {} : { authToken: (() => token) as unknown as string }),
      timeout: timeoutMs,
      heartbeatIntervalMs: heartbeatMs,
      // Phoenix asks this once the connection is lost, whatever way it noticed.
      reconnectAfterMs() {
        queueMicrotask(lose);
        return never;
      },
      // Nothing of a host page is touched.
      sessionStorage: {},
    });
    made.onOpen(() => {
      cancelTimer?.();
      cancelTimer = null;
      opened = true;
      failures = 0;
      if (polling) {
        polled = true;
        fallback?.remember();
      }
      setConnection('online');
      for (const topic of [...topics.values()]) topic.open();
    });
    made.onClose(lose);
    return made;
  }

  async function open(): Promise<void> {
    const mine = (attempt = new AbortController());
    try {
      token = await getToken({ signal: mine.signal });
    } catch (error) {
      if (mine.signal.aborted) return;
      const code = error instanceof CodedError ? error.code : 'connection_lost';
      if (mayPass(code)) return tryLater();
      return stop('refused', code);
    }
    if (mine.signal.aborted) return;
    socket ??= createSocket();
    await chooseWay(socket);
    if (mine.signal.aborted) return;
    dialled = true;
    opened = false;
    timer(connectTimeoutMs, () => {
      // Something on the way holds it: to wait as long again is no use.
      failures += patience;
      lose();
    });
    socket.connect();
  }

  async function chooseWay(over: Socket): Promise<void> {
    const blocked = failures >= patience || polled || fallback?.remembered;
    if (!fallback || polling === blocked) return;
    const way = blocked ? await fallback.load().catch(() => null) : webSocket;
    if (!way) return;
    polling = !polling;
    // A plain property of phoenix's socket, which it reads at each connect.
    Object.assign(over, { transport: way });
  }

  function tryLater(): void {
    setConnection('reconnecting');
    timer(fullJitter(tries++, random, backoff), () => void open());
  }

  function hangUp(): void {
    attempt?.abort();
    attempt = null;
    cancelTimer?.();
    cancelTimer = null;
    dialled = false;
    socket?.disconnect();
  }

  function lose(): void {
    if (!dialled) return;
    if (!opened) failures = polling ? 0 : failures + 1;
    hangUp();
    tryLater();
  }

  function stop(state: 'refused' | 'closed', code: ErrorCode | null = null): void {
    hangUp();
    stopWaking?.();
    stopWaking = null;
    setConnection(state, code);
  }

  /** Now is a good moment: connects at once, or has the connection prove that it lives. */
  function onWake(): void {
    if (connection.state === 'online') {
      if (socket?.ping(() => cancelTimer?.())) return timer(proofMs, lose);
      lose();
    }
    if (dialled || connection.state !== 'reconnecting') return;
    hangUp();
    void open();
  }

  function onJoinRefused({ code }: CodedError): boolean {
    const then = joinAuth?.onRefused(code);
    if (then === 'renew') lose();
    if (then === 'refuse') stop('refused', code);
    return !!then;
  }

  return {
    get connection() {
      return connection;
    },
    onConnection(listener) {
      listeners.add(listener);
      listener(connection);
      return () => listeners.delete(listener);
    },
    connect() {
      const { state } = connection;
      if (dialled || state === 'connecting') return;
      hangUp();
      tries = 0;
      stopWaking ??= wake(onWake);
      setConnection(state === 'reconnecting' ? state : 'connecting');
      void open();
    },
    disconnect: () => stop('closed'),
    subscribe<Joined>(name: string, handlers: TopicHandlers<Joined>) {
      if (topics.has(name)) {
        throw new Error(`"${name}" has a subscription already. Leave it first, or share it.`);
      }
      socket ??= createSocket();
      const topic = createPhoenixTopic({
        socket,
        topic: name,
        handlers: handlers as TopicHandlers<unknown>,
        presence: createPresence?.() ?? null,
        // A server that takes connections and drops them before a join is no success.
        onJoined: () => (tries = 0),
        timeoutMs,
        random,
        joinExtra: () => joinAuth?.payload(token),
        onEnd: () => topics.get(name) === topic && topics.delete(name),
        onJoinRefused,
      });
      topics.set(name, topic);
      if (connection.state === 'online') topic.open();
      return topic;
    },
  };
}
