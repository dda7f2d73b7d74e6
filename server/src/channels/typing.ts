import { events } from '#kit/protocol/events.js';
import { limits } from '#kit/protocol/limits.js';
import type { Typing } from '#kit/protocol/payloads.js';
import type { Clock } from '../ports.js';
import type { Context } from './assigns.js';

/** Clients repeat themselves a little early; dropping those would let the time to live run out. */
const toleranceMs = 500;

interface Told {
  /** The topics that believe somebody types. */
  topics: string[];
  at: number;
  author: Typing['author'];
}

/** Tells that somebody types, at most every few seconds, and that they stopped. Nothing is stored. */
export class TypingRelay {
  readonly #broadcast: (topic: string, event: string, payload: Typing) => void;
  readonly #clock: Clock;
  readonly #told = new WeakMap<Context, Told>();

  constructor(broadcast: (topic: string, event: string, payload: Typing) => void, clock: Clock) {
    this.#broadcast = broadcast;
    this.#clock = clock;
  }

  /** True when a repeated `typing: true` may be dropped before anything is read for it. */
  isRepeated(context: Context, topics: string[]): boolean {
    const told = this.#told.get(context);
    if (!told || told.topics.join() !== topics.join()) return false;
    return this.#clock.now() - told.at < limits.typingEveryMs - toleranceMs;
  }

  types(context: Context, topics: string[], author: Typing['author']): void {
    const before = this.#told.get(context);
    for (const topic of before?.topics ?? []) {
      if (!topics.includes(topic)) this.#say(context, topic, author, false);
    }
    for (const topic of topics) this.#say(context, topic, author, true);
    this.#told.set(context, { topics, at: this.#clock.now(), author });
  }

  stops(context: Context): void {
    const told = this.#told.get(context);
    if (!told) return;
    this.#told.delete(context);
    for (const topic of told.topics) this.#say(context, topic, told.author, false);
  }

  #say(context: Context, topic: string, author: Typing['author'], typing: boolean): void {
    const payload: Typing = { author, typing, ttlMs: limits.typingTtlMs };
    // Not to the one who types, where they are among those who are told.
    if (topic === context.topic) context.broadcastFrom(events.typing, payload);
    else this.#broadcast(topic, events.typing, payload);
  }
}
