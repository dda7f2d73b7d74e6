import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { dockerfileWords, readCompose, rootFolder } from './compose.js';
import { programOf, type Program } from './program.js';

export interface NodesOptions {
  databaseUrl: string;
  /** Left out, the one node that can then be is alone. */
  redisUrl?: string;
  /** The first so many of the nodes of compose.yaml; all by default. */
  count?: number;
  /** Replaces variables of compose.yaml, such as `LIMITS`; null takes one away. */
  environment?: Record<string, string | null>;
  /** Runs the sources instead of the built server, which is built when it is stale. */
  fromSource?: boolean;
}

export interface ServerNode {
  /** `node1` and so on. */
  name: string;
  /** The same after a restart. */
  url: string;
  readonly pid: number;
  /** Everything that it wrote to stdout and stderr, over all its lives. */
  output(): string;
  /** Resolves with what it wrote, once that fits. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves with the exit code when the process is gone; null after a SIGKILL. */
  kill(signal?: NodeJS.Signals): Promise<number | null>;
  /** Starts it again, on the same port and folders; resolves when it is ready. */
  restart(): Promise<void>;
}

export interface Nodes {
  nodes: ServerNode[];
  /** The folder that all nodes keep files in. */
  filesDir: string;
  secret: string;
  close(): Promise<void>;
}

const readyLimitMs = 60_000;
const stopLimitMs = 30_000;

/**
 * The servers of compose.yaml as processes of this machine: their command and environment are read
 * there, and only what the containers gave them (hosts, ports, folders) is replaced.
 */
export async function startNodes(options: NodesOptions): Promise<Nodes> {
  const { databaseUrl, redisUrl, fromSource = false } = options;
  const folder = await mkdtemp(join(tmpdir(), 'convkit-nodes-'));
  const filesDir = join(folder, 'files');
  await mkdir(filesDir);
  const secret = 'a secret of the three nodes, long enough for all';
  const { services } = await readCompose({ SECRET: secret, POSTGRES_PASSWORD: 'unused' });
  const names = Object.keys(services)
    .filter((name) => /^node\d+$/.test(name))
    .slice(0, options.count);
  if (names.length > 1 && redisUrl === undefined) {
    throw new Error('Several nodes need a redisUrl. Give count: 1 for one that is alone.');
  }
  if (!fromSource) await build();
  const { words: entry, environment: ofEntry } = await entryPoint(fromSource);
  const ports = await freePorts(names.length);

  const nodes: (ServerNode & { begin(): Promise<void> })[] = [];
  for (const [index, name] of names.entries()) {
    const { command = [], environment = {} } = services[name] ?? {};
    const port = ports[index] ?? 0;
    const own = join(folder, name);
    await mkdir(own);
    const variables: Record<string, string | null> = {
      ...environment,
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl ?? null,
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: join(own, 'convkit'),
      FILES_DIR: filesDir,
      ...options.environment,
    };
    nodes.push(
      serverNode({
        name,
        url: `http://127.0.0.1:${port}`,
        words: [...entry, ...command],
        // Nothing else comes from here: containers see nothing of their host.
        environment: {
          ...withoutNulls(variables),
          PATH: process.env['PATH'] ?? '',
          HOME: own,
          TMPDIR: own,
          NODE_ENV: 'production',
          ...ofEntry,
        },
        folder: own,
      }),
    );
  }
  const close = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.kill()));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all(nodes.map((node) => node.begin()));
  } catch (error) {
    await close();
    throw error;
  }
  return { nodes, filesDir, secret, close };
}

interface Launch {
  name: string;
  url: string;
  words: string[];
  environment: Record<string, string>;
  /** A folder of its own, which it may write to. */
  folder: string;
}

function serverNode({ name, url, words, environment, folder }: Launch): ServerNode & {
  begin(): Promise<void>;
} {
  let child: ChildProcess | null = null;
  let output = '';
  const [program = '', ...args] = words;
  const isGone = (process: ChildProcess): boolean =>
    process.exitCode !== null || process.signalCode !== null;

  const begin = async (): Promise<void> => {
    const started = spawn(program, args, {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    started.stdout.on('data', keep);
    started.stderr.on('data', keep);
    const endWithUs = (): void => void started.kill('SIGKILL');
    process.once('exit', endWithUs);
    started.once('close', () => process.off('exit', endWithUs));
    const deadline = Date.now() + readyLimitMs;
    while (!(await isReady(url))) {
      if (isGone(started) || Date.now() > deadline) {
        started.kill('SIGKILL');
        throw new Error(`${name} did not get ready: ${output.slice(-2_000)}`);
      }
      await pause(20);
    }
  };

  const kill = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
    const running = child;
    if (!running || isGone(running)) return running?.exitCode ?? null;
    const closed = once(running, 'close');
    running.kill(signal);
    const timer = setTimeout(() => running.kill('SIGKILL'), stopLimitMs);
    await closed;
    clearTimeout(timer);
    return running.exitCode;
  };

  return {
    name,
    url,
    get pid() {
      return child?.pid ?? -1;
    },
    output: () => output,
    async said(pattern) {
      const deadline = Date.now() + readyLimitMs;
      for (;;) {
        const found = pattern.exec(output);
        if (found) return found;
        if (Date.now() > deadline) throw new Error(`${name} did not say ${pattern}: ${output}`);
        await pause(20);
      }
    },
    kill,
    begin,
    async restart() {
      await kill();
      await begin();
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    const reply = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) });
    await reply.body?.cancel();
    return reply.ok;
  } catch {
    return false;
  }
}

/** What the image runs, with the program of this checkout in place of the image's. */
async function entryPoint(fromSource: boolean): Promise<Program> {
  const [program, ...words] = await dockerfileWords('ENTRYPOINT');
  if (program !== 'node') throw new Error(`The image runs ${program}, which is not node.`);
  const built = {
    words: words.map((word) => word.replace(/^\/app\//, rootFolder)),
    environment: {},
  };
  const entry = fromSource ? programOf('src/cli') : built;
  return { ...entry, words: [process.execPath, ...entry.words] };
}

async function build(): Promise<void> {
  const script = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, 'server'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error('The server could not be built.');
}

/** All are open at once while they are looked for, so that no two are the same. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

function withoutNulls(variables: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}
