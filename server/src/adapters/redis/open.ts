import { createHash, randomUUID } from 'node:crypto';
import { ConfigError } from '../../config.js';
import type { Clock } from '../../ports.js';
import type { RateLimitName } from '../../rate-limits.js';
import { MemoryRateLimit } from '../../rate-limits.js';
import { ClusterBus, type BusOptions } from '../../cluster/bus.js';
import type { Cluster } from '../../cluster/index.js';
import { parseRedisUrl } from './address.js';
import { createClient, type RedisClient } from './client.js';
import { RedisLockout, RedisRateLimit, TakenAhead, type RunScript } from './limits.js';
import { createStamp } from '../../stamps.js';
import { RedisWire } from './wire.js';

export interface RedisOptions extends Pick<BusOptions, 'beatMs' | 'leaseMs'> {
  url: string;
  /** Servers of the same secret are one installation; others may share the Redis. */
  secret: string;
  clock: Clock;
  log: { info(message: string): void; warn(fields: object, message: string): void };
}

/** A start waits no longer than this for a Redis that is away; then it goes on without. */
const patienceMs = 3_000;
/** Whoever waits for a limit is not kept waiting longer for Redis. */
const answerMs = 250;
/** After a silence Redis is not asked for so long. */
const restMs = 1_000;
/** What one socket does is counted where the socket is. */
const perSocket: ReadonlySet<RateLimitName> = new Set(['joinsPerMinute', 'eventsPerMinute']);
/** What a whole workspace does comes so often that Redis is asked for several at once. */
const perWorkspace: ReadonlySet<RateLimitName> = new Set(['workspaceMessagesPerMinute']);
/** Into how many parts a minute's worth is divided then. */
const aheadParts = 600;

/**
 * Joins the servers of an installation. Rejects with `ConfigError` when Redis will never do: a
 * refused password, or one that is older than version 7.
 */
export async function openRedis(options: RedisOptions): Promise<Cluster> {
  const { url, secret, clock, log, ...busOptions } = options;
  const address = parseRedisUrl(url);
  const publisher = createClient(address, { batched: true });
  const onFault = faultLog(publisher, log);
  publisher.on('error', onFault);
  try {
    await connect(publisher);
  } catch (error) {
    publisher.disconnect();
    throw error;
  }
  const prefix = `convkit:${createHash('sha256').update(`redis ${secret}`).digest('base64url').slice(0, 12)}`;
  const stamp = createStamp(clock);
  const wire = new RedisWire({ address, publisher, prefix, onFault });
  const bus = new ClusterBus({ ...busOptions, node: randomUUID(), wire, stamp, log });
  bus.start();
  if (publisher.status === 'ready') await bus.connected(patienceMs);
  const run = scriptRunner(publisher, prefix);
  return {
    bus,
    stamp,
    rateLimit(name, perMinute) {
      if (perSocket.has(name)) return new MemoryRateLimit(perMinute, clock);
      const limit = new RedisRateLimit(run, name, perMinute, clock);
      const ahead = perWorkspace.has(name) ? Math.floor(perMinute / aheadParts) : 0;
      return ahead > 1 ? new TakenAhead(limit, ahead, clock) : limit;
    },
    lockout: (freeAttempts) => new RedisLockout(run, freeAttempts, clock),
    async close() {
      await bus.close();
      await within(answerMs, publisher.quit()).catch(() => undefined);
      publisher.disconnect();
    },
  };
}

/** Says once that Redis is away, and once that it is back. */
function faultLog(publisher: RedisClient, log: RedisOptions['log']): (fault: Error) => void {
  let isAway = false;
  publisher.on('ready', () => {
    if (isAway) log.info('Redis is back');
    isAway = false;
  });
  return (fault) => {
    if (!isAway) log.warn({ err: fault }, 'Redis does not answer; this server goes on without it');
    isAway = true;
  };
}

async function connect(publisher: RedisClient): Promise<void> {
  const refused = new Promise<never>((_resolve, reject) => {
    publisher.on('error', (fault: Error) => {
      if (/NOAUTH|WRONGPASS|NOPERM|invalid password/i.test(fault.message)) {
        reject(refusal('refuses the name or the password', fault));
      }
    });
  });
  const ready = new Promise<void>((resolve) => publisher.once('ready', () => resolve()));
  // It goes on trying by itself.
  publisher.connect().catch(() => undefined);
  await within(patienceMs, Promise.race([ready, refused]));
  if (publisher.status !== 'ready') return;
  await publisher.spublish('convkit:hello', '').catch((fault: unknown) => {
    const { message } = fault as Error;
    if (/unknown command/i.test(message)) throw refusal('is older than version 7', fault);
    if (/NOAUTH|NOPERM/.test(message)) throw refusal('does not let this user publish', fault);
  });
}

function refusal(what: string, cause: unknown): ConfigError {
  const message = `The Redis of REDIS_URL ${what}. Give the address of a Redis 7 or Valkey, with the right name and password.`;
  return new ConfigError(message, { cause });
}

/** Runs a script by its hash, and by its text where Redis does not know it yet. */
function scriptRunner(publisher: RedisClient, prefix: string): RunScript {
  const hashes = new Map<string, string>();
  const hashOf = (script: string): string => {
    const known = hashes.get(script) ?? createHash('sha1').update(script).digest('hex');
    hashes.set(script, known);
    return known;
  };
  let restsUntil = 0;
  return async (script, key, values) => {
    if (publisher.status !== 'ready' || performance.now() < restsUntil) {
      throw new Error('Redis is away');
    }
    const name = `${prefix}:${key}`;
    const asked = publisher.evalsha(hashOf(script), 1, name, ...values).catch((fault: unknown) => {
      if (!(fault instanceof Error && fault.message.startsWith('NOSCRIPT'))) throw fault;
      return publisher.eval(script, 1, name, ...values);
    });
    const answer = await within(answerMs, asked);
    if (typeof answer !== 'number') {
      restsUntil = performance.now() + restMs;
      throw new Error('Redis does not answer');
    }
    return answer;
  };
}

/** Null when the answer takes longer. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), ms)));
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
