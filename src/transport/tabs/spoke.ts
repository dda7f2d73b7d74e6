import { CodedError, errorFromWire } from '../../protocol/index.js';
import type { Clock } from '../clock.js';
import type { TopicHandlers, TopicSubscription } from '../transport.js';
import type { Asked, Posted } from './messages.js';

export interface SpokeOptions {
  clock: Clock;
  /** How long the leader may leave a push without an answer, in ms. */
  timeoutMs: number;
  ask(message: Asked): void;
  /** The leader left a push without an answer. */
  onSilence(): void;
}

/** Each tab's side: its own topics and pushes, over whichever tab leads. */
export interface Spoke {
  subscribe(topic: string, handlers: TopicHandlers<unknown>): TopicSubscription;
  /** The same for a topic that the leader has from this tab already, joined or on its way. */
  adopt(topic: string, handlers: TopicHandlers<unknown>, joined: boolean): TopicSubscription;
  /** What is not for a tab that follows is dropped. */
  receive(message: Posted): void;
  /** There is a leader: it is asked for every topic. */
  led(): void;
  /** There is no leader any more, or another one. */
  lost(): void;
}

interface SpokeTopic {
  handlers: TopicHandlers<unknown>;
  joined: boolean;
  /** What came between asking and the join's reply. */
  early: Posted[];
  pushes: Set<number>;
}

export function createSpoke({ clock, timeoutMs, ask, onSilence }: SpokeOptions): Spoke {
  const topics = new Map<string, SpokeTopic>();
  const pushes = new Map<number, { resolve(reply: unknown): void; fail(error: unknown): void }>();
  let leaderKnown = false;
  let lastPush = 0;

  function askFor(topic: string, { handlers }: SpokeTopic): void {
    if (leaderKnown) ask({ type: 'subscribe', topic, payload: handlers.joinPayload() });
  }

  function failPushes(mine: SpokeTopic): void {
    for (const id of mine.pushes) pushes.get(id)?.fail(new CodedError('connection_lost'));
  }

  function lose(mine: SpokeTopic): void {
    const { joined } = mine;
    mine.joined = false;
    mine.early = [];
    failPushes(mine);
    if (joined) mine.handlers.onLost?.();
  }

  /** The topic is known no more; true where it was. */
  function end(topic: string, mine: SpokeTopic): boolean {
    if (topics.get(topic) !== mine) return false;
    topics.delete(topic);
    mine.joined = false;
    failPushes(mine);
    return true;
  }

  function receiveOn(topic: string, mine: SpokeTopic, message: Posted): void {
    const { handlers } = mine;
    if (message.type === 'joined') {
      mine.joined = true;
      handlers.onJoin(message.reply);
      for (const early of mine.early.splice(0)) receiveOn(topic, mine, early);
    } else if (message.type === 'event' || message.type === 'presence') {
      if (topics.get(topic) !== mine) return;
      if (!mine.joined) mine.early.push(message);
      else if (message.type === 'event') handlers.onEvent(message.event, message.payload);
      else handlers.onPresence?.(message.present);
    } else if (message.type === 'lost') {
      lose(mine);
      if (topics.get(topic) === mine) askFor(topic, mine);
    } else if (message.type === 'again') askFor(topic, mine);
    else if (message.type === 'closed') {
      lose(mine);
      if (end(topic, mine)) handlers.onClosed?.();
    } else if (message.type === 'refused') {
      const { code, message: text } = errorFromWire(message.error);
      if (end(topic, mine)) handlers.onRefused(code, text);
    }
  }

  function push<Reply>(
    topic: string,
    mine: SpokeTopic,
    event: string,
    payload: object,
    signal?: AbortSignal,
  ): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      if (!mine.joined || !leaderKnown) return reject(new CodedError('connection_lost'));
      const id = ++lastPush;
      const cancelTimeout = clock.after(timeoutMs, () => {
        fail(new CodedError('timeout'));
        onSilence();
      });
      const settled = (): void => {
        cancelTimeout();
        signal?.removeEventListener('abort', onAbort);
        pushes.delete(id);
        mine.pushes.delete(id);
      };
      const fail = (error: unknown): void => {
        settled();
        reject(error);
      };
      const onAbort = (): void => fail(signal?.reason);
      signal?.addEventListener('abort', onAbort);
      mine.pushes.add(id);
      pushes.set(id, {
        fail,
        resolve(reply) {
          settled();
          resolve(reply as Reply);
        },
      });
      ask({ type: 'push', id, topic, event, payload });
    });
  }

  function adopt(
    topic: string,
    handlers: TopicHandlers<unknown>,
    joined: boolean,
  ): TopicSubscription {
    const mine: SpokeTopic = { handlers, joined, early: [], pushes: new Set() };
    topics.set(topic, mine);
    return {
      get joined() {
        return mine.joined;
      },
      push: (event, payload, options) => push(topic, mine, event, payload, options?.signal),
      leave() {
        if (end(topic, mine) && leaderKnown) ask({ type: 'leave', topic });
      },
    };
  }

  return {
    adopt,
    subscribe(topic, handlers) {
      if (topics.has(topic)) {
        throw new Error(`"${topic}" has a subscription already. Leave it first, or share it.`);
      }
      const subscription = adopt(topic, handlers, false);
      if (leaderKnown) ask({ type: 'subscribe', topic, payload: handlers.joinPayload() });
      return subscription;
    },
    receive(message) {
      if (message.type === 'replied') return pushes.get(message.id)?.resolve(message.reply);
      if (message.type === 'failed')
        return pushes.get(message.id)?.fail(errorFromWire(message.error));
      if (!('topic' in message)) return;
      const mine = topics.get(message.topic);
      if (mine) receiveOn(message.topic, mine, message);
    },
    led() {
      leaderKnown = true;
      for (const [topic, mine] of [...topics]) askFor(topic, mine);
    },
    lost() {
      leaderKnown = false;
      for (const mine of [...topics.values()]) lose(mine);
    },
  };
}
