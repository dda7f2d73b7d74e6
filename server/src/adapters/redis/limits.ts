import { createHash } from 'node:crypto';
import { CodedError } from '#kit/protocol/errors.js';
import {
  firstWaitMs,
  forgetAfterMs,
  longestWaitMs,
  MemoryLockout,
  type Lockout,
} from '../../auth/lockout.js';
import type { Clock } from '../../ports.js';
import { MemoryRateLimit, type RateLimit } from '../../rate-limits.js';

/** Asks Redis; rejects when it does not answer in time. */
export type RunScript = (script: string, key: string, values: number[]) => Promise<number>;

/** The same bucket as in memory: the time at which it is full again. Answers the time to wait. */
export const spendScript = `
local now, cost, window = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local fullAt = math.max(tonumber(redis.call('get', KEYS[1]) or '0'), now) + cost
local wait = math.ceil(fullAt - now - window)
if wait > 0 then return wait end
redis.call('set', KEYS[1], string.format('%.3f', fullAt), 'px', math.ceil(fullAt - now) + window)
return 0`;

/** Counts a failed try in advance, unless the key has to wait. Answers the time to wait. */
export const attemptScript = `
local now, free, first, longest, forget =
  tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local known = redis.call('hmget', KEYS[1], 'count', 'until', 'at')
local count, blockedUntil, at =
  tonumber(known[1] or '0'), tonumber(known[2] or '0'), tonumber(known[3] or '0')
if blockedUntil > now then return math.ceil(blockedUntil - now) end
if at <= now - forget then count = 0 end
count = count + 1
local wait = 0
if count >= free then wait = math.min(first * 2 ^ math.min(count - free, 30), longest) end
redis.call('hset', KEYS[1], 'count', count, 'until', string.format('%.0f', now + wait),
  'at', string.format('%.0f', now))
redis.call('pexpire', KEYS[1], forget)
return 0`;

export const forgetScript = `redis.call('del', KEYS[1]) return 0`;

const minuteMs = 60_000;

/** One bucket for all nodes; the node's own while Redis is away. */
export class RedisRateLimit implements RateLimit {
  readonly #run: RunScript;
  readonly #name: string;
  readonly #cost: number;
  readonly #clock: Clock;
  readonly #own: RateLimit;

  constructor(run: RunScript, name: string, perMinute: number, clock: Clock) {
    this.#run = run;
    this.#name = name;
    this.#cost = minuteMs / perMinute;
    this.#clock = clock;
    this.#own = new MemoryRateLimit(perMinute, clock);
  }

  async spend(key: string, count = 1): Promise<void> {
    let retryAfterMs: number;
    try {
      const values = [this.#clock.now(), count * this.#cost, minuteMs];
      retryAfterMs = await this.#run(spendScript, `${this.#name}:${nameOf(key)}`, values);
    } catch {
      return this.#own.spend(key, count);
    }
    if (retryAfterMs > 0) throw new CodedError('rate_limited', { retryAfterMs });
  }
}

/**
 * A wide limit of which several are taken at once, so that not each is a question to Redis. What a
 * node has taken and not used is forgotten after a minute.
 */
export class TakenAhead implements RateLimit {
  readonly #limit: RateLimit;
  readonly #count: number;
  readonly #clock: Clock;
  readonly #taken = new Map<string, { left: number; until: number }>();
  readonly #asked = new Map<string, Promise<void>>();

  constructor(limit: RateLimit, count: number, clock: Clock) {
    this.#limit = limit;
    this.#count = count;
    this.#clock = clock;
  }

  async spend(key: string): Promise<void> {
    while (!this.#use(key)) {
      const asked = this.#asked.get(key) ?? this.#ask(key);
      this.#asked.set(key, asked);
      await asked;
    }
  }

  #use(key: string): boolean {
    const taken = this.#taken.get(key);
    if (!taken || taken.left === 0 || taken.until < this.#clock.now()) return false;
    taken.left--;
    return true;
  }

  async #ask(key: string): Promise<void> {
    try {
      await this.#limit.spend(key, this.#count);
      this.#taken.set(key, { left: this.#count, until: this.#clock.now() + minuteMs });
    } finally {
      this.#asked.delete(key);
    }
  }
}

/** One memory of failures for all nodes; the node's own while Redis is away. */
export class RedisLockout implements Lockout {
  readonly #run: RunScript;
  readonly #freeAttempts: number;
  readonly #clock: Clock;
  readonly #own: Lockout;

  constructor(run: RunScript, freeAttempts: number, clock: Clock) {
    this.#run = run;
    this.#freeAttempts = freeAttempts;
    this.#clock = clock;
    this.#own = new MemoryLockout(freeAttempts, clock);
  }

  async attempt(key: string): Promise<void> {
    let retryAfterMs: number;
    try {
      const values = [
        this.#clock.now(),
        this.#freeAttempts,
        firstWaitMs,
        longestWaitMs,
        forgetAfterMs,
      ];
      retryAfterMs = await this.#run(attemptScript, `lockout:${nameOf(key)}`, values);
    } catch {
      return this.#own.attempt(key);
    }
    if (retryAfterMs > 0) throw new CodedError('too_many_attempts', { retryAfterMs });
  }

  async succeed(key: string): Promise<void> {
    await this.#own.succeed(key);
    await this.#run(forgetScript, `lockout:${nameOf(key)}`, []).catch(() => undefined);
  }
}

/** Addresses and emails are nobody's business who looks into Redis. */
function nameOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 22);
}
