import { CodedError, errorFromWire } from '../../protocol/index.js';
import type { Clock } from '../clock.js';
import { mayPass } from '../refusal.js';
import type { Connection, GetToken, TopicHandlers, Transport } from '../transport.js';
import type { Link, MemoryNetwork, ServerFrame } from './network.js';

export interface MemoryTransportOptions {
  getToken: GetToken;
  clock: Clock;
  /** Wait before each new try, in ms. */
  reconnectMs?: number;
  /** How long a push waits for its reply, in ms. */
  timeoutMs?: number;
}

interface Topic {
  handlers: TopicHandlers<unknown>;
  joined: boolean;
  joinRef: number;
  pushes: Map<number, { resolve(reply: unknown): void; reject(error: unknown): void }>;
}

/** A client of a memory network, with the behaviour of a real connection. */
export function createMemoryTransport<Caller>(
  network: MemoryNetwork<Caller>,
  { getToken, clock, reconnectMs = 10, timeoutMs = 10_000 }: MemoryTransportOptions,
): Transport {
  const topics = new Map<string, Topic>();
  const listeners = new Set<(connection: Connection) => void>();
  let connection: Connection = { state: 'idle', code: null };
  let link: Link | null = null;
  let attempt: AbortController | null = null;
  let cancelRetry = (): void => undefined;
  let ref = 0;

  function setConnection(next: Connection): void {
    if (next.state === connection.state && next.code === connection.code) return;
    connection = next;
    for (const listener of [...listeners]) listener(next);
  }

  function lose(topic: Topic): void {
    const wasJoined = topic.joined;
    topic.joined = false;
    topic.joinRef = 0;
    for (const push of topic.pushes.values()) push.reject(new CodedError('connection_lost'));
    topic.pushes.clear();
    if (wasJoined) topic.handlers.onLost?.();
  }

  function hangUp(): void {
    attempt?.abort();
    attempt = null;
    cancelRetry();
    link?.close();
    link = null;
    for (const topic of topics.values()) lose(topic);
  }

  function tryLater(): void {
    setConnection({ state: 'reconnecting', code: null });
    cancelRetry = clock.after(reconnectMs, () => void open());
  }

  async function open(): Promise<void> {
    const mine = (attempt = new AbortController());
    try {
      const token = await getToken({ signal: mine.signal });
      if (mine.signal.aborted) return;
      link = network.dial(token, {
        onFrame: receive,
        onCut() {
          hangUp();
          tryLater();
        },
      });
    } catch (error) {
      if (mine.signal.aborted) return;
      const code = error instanceof CodedError ? error.code : 'connection_lost';
      if (mayPass(code)) tryLater();
      else setConnection({ state: 'refused', code });
      return;
    }
    setConnection({ state: 'online', code: null });
    for (const [name, topic] of topics) join(name, topic);
  }

  function join(name: string, topic: Topic): void {
    if (!link) return;
    topic.joinRef = ++ref;
    const payload = topic.handlers.joinPayload();
    link.send({ type: 'join', ref: topic.joinRef, topic: name, payload });
  }

  function joinAnswered(name: string, topic: Topic, frame: ServerFrame & { type: 'reply' }): void {
    if ('ok' in frame.reply) {
      topic.joined = true;
      return topic.handlers.onJoin(frame.reply.ok);
    }
    const error = errorFromWire(frame.reply.error);
    if (mayPass(error.code)) return rejoinLater(name, topic);
    topics.delete(name);
    topic.handlers.onRefused(error.code, error.message);
  }

  function rejoinLater(name: string, topic: Topic): void {
    const present = link;
    clock.after(reconnectMs, () => {
      if (link === present && topics.get(name) === topic && !topic.joined) join(name, topic);
    });
  }

  function receive(frame: ServerFrame): void {
    const topic = topics.get(frame.topic);
    if (!topic) return;
    if (frame.type === 'reply') {
      if (frame.ref === topic.joinRef) return joinAnswered(frame.topic, topic, frame);
      const push = topic.pushes.get(frame.ref);
      if ('ok' in frame.reply) push?.resolve(frame.reply.ok);
      else push?.reject(errorFromWire(frame.reply.error));
      return;
    }
    if (!topic.joined) return;
    if (frame.type === 'event') return topic.handlers.onEvent(frame.event, frame.payload);
    if (frame.type === 'presence') return topic.handlers.onPresence?.(new Map(frame.present));
    if (frame.type === 'closed') topics.delete(frame.topic);
    lose(topic);
    if (frame.type === 'closed') topic.handlers.onClosed?.();
    else rejoinLater(frame.topic, topic);
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
      if (state === 'online' || state === 'connecting') return;
      hangUp();
      setConnection({ state: state === 'reconnecting' ? state : 'connecting', code: null });
      void open();
    },
    disconnect() {
      hangUp();
      setConnection({ state: 'closed', code: null });
    },
    subscribe<Joined>(name: string, handlers: TopicHandlers<Joined>) {
      if (topics.has(name)) {
        throw new Error(`"${name}" has a subscription already. Leave it first, or share it.`);
      }
      const topic: Topic = {
        handlers: handlers as TopicHandlers<unknown>,
        joined: false,
        joinRef: 0,
        pushes: new Map(),
      };
      topics.set(name, topic);
      join(name, topic);
      return {
        get joined() {
          return topic.joined;
        },
        push<Answer>(event: string, payload: object, { signal }: { signal?: AbortSignal } = {}) {
          return new Promise<Answer>((resolve, reject) => {
            if (signal?.aborted) return reject(signal.reason);
            if (!topic.joined || !link) return reject(new CodedError('connection_lost'));
            const number = ++ref;
            const cancelTimeout = clock.after(timeoutMs, () => fail(new CodedError('timeout')));
            const settled = (): void => {
              cancelTimeout();
              signal?.removeEventListener('abort', onAbort);
              topic.pushes.delete(number);
            };
            const fail = (error: unknown): void => {
              settled();
              reject(error);
            };
            const onAbort = (): void => fail(signal?.reason);
            signal?.addEventListener('abort', onAbort);
            topic.pushes.set(number, {
              resolve(reply) {
                settled();
                resolve(reply as Answer);
              },
              reject: fail,
            });
            link.send({ type: 'push', ref: number, topic: name, event, payload });
          });
        },
        leave() {
          if (topics.get(name) !== topic) return;
          topics.delete(name);
          link?.send({ type: 'leave', topic: name });
          topic.joined = false;
          for (const push of topic.pushes.values()) push.reject(new CodedError('connection_lost'));
        },
      };
    },
  };
}
