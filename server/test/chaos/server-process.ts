import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { defaultLimits } from '../../src/rate-limits.js';
import { programOf } from '../program.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const built = `${root}server/dist/cli.js`;
/** Beside other suites on a machine that others use as well. */
const startLimitMs = 180_000;
const stopLimitMs = 20_000;

/** All limits so high that only faults hold anybody up. */
export const noLimits = Object.keys(defaultLimits)
  .map((name) => `${name}=1000000`)
  .join(',');

/** Builds the server unless that was done from the same sources. */
export async function buildServer(): Promise<void> {
  const script = new URL('../../../scripts/build.mjs', import.meta.url).href;
  const { buildIfStale } = (await import(script)) as { buildIfStale(): Promise<void> };
  await buildIfStale();
}

export interface Launch {
  environment: Record<string, string>;
  /** From its sources, not as built. */
  fromSource: boolean;
}

/** One server as a user runs it, by its command line. */
export class ServerProcess {
  readonly #launch: Launch;
  #child: ChildProcess | null = null;
  #output: string[] = [];
  #port = 0;

  constructor(launch: Launch) {
    this.#launch = launch;
  }

  /** The same after each start. */
  get port(): number {
    return this.#port;
  }

  /** What it printed last. */
  get output(): string {
    return this.#output.slice(-30).join('\n');
  }

  async start(): Promise<void> {
    const child = this.#spawn(['start'], this.#port);
    this.#child = child;
    this.#port = await new Promise<number>((resolve, reject) => {
      const fail = (why: string): void => reject(new Error(`The server ${why}:\n${this.output}`));
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        fail('did not start in time');
      }, startLimitMs);
      child.once('close', (code) => fail(`ended with ${String(code)}`));
      this.#read(child, (line) => {
        const port = /^Inbox: +http:\/\/[^/]+:(\d+)\/inbox/.exec(line)?.[1];
        if (port === undefined) return;
        clearTimeout(timer);
        resolve(Number(port));
      });
    });
  }

  /** Ends it at once, as a crash or the kernel would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Ends it as an operator would. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Runs a command beside it and gives its lines. */
  async command(...words: string[]): Promise<string> {
    const child = this.#spawn(words, 0);
    const lines: string[] = [];
    this.#read(child, (line) => lines.push(line));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}:\n${lines.join('\n')}`);
    return lines.join('\n');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
    await closed;
    clearTimeout(timer);
  }

  #spawn(words: string[], port: number): ChildProcess {
    const { environment, fromSource } = this.#launch;
    if (!fromSource && !existsSync(built))
      throw new Error('The server is not built: npm run build.');
    const cli = fromSource ? programOf('src/cli') : { words: [built], environment: {} };
    const child = spawn(process.execPath, [...cli.words, ...words], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...cli.environment,
        HOST: '127.0.0.1',
        LOG_LEVEL: 'warn',
        LIMITS: noLimits,
        ...environment,
        PORT: `${port}`,
      },
    });
    // Should this process die, its servers must not stay.
    const orphaned = (): void => void child.kill('SIGKILL');
    process.once('exit', orphaned);
    child.once('close', () => process.off('exit', orphaned));
    return child;
  }

  #read(child: ChildProcess, take: (line: string) => void): void {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        this.#output.push(line);
        if (process.env['CHAOS_VERBOSE'] === '1') console.log(`server: ${line}`);
        take(line);
      });
    }
  }
}

/** Two workspaces that take the same host's word for their agents. */
export async function makeWorkspaces(
  server: ServerProcess,
  hostAuth: object,
): Promise<readonly [string, string]> {
  const make = async (name: string): Promise<string> => {
    const id = /^Workspace: (\S+)/m.exec(await server.command('create-workspace', name))?.[1];
    if (id === undefined) throw new Error('The command named no workspace.');
    await server.command('settings', 'set', id, `hostAuth=${JSON.stringify(hostAuth)}`);
    return id;
  };
  return Promise.all([make('First'), make('Second')]);
}
