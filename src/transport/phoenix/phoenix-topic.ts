import type { Channel, Socket } from 'phoenix';
import { CodedError, errorFromWire } from '../../protocol/index.js';
import type { PresenceFold } from '../presence.js';
import { fullJitter, type Random } from '../random.js';
import { mayPass } from '../refusal.js';
import type { TopicHandlers, TopicSubscription } from '../transport.js';

export interface PhoenixTopicOptions {
  socket: Socket;
  topic: string;
  handlers: TopicHandlers<unknown>;
  /** Null where presence is an event like any other. */
  presence: PresenceFold | null;
  timeoutMs: number;
  random: Random;
  /** Put into each join's payload beside what the handlers give. */
  joinExtra(): object | undefined;
  onJoined(): void;
  /** The topic is no longer known: left, refused or closed. */
  onEnd(): void;
  /** A join was refused. True where the connection itself has to answer for it. */
  onJoinRefused(error: CodedError): boolean;
}

export interface PhoenixTopic extends TopicSubscription {
  /** Joins over the socket that has just opened, if it is the first time. */
  open(): void;
}

/** Phoenix's own events, and the names that its client makes up. */
const internal = /^(phx_|chan_reply_)/;
/** The connection is there: somebody looks at an empty page until the topic is too. */
const backoff = { baseMs: 500, capMs: 10_000 };

/** One topic over phoenix's channel, which rejoins by itself. */
export function createPhoenixTopic(options: PhoenixTopicOptions): PhoenixTopic {
  const { socket, topic, handlers, presence, timeoutMs, random } = options;
  const pushes = new Set<(error: CodedError) => void>();
  let channel: Channel | null = null;
  let joined = false;
  let left = false;
  /** Events that came between the join and its reply. */
  let early: (() => void)[] = [];
  /** When the server says to come back, in ms from the event at hand. */
  let told: number | undefined;

  function lose(): void {
    const wasJoined = joined;
    joined = false;
    early = [];
    presence?.clear();
    for (const fail of [...pushes]) fail(new CodedError('connection_lost'));
    if (wasJoined && !left) handlers.onLost?.();
  }

  function end(): void {
    left = true;
    channel?.leave();
    options.onEnd();
  }

  function receive(event: string, payload: unknown): void {
    if (!joined) return void early.push(() => receive(event, payload));
    if (left) return;
    const present = presence?.take(event, payload);
    if (present) handlers.onPresence?.(present);
    else handlers.onEvent(event, payload);
  }

  function rejoinAfterMs(tries: number): number {
    return told === undefined
      ? fullJitter(tries, random, backoff)
      : told + fullJitter(0, random, backoff);
  }

  function onRefused(response: unknown): void {
    early = [];
    const error = errorFromWire(response);
    if (options.onJoinRefused(error) || mayPass(error.code)) return;
    end();
    handlers.onRefused(error.code, error.message);
  }

  return {
    get joined() {
      return joined;
    },
    open() {
      if (channel || left) return;
      // A plain property of phoenix's socket, which each channel takes as it is made.
      Object.assign(socket, { rejoinAfterMs });
      const opened = (channel = socket.channel(topic, () => ({
        ...handlers.joinPayload(),
        ...options.joinExtra(),
      })));
      opened.onMessage = (event: string | null, payload: unknown): unknown => {
        // The time limit of a join that was given up comes without a name.
        if (event === null) return payload;
        told = retryAfterMs(payload);
        if (!internal.test(event)) receive(event, payload);
        return payload;
      };
      opened.onError(lose);
      opened.onClose(() => {
        if (left) return;
        left = true;
        lose();
        options.onEnd();
        handlers.onClosed?.();
      });
      opened
        .join(timeoutMs)
        .receive('ok', (reply: unknown) => {
          if (left) return;
          joined = true;
          options.onJoined();
          handlers.onJoin(reply);
          for (const take of early.splice(0)) take();
        })
        .receive('error', onRefused);
    },
    push<Reply>(event: string, payload: object, { signal }: { signal?: AbortSignal } = {}) {
      return new Promise<Reply>((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        if (!joined || !channel) return reject(new CodedError('connection_lost'));
        const settle = (): void => {
          pushes.delete(fail);
          signal?.removeEventListener('abort', onAbort);
        };
        const fail = (error: unknown): void => {
          settle();
          reject(error);
        };
        const onAbort = (): void => fail(signal?.reason);
        signal?.addEventListener('abort', onAbort);
        pushes.add(fail);
        channel
          .push(event, payload, timeoutMs)
          .receive('ok', (reply: Reply) => {
            settle();
            resolve(reply);
          })
          .receive('error', (response: unknown) => fail(pushRefusal(response)))
          .receive('timeout', () => fail(new CodedError('timeout')));
      });
    },
    leave() {
      if (left) return;
      end();
      lose();
    },
  };
}

function retryAfterMs(payload: unknown): number | undefined {
  const { status, response } = (payload ?? {}) as { status?: unknown; response?: unknown };
  return status === 'error' ? errorFromWire(response).retryAfterMs : undefined;
}

function pushRefusal(response: unknown): CodedError {
  const { reason } = (response ?? { reason: 'unmatched topic' }) as { reason?: unknown };
  // The server forgot the channel; the push was not handled, and a rejoin follows.
  if (reason === 'unmatched topic') return new CodedError('connection_lost');
  return errorFromWire(response);
}
