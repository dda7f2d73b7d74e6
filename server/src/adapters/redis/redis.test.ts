import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Cluster } from '../../cluster/index.js';
import { clusterFanout } from '../../cluster/fanout.js';
import { limitsContract } from '../../limits.contract.js';
import { fanoutContract } from '../../phoenix/fanout.contract.js';
import { createClient } from './client.js';
import { parseRedisUrl } from './address.js';
import { MemoryRateLimit, type RateLimit } from '../../rate-limits.js';
import { RedisLockout, RedisRateLimit, TakenAhead, type RunScript } from './limits.js';
import { newSecret, openNode, redisUrl, skip } from './testing/redis.js';

describe('Redis', { skip }, () => {
  const open: Cluster[] = [];
  const node = async (secret: string): Promise<Cluster> => {
    const cluster = await openNode({ secret });
    open.push(cluster);
    return cluster;
  };
  after(() => Promise.all(open.map((cluster) => cluster.close())));

  fanoutContract('redis', async () => {
    const secret = newSecret();
    const nodes = await Promise.all([node(secret), node(secret), node(secret)]);
    const [a, b, c] = nodes.map(({ bus }) => clusterFanout(bus));
    assert.ok(a && b && c);
    return { nodes: [a, b, c] };
  });

  describe('limits', () => {
    const client = createClient(parseRedisUrl(redisUrl));
    const run: RunScript = async (script, key, values) =>
      (await client.eval(script, 1, `${newPrefix}:${key}`, ...values)) as number;
    const newPrefix = newSecret();
    const ready = new Promise((resolve) => client.once('ready', resolve));
    if (!skip) void client.connect();
    after(() => client.disconnect());
    const whenReady: RunScript = async (...request) => {
      await ready;
      return run(...request);
    };

    limitsContract('redis', () => ({
      rateLimit: (perMinute, clock) => new RedisRateLimit(whenReady, 'test', perMinute, clock),
      lockout: (freeAttempts, clock) => new RedisLockout(whenReady, freeAttempts, clock),
    }));
  });

  it('keeps installations of other secrets apart', async () => {
    const [here, there] = await Promise.all([node(newSecret()), node(newSecret())]);
    const heard: unknown[] = [];
    there.bus.subscribe('event', (message) => heard.push(message));
    const same = await node(newSecret());
    here.bus.publish('event', 'key', 'hello');
    // What follows on the same connection arrives after it.
    await there.rateLimit('contactsPerMinute', 10).spend('anybody');
    assert.deepEqual(heard, []);
    assert.equal(same.bus.isConnected, true);
  });

  it('counts one visitor on all nodes together', async () => {
    const secret = newSecret();
    const [a, b] = await Promise.all([node(secret), node(secret)]);
    const here = a.rateLimit('visitorMessagesPerMinute', 2);
    const there = b.rateLimit('visitorMessagesPerMinute', 2);
    await here.spend('visitor');
    await there.spend('visitor');
    await assert.rejects(here.spend('visitor'), { code: 'rate_limited' });
    await assert.rejects(there.spend('visitor'), { code: 'rate_limited' });
  });
});

describe('a limit of which several are taken at once', () => {
  const clock = { now: () => 1_000_000 };

  it('lets as many through as were taken, and asks once for those who wait together', async () => {
    const asked: number[] = [];
    const all = new MemoryRateLimit(25, clock);
    const counting: RateLimit = {
      spend: (key, count = 1) => {
        asked.push(count);
        return all.spend(key, count);
      },
    };
    const [here, there] = [1, 2].map(() => new TakenAhead(counting, 10, clock));
    assert.ok(here && there);
    const spend = (limit: RateLimit) =>
      limit.spend('workspace').then(
        () => true,
        () => false,
      );
    const spent = await Promise.all(Array.from({ length: 10 }, () => spend(here)));
    assert.deepEqual([spent.every(Boolean), asked], [true, [10]]);
    assert.equal(await spend(there), true);
    assert.deepEqual(asked, [10, 10]);
    await assert.rejects(here.spend('workspace'), { code: 'rate_limited' });
    assert.equal(await spend(there), true);
  });
});

describe('limits while Redis is away', () => {
  const away: RunScript = () => Promise.reject(new Error('away'));
  const clock = { now: () => 1_000_000 };

  it('counts on the node itself instead of letting all or nobody through', async () => {
    const limit = new RedisRateLimit(away, 'test', 2, clock);
    await limit.spend('a');
    await limit.spend('a');
    await assert.rejects(limit.spend('a'), { code: 'rate_limited' });
    const lockout = new RedisLockout(away, 1, clock);
    await lockout.attempt('a');
    await assert.rejects(lockout.attempt('a'), { code: 'too_many_attempts' });
    await lockout.succeed('a');
    await lockout.attempt('a');
  });
});
