import { Cluster, Redis } from 'ioredis';
import type { RedisAddress } from './address.js';

export type RedisClient = Redis | Cluster;

const connectTimeoutMs = 5_000;
/** A server that owes an answer for so long is gone. */
const silenceMs = 5_000;
const longestPauseMs = 2_000;

/** How long to wait before the next try: full jitter, so that nodes do not come back all at once. */
function pause(tries: number): number {
  return 20 + Math.random() * Math.min(longestPauseMs, 50 * 2 ** Math.min(tries, 6));
}

/**
 * A connection that comes back by itself. Commands fail at once while it is away, and none is sent
 * twice. Errors of the connection are told as events. `batched` sends what is asked in one turn of
 * the event loop as one write; not for subscriptions.
 */
export function createClient(address: RedisAddress, { batched = false } = {}): RedisClient {
  const { username, password, tls, db, hosts } = address;
  const common = {
    ...(username !== null && { username }),
    ...(password !== null && { password }),
    ...(tls && { tls: {} }),
    connectTimeout: connectTimeoutMs,
    socketTimeout: silenceMs,
    keepAlive: 10_000,
    autoResubscribe: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectionName: 'convkit',
    enableAutoPipelining: batched,
  };
  if (!address.cluster) {
    return new Redis({
      ...common,
      ...hosts[0],
      db,
      lazyConnect: true,
      enableOfflineQueue: false,
      retryStrategy: pause,
    });
  }
  return new Cluster(hosts, {
    lazyConnect: true,
    enableOfflineQueue: false,
    shardedSubscribers: true,
    clusterRetryStrategy: pause,
    redisOptions: common,
    enableAutoPipelining: batched,
    // A managed cluster behind TLS gives names that only the certificate knows.
    ...(tls && { dnsLookup: (name, done) => done(null, name) }),
  });
}
