import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { tmpdir } from 'node:os';

const binary = ['redis-server', 'valkey-server'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);

/** Why tests that stop and start a Redis do not run; false when they do. */
export const skip: string | false =
  binary === undefined ? 'no redis-server or valkey-server is installed' : false;

/** A Redis of one test, which can be killed, stopped and started again on its port. */
export class RedisProcess {
  readonly port: number;
  #child: ChildProcess | undefined;

  private constructor(port: number) {
    this.port = port;
  }

  static async start(): Promise<RedisProcess> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const redis = new RedisProcess(port);
    await redis.start();
    return redis;
  }

  async start(): Promise<void> {
    if (binary === undefined) throw new Error('Tests with a Redis are to be skipped.');
    const options = ['--bind', '127.0.0.1', '--port', `${this.port}`, '--save', ''];
    this.#child = spawn(binary, [...options, '--dir', tmpdir()], { stdio: 'ignore' });
    while (!(await this.#answers())) await pause(20);
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  #answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
  }
}
