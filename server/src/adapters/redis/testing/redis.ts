import { randomUUID } from 'node:crypto';
import type { Cluster } from '../../../cluster/index.js';
import { systemClock } from '../../system-clock.js';
import { openRedis, type RedisOptions } from '../open.js';

const url = process.env['TEST_REDIS_URL'];

/** Why the tests of Redis are skipped, or false. */
export const skip: string | false =
  url === undefined
    ? `no TEST_REDIS_URL (${process.env['TEST_REDIS_REASON'] ?? 'run them by scripts/services.mjs'})`
    : false;

export const redisUrl = url ?? '';

/** Long enough for every installation of its own. */
export const newSecret = (): string => `secret of a test ${randomUUID()}`;

export function openNode(
  options: Pick<RedisOptions, 'secret'> & Partial<RedisOptions>,
): Promise<Cluster> {
  return openRedis({
    url: redisUrl,
    clock: systemClock,
    log: { info: () => undefined, warn: () => undefined },
    ...options,
  });
}
