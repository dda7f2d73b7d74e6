import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';

const binary = ['redis-server', 'valkey-server'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);

/** Why tests on a Redis Cluster do not run; false when they do. */
export const skip: string | false =
  binary === undefined ? 'no redis-server or valkey-server is installed' : false;

const slots = [
  [0, 5_460],
  [5_461, 10_922],
  [10_923, 16_383],
] as const;

/** Three masters without replicas. */
export async function startRedisCluster(): Promise<{ ports: number[]; stop(): Promise<void> }> {
  if (binary === undefined) throw new Error('Tests on a Redis Cluster are to be skipped.');
  const folder = await mkdtemp(join(tmpdir(), 'redis-cluster-'));
  const children: ChildProcess[] = [];
  const ports: number[] = [];
  while (ports.length < slots.length) {
    const [port, busPort] = [await freePort(), await freePort()];
    const options = [
      ['--bind', '127.0.0.1'],
      ['--port', `${port}`],
      ['--cluster-enabled', 'yes'],
      ['--cluster-port', `${busPort}`],
      ['--cluster-config-file', join(folder, `${port}.conf`)],
      ['--save', ''],
      ['--dir', folder],
    ];
    children.push(spawn(binary, options.flat(), { stdio: 'ignore' }));
    ports.push(port);
    busPorts.set(port, busPort);
  }
  const clients = ports.map((port) => new Redis({ port, maxRetriesPerRequest: null }));
  const [first] = ports;
  for (const [index, client] of clients.entries()) {
    const [from, to] = slots[index] ?? slots[0];
    await client.call('cluster', 'addslotsrange', from, to);
    await client.call('cluster', 'meet', '127.0.0.1', `${first}`, `${busPorts.get(first ?? 0)}`);
  }
  for (const client of clients) {
    while (!String(await client.call('cluster', 'info')).includes('cluster_state:ok')) {
      await pause(50);
    }
    client.disconnect();
  }
  return {
    ports,
    async stop() {
      for (const child of children) {
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const busPorts = new Map<number, number>();

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
