import { CodedError, errorFromWire } from '../../protocol/index.js';
import type { PresenceFold } from '../presence.js';
import { systemClock } from '../clock.js';
import { fullJitter, type Random } from '../random.js';
import { mayPass } from '../refusal.js';
import type { TopicHandlers, TopicSubscription } from '../transport.js';
import type { Frame, Wire } from './wire.js';

export interface PhoenixTopicOptions {
  wire: Wire;
  topic: string;
  handlers: TopicHandlers<unknown>;
  /** Null where presence is an event like any other. */
  presence: PresenceFold | null;
  timeoutMs: number;
  random: Random;
  /** Put into each join's payload beside what the handlers give. */
  joinExtra(): object;
  onJoined(): void;
  /** The topic is no longer known: left, refused or closed. */
  onEnd(): void;
  /** A join was refused. True where the connection itself has to answer for it. */
  onJoinRefused(error: CodedError): boolean;
}

export interface PhoenixTopic extends TopicSubscription {
  /** Joins: the connection is there. */
  open(): void;
  /** The connection is gone. */
  lose(): void;
  receive(frame: Frame): void;
}

type Answered = (status: string, response: unknown) => void;

/** The connection is there: somebody looks at an empty page until the topic is too. */
const backoff = { baseMs: 500, capMs: 10_000 };

/** One topic of a connection, which rejoins by itself while that is there. */
export function createPhoenixTopic(options: PhoenixTopicOptions): PhoenixTopic {
  const { wire, topic, handlers, presence, timeoutMs, random } = options;
  const pushes = new Set<(error: CodedError) => void>();
  /** By ref, what waits for a reply. */
  const replies = new Map<string | null, Answered>();
  let joinRef: string | null = null;
  let joined = false;
  let left = false;
  /** Events that came between the join and its reply. */
  let early: (() => void)[] = [];
  /** Joins in a row that had to be tried again. */
  let tries = 0;
  /** Ends the wait for the reply to a join, or for the next try. */
  let cancel = (): void => undefined;

  /** Returns how to wait no longer. */
  function ask(ref: string, event: string, payload: unknown, answered: Answered): () => void {
    const forget = (): void => {
      cancelLimit();
      replies.delete(ref);
    };
    const answer: Answered = (status, response) => {
      forget();
      answered(status, response);
    };
    const cancelLimit = systemClock.after(timeoutMs, () => answer('timeout', null));
    replies.set(ref, answer);
    wire.send(joinRef, ref, topic, event, payload);
    return forget;
  }

  function join(): void {
    cancel();
    joinRef = wire.nextRef();
    const payload = { ...handlers.joinPayload(), ...options.joinExtra() };
    cancel = ask(joinRef, 'phx_join', payload, (status, response) => {
      if (status === 'error') return onRefused(response);
      if (status === 'timeout') {
        tellLeft();
        return rejoin();
      }
      joined = true;
      tries = 0;
      options.onJoined();
      handlers.onJoin(response);
      for (const take of early.splice(0)) take();
    });
  }

  /** `told`: when the server says to come back, in ms. */
  function rejoin(told?: number): void {
    cancel();
    if (!wire.open) return;
    const delayMs =
      told === undefined
        ? fullJitter(tries + 1, random, backoff)
        : told + fullJitter(0, random, backoff);
    cancel = systemClock.after(delayMs, () => {
      tries++;
      join();
    });
  }

  function tellLeft(): void {
    if (joinRef !== null) wire.send(joinRef, wire.nextRef(), topic, 'phx_leave', {});
    joinRef = null;
  }

  function lose(): void {
    const wasJoined = joined;
    joined = false;
    early = [];
    cancel();
    presence?.clear();
    for (const fail of [...pushes]) fail(new CodedError('connection_lost'));
    if (wasJoined && !left) handlers.onLost?.();
  }

  function end(): void {
    left = true;
    tellLeft();
    options.onEnd();
  }

  function take(event: string, payload: unknown): void {
    if (!joined) return void early.push(() => take(event, payload));
    if (left) return;
    const present = presence?.take(event, payload);
    if (present) handlers.onPresence?.(present);
    else handlers.onEvent(event, payload);
  }

  function onRefused(response: unknown): void {
    early = [];
    const error = errorFromWire(response);
    if (options.onJoinRefused(error)) return;
    if (mayPass(error.code)) return rejoin(error.retryAfterMs);
    joinRef = null;
    end();
    handlers.onRefused(error.code, error.message);
  }

  return {
    get joined() {
      return joined;
    },
    open() {
      tries = 0;
      if (!left) join();
    },
    lose,
    receive([of, ref, , event, payload]) {
      // What belongs to an earlier join is over.
      if (left || (of !== null && of !== joinRef)) return;
      if (event === 'phx_reply') {
        const { status, response } = payload as { status: string; response: unknown };
        replies.get(ref)?.(status, response);
      } else if (event === 'phx_error') {
        lose();
        rejoin();
      } else if (event === 'phx_close') {
        left = true;
        lose();
        options.onEnd();
        handlers.onClosed?.();
      } else take(event, payload);
    },
    push<Reply>(event: string, payload: object, { signal }: { signal?: AbortSignal } = {}) {
      return new Promise<Reply>((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        if (!joined) return reject(new CodedError('connection_lost'));
        const settle = (): void => {
          forget();
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
        const forget = ask(wire.nextRef(), event, payload, (status, response) => {
          if (status === 'ok') {
            settle();
            resolve(response as Reply);
          } else fail(status === 'timeout' ? new CodedError('timeout') : pushRefusal(response));
        });
      });
    },
    leave() {
      if (left) return;
      end();
      lose();
    },
  };
}

function pushRefusal(response: unknown): CodedError {
  const { reason } = (response ?? { reason: 'unmatched topic' }) as { reason?: unknown };
  // The server forgot the channel; the push was not handled, and a rejoin follows.
  if (reason === 'unmatched topic') return new CodedError('connection_lost');
  return errorFromWire(response);
}
