import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readRootFile } from './compose.js';

const nginx = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin']
  .map((folder) => join(folder, 'nginx'))
  .find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** Why tests through the proxy do not run; false when they do. */
export const skipProxy: string | false =
  nginx === undefined ? 'nginx is not installed; the proxy of compose.yaml is not tried' : false;

export interface Proxy {
  /** A line for each request. */
  accessLog(): Promise<string>;
  close(): Promise<void>;
}

const startLimitMs = 10_000;

/** nginx with the configuration of compose.yaml, on a port of this machine before these servers. */
export async function startProxy(port: number, servers: string[]): Promise<Proxy> {
  const folder = await mkdtemp(join(tmpdir(), 'convkit-proxy-'));
  const hosts = servers.map((url) => new URL(url).host);
  const accessLog = join(folder, 'access.log');
  const configuration = (await readRootFile('config/nginx.conf'))
    .replaceAll('/tmp/', `${folder}/`)
    // What Node gives a child for stdout cannot be opened by its name, as a container's can.
    .replace('/dev/stdout', accessLog)
    .replace('listen 8080', `listen 127.0.0.1:${port}`)
    .replace(/server node(\d):4000/g, (_all, number: string) => {
      return `server ${hosts[Number(number) - 1] ?? hosts[0]}`;
    });
  const path = join(folder, 'nginx.conf');
  await writeFile(path, configuration);
  const child = spawn(nginx ?? '', ['-c', path, '-p', folder, '-g', 'daemon off;'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const endWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const close = async (): Promise<void> => {
    process.off('exit', endWithUs);
    if (child.exitCode === null && child.signalCode === null) {
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
    }
    await rm(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + startLimitMs;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await close();
      throw new Error(`The proxy did not start: ${output}`);
    }
    await pause(20);
  }
  return { accessLog: () => readFile(accessLog, 'utf8'), close };
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/health/live`).then(
    ({ ok }) => ok,
    () => false,
  );
}
