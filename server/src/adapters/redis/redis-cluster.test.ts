import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { clusterFanout } from '../../cluster/fanout.js';
import type { Cluster } from '../../cluster/index.js';
import { fanoutContract } from '../../phoenix/fanout.contract.js';
import { newSecret, openNode } from './testing/redis.js';
import { skip, startRedisCluster } from './testing/redis-cluster.js';

describe('a Redis Cluster', { skip }, () => {
  const open: Cluster[] = [];
  let url: string;
  let stop: () => Promise<void>;

  before(async () => {
    const cluster = await startRedisCluster();
    stop = () => cluster.stop();
    url = `redis://${cluster.ports.map((port) => `127.0.0.1:${port}`).join(',')}`;
  });
  after(async () => {
    await Promise.all(open.map((cluster) => cluster.close()));
    await stop();
  });

  const node = async (secret: string): Promise<Cluster> => {
    const cluster = await openNode({ secret, url });
    open.push(cluster);
    return cluster;
  };

  fanoutContract('redis cluster', async () => {
    const secret = newSecret();
    const nodes = await Promise.all([node(secret), node(secret), node(secret)]);
    const [a, b, c] = nodes.map(({ bus }) => clusterFanout(bus));
    assert.ok(a && b && c);
    return { nodes: [a, b, c] };
  });

  it('counts limits for all servers, whichever slot they are in', async () => {
    const secret = newSecret();
    const [a, b] = await Promise.all([node(secret), node(secret)]);
    assert.deepEqual([a.bus.isConnected, b.bus.isConnected], [true, true]);
    for (let visitor = 0; visitor < 20; visitor++) {
      await a.rateLimit('visitorMessagesPerMinute', 1).spend(`visitor ${visitor}`);
      const again = b.rateLimit('visitorMessagesPerMinute', 1).spend(`visitor ${visitor}`);
      await assert.rejects(again, { code: 'rate_limited' });
    }
  });
});
