import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startNodes } from '../nodes.js';
import { makeWorkspaces, noLimits, ServerProcess } from './server-process.js';
import { hostAuth, type Stage } from './stage.js';
import { readTruth } from './truth.js';

/** A PostgreSQL or Redis of this run alone. */
interface Service {
  url: string;
  stop(): Promise<void>;
  /** Ends it at once and starts it again on the same port. */
  crash(): Promise<void>;
}

interface Services {
  startPostgres(durable: boolean): Promise<Service>;
  startRedis(): Promise<Service>;
}

/** The three nodes of compose.yaml over PostgreSQL and Redis. */
export async function threeNodes({ fromSource }: { fromSource: boolean }): Promise<Stage> {
  const script = new URL('../../../scripts/services.mjs', import.meta.url).href;
  const { startPostgres, startRedis } = (await import(script)) as Services;
  const folder = await mkdtemp(join(tmpdir(), 'convkit-chaos-'));
  const endings: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const destroy = async (): Promise<void> => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    const database = await startPostgres(true);
    endings.push(() => database.stop());
    const redis = await startRedis();
    endings.push(() => redis.stop());
    const { nodes, filesDir, secret, close } = await startNodes({
      databaseUrl: database.url,
      redisUrl: redis.url,
      environment: { LIMITS: noLimits, LOG_LEVEL: 'warn', DRAIN_MS: '1000' },
      fromSource,
    });
    endings.push(close);
    const environment = {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      SECRET: secret,
      FILES_DIR: filesDir,
      DATA_DIR: folder,
    };
    const commands = new ServerProcess({ environment, fromSource });
    const workspaces = await makeWorkspaces(commands, hostAuth);
    let connections = 0;
    const down = new Set<number>();
    const restart = async (index: number, signal: NodeJS.Signals): Promise<void> => {
      down.add(index);
      await nodes[index]?.kill(signal);
      await nodes[index]?.restart();
      down.delete(index);
    };
    return {
      nodes: nodes.length,
      workspaces,
      // As the proxy of compose.yaml, which passes over nodes that do not answer.
      upstream() {
        const up = nodes.filter((_, index) => !down.has(index));
        const { hostname, port } = new URL(up[connections++ % up.length]!.url);
        return { host: hostname, port: Number(port) };
      },
      kill: (node) => restart(node, 'SIGKILL'),
      drain: (node) => restart(node, 'SIGTERM'),
      restart: (service) => (service === 'redis' ? redis : database).crash(),
      async end() {
        await close();
        const client = new pg.Client({ connectionString: database.url });
        await client.connect();
        try {
          return await readTruth(async (sql) => (await client.query(sql)).rows);
        } finally {
          await client.end();
        }
      },
      destroy,
    };
  } catch (error) {
    await destroy();
    throw error;
  }
}
