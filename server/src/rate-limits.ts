import { CodedError } from '#kit/protocol/errors.js';
import type { Clock } from './ports.js';

/** What one client may do; each can be set by `LIMITS`. */
export const defaultLimits = {
  /** HTTP requests under `/v1` per minute and address. */
  httpPerMinute: 600,
  /** New contacts per minute and address. */
  contactsPerMinute: 30,
  /** Identities shown per minute and address. */
  identitiesPerMinute: 60,
  /** Connections opened per minute and address. */
  connectionsPerMinute: 120,
  /** Open at once on one server, of one contact. */
  socketsPerContact: 50,
  /** Open at once on one server, of one agent. */
  socketsPerAgent: 100,
  /** Open at once on one server, of a workspace's visitors from one network. */
  socketsPerNetwork: 2_000,
  /** Topics joined per minute and socket. */
  joinsPerMinute: 240,
  /** Events of any kind per minute and socket. */
  eventsPerMinute: 1_200,
  /** Messages per minute of one contact. */
  visitorMessagesPerMinute: 60,
  /** Messages per minute of one agent. */
  agentMessagesPerMinute: 240,
  /** Messages per minute of everybody in a workspace. */
  workspaceMessagesPerMinute: 60_000,
  /** Emails per minute of everybody in a workspace. */
  emailsPerMinute: 120,
  /** Per minute, of one contact or agent. */
  typingPerMinute: 240,
  marksPerMinute: 600,
  /** Pages per minute of one contact. */
  pageViewsPerMinute: 120,
  /** What the page or the host's server tells of one contact, per minute. */
  contactDataPerMinute: 120,
  /** Files uploaded per minute and address. */
  uploadsPerMinute: 240,
  /** Files per minute of one contact. */
  visitorUploadsPerMinute: 60,
  /** Files per minute of one agent. */
  agentUploadsPerMinute: 120,
  /** Files that one contact or agent has uploaded and put in no message yet. */
  waitingFiles: 50,
  /** The same in megabytes. */
  waitingMegabytes: 100,
  /** Sign-ins, failed or not, per minute and address. */
  signInsPerMinute: 120,
  /** Failed sign-ins of one address and email before it has to wait. */
  signInAttempts: 5,
};

export type Limits = typeof defaultLimits;

interface Bucket {
  /** Epoch ms at which it is full again. */
  fullAt: number;
}

/**
 * Token buckets: a minute's worth may be spent at once, and comes back evenly. One for each kind of
 * act; keys are of sockets, contacts or addresses.
 */
export interface RateLimit {
  /** All of them or none. Rejects with `rate_limited` and the time to wait. */
  spend(key: string, count?: number): Promise<void>;
}

/** The buckets of one process. */
export class MemoryRateLimit implements RateLimit {
  readonly #perMinute: number;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();
  #sweepAt = 0;

  constructor(perMinute: number, clock: Clock) {
    this.#perMinute = perMinute;
    this.#clock = clock;
  }

  async spend(key: string, count = 1): Promise<void> {
    const now = this.#clock.now();
    this.#sweep(now);
    const cost = (count * 60_000) / this.#perMinute;
    const fullAt = Math.max(this.#buckets.get(key)?.fullAt ?? 0, now) + cost;
    const retryAfterMs = Math.ceil(fullAt - now - 60_000);
    if (retryAfterMs > 0) throw new CodedError('rate_limited', { retryAfterMs });
    this.#buckets.set(key, { fullAt });
  }

  #sweep(now: number): void {
    if (now < this.#sweepAt) return;
    this.#sweepAt = now + 60_000;
    for (const [key, bucket] of this.#buckets) if (bucket.fullAt <= now) this.#buckets.delete(key);
  }
}

export type RateLimitName = Extract<keyof Limits, `${string}PerMinute`>;
export type RateLimits = Record<RateLimitName, RateLimit>;

/** Makes one limit; the name tells limits of shared counters apart. */
export type MakeRateLimit = (name: RateLimitName, perMinute: number) => RateLimit;

export function createRateLimits(limits: Limits, make: MakeRateLimit): RateLimits {
  const limit = (name: RateLimitName): RateLimit => make(name, limits[name]);
  return {
    httpPerMinute: limit('httpPerMinute'),
    contactsPerMinute: limit('contactsPerMinute'),
    identitiesPerMinute: limit('identitiesPerMinute'),
    connectionsPerMinute: limit('connectionsPerMinute'),
    joinsPerMinute: limit('joinsPerMinute'),
    eventsPerMinute: limit('eventsPerMinute'),
    visitorMessagesPerMinute: limit('visitorMessagesPerMinute'),
    agentMessagesPerMinute: limit('agentMessagesPerMinute'),
    workspaceMessagesPerMinute: limit('workspaceMessagesPerMinute'),
    emailsPerMinute: limit('emailsPerMinute'),
    typingPerMinute: limit('typingPerMinute'),
    marksPerMinute: limit('marksPerMinute'),
    pageViewsPerMinute: limit('pageViewsPerMinute'),
    contactDataPerMinute: limit('contactDataPerMinute'),
    signInsPerMinute: limit('signInsPerMinute'),
    uploadsPerMinute: limit('uploadsPerMinute'),
    visitorUploadsPerMinute: limit('visitorUploadsPerMinute'),
    agentUploadsPerMinute: limit('agentUploadsPerMinute'),
  };
}
