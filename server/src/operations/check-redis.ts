import { parseRedisUrl, type RedisAddress } from '../adapters/redis/address.js';
import { createClient } from '../adapters/redis/client.js';
import type { Config } from '../config.js';
import type { Finding } from './doctor.js';

const subject = 'redis';
const oldest = 7;

/** Redis 7 and Valkey have what joins the servers: publishing by shard. */
export async function checkRedis({ redisUrl }: Config): Promise<Finding[]> {
  if (redisUrl === null) return [];
  let address: RedisAddress;
  try {
    address = parseRedisUrl(redisUrl);
  } catch (error) {
    return [{ level: 'fail', subject, text: (error as Error).message }];
  }
  const redis = createClient(address);
  // It would try again and again; the doctor looks once.
  const lost = new Promise<never>((_resolve, reject) => redis.once('error', reject));
  lost.catch(() => undefined);
  redis.on('error', () => undefined);
  try {
    await Promise.race([redis.connect(), lost]);
    const facts = await redis.info('server');
    const [, valkey] = /^valkey_version:(\S+)/m.exec(facts) ?? [];
    const [, version = '0'] = /^redis_version:(\S+)/m.exec(facts) ?? [];
    const name = valkey === undefined ? `Redis ${version}` : `Valkey ${valkey}`;
    if (valkey === undefined && Number(version.split('.')[0]) < oldest) {
      const fix = `Upgrade it to ${oldest} or newer, or use Valkey: sharded publishing is needed.`;
      return [{ level: 'fail', subject, text: `${name}.`, fix }];
    }
    await redis.spublish('convkit:doctor', '');
    return [{ level: 'ok', subject, text: `${name} publishes by shard` }];
  } catch (error) {
    const text = `does not answer: ${error instanceof Error ? error.message : String(error)}.`;
    const fix = 'Check REDIS_URL, that it runs, and that its user may SPUBLISH and SSUBSCRIBE.';
    return [{ level: 'fail', subject, text, fix }];
  } finally {
    redis.disconnect();
  }
}
