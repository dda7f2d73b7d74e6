import { CodedError, events, wireOf } from '../../protocol/index.js';
import type { Clock } from '../clock.js';
import { fullJitter, type Random } from '../random.js';
import { mayPass } from '../refusal.js';
import type { PresenceKeys, TopicHandlers, TopicSubscription, Transport } from '../transport.js';
import type { DirectTopic } from './direct.js';
import type { Asked, Posted, Tell } from './messages.js';

export interface HubOptions {
  /** This tab's own id. */
  self: string;
  transport: Transport;
  clock: Clock;
  random: Random;
  tell: Tell;
  visible(): boolean;
  /** Calls once that tab is no more; returns the way out. */
  watch(tab: string, gone: () => void): () => void;
}

/** The leading tab's side: one subscription per topic, for all tabs that asked for it. */
export interface Hub {
  /** Takes over a topic that this tab had to itself, as it is: joined, or on its way. */
  adopt(topic: DirectTopic): void;
  /** What is not for a leader is dropped. */
  receive(message: Posted, from: string): void;
  /** Tells all tabs who leads, and how the connection is. */
  announce(): void;
  close(): void;
}

/** One tab's part in a topic. */
interface Seat {
  /** What this tab would join with. */
  payload: object;
  /** False once the topic was lost: the tab has moved on since it gave the payload. */
  fresh: boolean;
  /** A join was tried with it. */
  used: boolean;
}

interface HubTopic {
  subscription: TopicSubscription | null;
  seats: Map<string, Seat>;
  /** The payload of the last join, as text. */
  asked: string;
  present: PresenceKeys | null;
}

const patience = { baseMs: 1_000, capMs: 30_000 };

export function createHub(options: HubOptions): Hub {
  const { self, transport, clock, random, tell } = options;
  const topics = new Map<string, HubTopic>();
  const tabs = new Map<string, () => void>();
  let closed = false;
  let inFlight = 0;
  /** The visible tab that leads once nothing is in flight. */
  let heir: string | null = null;

  /** Whom to tell what all tabs of a topic are told: the channel is spared where nobody listens. */
  function audience({ seats }: HubTopic): string | undefined {
    return seats.size === 1 && seats.has(self) ? self : undefined;
  }

  function open(topic: string, tab: string, seat: Seat): void {
    const mine: HubTopic = {
      subscription: null,
      seats: new Map([[tab, seat]]),
      asked: '',
      present: null,
    };
    topics.set(topic, mine);
    mine.subscription = transport.subscribe(topic, handlersOf(topic, mine));
  }

  function handlersOf(topic: string, mine: HubTopic): TopicHandlers<unknown> {
    return {
      joinPayload() {
        const [tab, seat] = firstToJoin(mine);
        if (seat.used) tell({ type: 'again', topic }, tab);
        const { payload } = mine.seats.get(tab) ?? seat;
        seat.used = true;
        mine.asked = JSON.stringify(payload);
        return payload;
      },
      onJoin(reply) {
        mine.present = null;
        for (const [tab, seat] of [...mine.seats]) {
          if (!seat.fresh) continue;
          if (JSON.stringify(seat.payload) === mine.asked) welcome(topic, mine, tab, reply);
          else snapshot(topic, mine, tab, seat);
        }
      },
      onEvent: (event, payload) => tell({ type: 'event', topic, event, payload }, audience(mine)),
      onPresence(present) {
        mine.present = present;
        tell({ type: 'presence', topic, present }, audience(mine));
      },
      onLost() {
        for (const seat of mine.seats.values()) seat.fresh = false;
        tell({ type: 'lost', topic }, audience(mine));
      },
      onRefused(code, message) {
        topics.delete(topic);
        tell({ type: 'refused', topic, error: wireOf(new CodedError(code, { message })) });
      },
      onClosed() {
        topics.delete(topic);
        tell({ type: 'closed', topic });
      },
    };
  }

  function firstToJoin({ seats }: HubTopic): [string, Seat] {
    const all = [...seats];
    const first = all.find(([, { fresh }]) => fresh) ?? all[0];
    if (!first) throw new Error('A topic without a tab is left, so that it cannot be joined.');
    return first;
  }

  function welcome(topic: string, { present }: HubTopic, tab: string, reply: unknown): void {
    tell({ type: 'joined', topic, reply }, tab);
    if (present) tell({ type: 'presence', topic, present }, tab);
  }

  /** The reply that a tab would get from a join of its own. */
  function snapshot(topic: string, mine: HubTopic, tab: string, seat: Seat, tries = 0): void {
    const current = (): boolean =>
      !closed && seat.fresh && topics.get(topic) === mine && mine.seats.get(tab) === seat;
    mine.subscription?.push(events.snapshotGet, seat.payload).then(
      (reply) => {
        if (current()) welcome(topic, mine, tab, reply);
      },
      (reason: unknown) => {
        const error = reason instanceof CodedError ? reason : new CodedError('internal');
        // After a lost connection the next join answers.
        if (!current() || error.code === 'connection_lost') return;
        if (mayPass(error.code)) {
          const delay = (error.retryAfterMs ?? 0) + fullJitter(tries, random, patience);
          clock.after(delay, () => {
            if (current()) snapshot(topic, mine, tab, seat, tries + 1);
          });
          return;
        }
        leave(topic, tab);
        tell({ type: 'refused', topic, error: wireOf(error) }, tab);
      },
    );
  }

  function subscribe(topic: string, payload: object, tab: string): void {
    const seat: Seat = { payload, fresh: true, used: false };
    const known = topics.get(topic);
    if (!known) return open(topic, tab, seat);
    known.seats.set(tab, seat);
    if (known.subscription?.joined) snapshot(topic, known, tab, seat);
  }

  function leave(topic: string, tab: string): void {
    const known = topics.get(topic);
    if (!known?.seats.delete(tab) || known.seats.size > 0) return;
    topics.delete(topic);
    known.subscription?.leave();
  }

  async function push({ id, topic, event, payload }: Asked & { type: 'push' }, tab: string) {
    inFlight++;
    try {
      const { subscription = null } = topics.get(topic) ?? {};
      if (!subscription) throw new CodedError('connection_lost');
      tell({ type: 'replied', id, reply: await subscription.push(event, payload) }, tab);
    } catch (reason) {
      const error = reason instanceof CodedError ? reason : new CodedError('internal');
      tell({ type: 'failed', id, error: wireOf(error) }, tab);
    }
    inFlight--;
    handOver();
  }

  function handOver(): void {
    if (closed || heir === null || inFlight > 0) return;
    if (!options.visible()) tell({ type: 'yield' }, heir);
    heir = null;
  }

  function drop(tab: string): void {
    tabs.get(tab)?.();
    tabs.delete(tab);
    for (const topic of [...topics.keys()]) leave(topic, tab);
  }

  function lead(): void {
    tell({ type: 'lead', connection: transport.connection, visible: options.visible() });
  }

  return {
    adopt({ topic, handlers, called, subscription, present }) {
      const seat: Seat = {
        // Of one that is joined, the next join asks for what is wanted by then.
        payload: subscription.joined ? {} : handlers.joinPayload(),
        fresh: true,
        used: false,
      };
      const mine: HubTopic = { subscription, seats: new Map([[self, seat]]), asked: '', present };
      topics.set(topic, mine);
      Object.assign(called, handlersOf(topic, mine));
    },
    receive(message, from) {
      if (closed) return;
      if (message.type === 'bye') return drop(from);
      if (from !== self && !tabs.has(from)) {
        tabs.set(
          from,
          options.watch(from, () => drop(from)),
        );
      }
      // To all: a tab may have followed one that led no more.
      if (message.type === 'hello') lead();
      else if (message.type === 'connect') transport.connect();
      else if (message.type === 'subscribe') subscribe(message.topic, message.payload, from);
      else if (message.type === 'leave') leave(message.topic, from);
      else if (message.type === 'push') void push(message, from);
      else if (message.type === 'visible') {
        heir = from;
        handOver();
      }
    },
    announce: lead,
    close() {
      closed = true;
      for (const stop of tabs.values()) stop();
      for (const { subscription } of topics.values()) subscription?.leave();
      topics.clear();
    },
  };
}
