import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { secretsIn } from './log-secrets.js';

const root = fileURLToPath(new URL('../', import.meta.url));
const cli = join(root, 'server/dist/cli.js');
const startTimeoutMs = 60_000;
/** Names a data folder after its first start, which all servers of a run begin with a copy of. */
const preparedName = 'E2E_DATA_FOLDER';

/** The built server as a user runs it, on a folder of its own and any free port. */
export class Server {
  readonly dataDir: string;
  readonly #environment: Record<string, string>;
  #child: ChildProcess | null = null;
  #lines: string[] = [];
  /** Of all its starts. */
  readonly #log: string[] = [];
  #origin = '';
  #signInLink = '';

  private constructor(dataDir: string, environment: Record<string, string>) {
    this.dataDir = dataDir;
    this.#environment = environment;
  }

  static async start(environment: Record<string, string> = {}): Promise<Server> {
    const server = new Server(await mkdtemp(join(tmpdir(), 'convkit-e2e-')), environment);
    const prepared = process.env[preparedName];
    if (prepared) await cp(prepared, server.#dataFolder, { recursive: true });
    await server.#run('0');
    return server;
  }

  /**
   * Makes the first start for the servers to come: it costs more than twice what another one does.
   * Gives what takes the folder away again.
   */
  static async prepare(): Promise<() => Promise<void>> {
    const server = await Server.start();
    await server.end();
    process.env[preparedName] = server.#dataFolder;
    return () => server.stop();
  }

  /** Such as `http://127.0.0.1:41234`; the same after a restart. */
  get origin(): string {
    return this.#origin;
  }

  /** The one-time link that the last start printed. */
  get signInLink(): string {
    return this.#signInLink;
  }

  /** Everything printed so far, for a failed test's report. */
  get output(): string {
    return this.#lines.join('\n');
  }

  /** Ends the process at once, as a crash or the kernel would. */
  async kill(): Promise<void> {
    await this.#signal('SIGKILL');
  }

  /** Ends it in order. */
  async end(): Promise<void> {
    await this.#signal('SIGTERM');
  }

  /** Starts again on the same folder and port. */
  async restart(): Promise<void> {
    await this.#run(new URL(this.#origin).port);
  }

  /** Runs one command of the command line beside the running server; rejects with what it printed. */
  async command(...args: string[]): Promise<string> {
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: this.dataDir,
      env: this.#env('0'),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const printed: string[] = [];
    child.stdout.on('data', (part) => printed.push(String(part)));
    child.stderr.on('data', (part) => printed.push(String(part)));
    const [code] = (await once(child, 'close')) as [number | null];
    const output = printed.join('');
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}:\n${output}`);
    return output;
  }

  /** One more one-time link for the owner of the default workspace. */
  async newSignInLink(): Promise<string> {
    const link = /^Sign in: (\S+)/m.exec(await this.command('sign-in-link'))?.[1];
    if (link === undefined) throw new Error('The command printed no sign-in link.');
    return link;
  }

  /** What stands in its log and must not; `known` are secrets that only the caller knows. */
  async secretsLogged(known: readonly string[]): Promise<string[]> {
    return secretsIn(this.#log.join('\n'), await this.command('export', '-'), known);
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  async #run(port: string): Promise<void> {
    const child = spawn(process.execPath, [cli, 'start'], {
      cwd: this.dataDir,
      env: this.#env(port),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    // Should the test runner die, its servers must not stay.
    const orphaned = (): void => void child.kill('SIGKILL');
    process.once('exit', orphaned);
    child.once('close', () => process.off('exit', orphaned));
    this.#lines = [];
    const first = port === '0';
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string): void => {
        reject(new Error(`The server ${why}:\n${this.output}`));
      };
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        fail('did not start in time');
      }, startTimeoutMs);
      child.once('close', (code) => {
        clearTimeout(timer);
        fail(`ended with ${String(code)}`);
      });
      const read = (line: string): void => {
        this.#lines.push(line);
        const link = /^\s*Sign in:\s*(\S+)/.exec(line)?.[1];
        if (link) {
          this.#signInLink = link;
          this.#origin = new URL(link).origin;
        }
        const address = /\b(https?:\/\/[^/\s]+)\/inbox\b/.exec(line)?.[1];
        if (address) this.#origin = address;
        const ready = first ? link !== undefined : address !== undefined || link !== undefined;
        if (!ready) return;
        clearTimeout(timer);
        resolve();
      };
      createInterface({ input: child.stdout }).on('line', read);
      createInterface({ input: child.stderr }).on('line', (line) => {
        this.#log.push(line);
        read(line);
      });
    });
  }

  async #signal(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill(signal);
    await closed;
  }

  get #dataFolder(): string {
    return join(this.dataDir, 'data');
  }

  #env(port: string): Record<string, string> {
    const inherited = { ...process.env };
    for (const name of ['DATABASE_URL', 'REDIS_URL', 'PUBLIC_URL', 'SECRET', 'TRUST_PROXY']) {
      delete inherited[name];
    }
    return {
      ...(inherited as Record<string, string>),
      HOST: '127.0.0.1',
      // All that it could say: what is said is searched for secrets.
      LOG_LEVEL: 'debug',
      ...this.#environment,
      PORT: port,
      DATA_DIR: this.#dataFolder,
    };
  }
}
