import { fork, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CodedError } from '#kit/protocol/errors.js';
import type { ReceivedFile } from '../../file-ports.js';
import { storageFault } from './storage-fault.js';

export interface ToPictureWorker {
  path: string;
  thumbnailPath: string;
}

/** Pixels as they are shown, and bytes of the thumbnail; or the system's fault, null where it is the picture's. */
export type FromPictureWorker =
  { width: number; height: number; size: number } | { fault: string | null };

export interface Picture {
  width: number;
  height: number;
  thumbnail: ReceivedFile;
}

const maxWorkers = 2;
const timeLimitMs = 20_000;
const idleMs = 30_000;
const isBundled = !import.meta.url.endsWith('.ts');

/** Has pictures read by two processes at most, which start with the first picture. */
export class PictureReader {
  readonly #timeLimitMs: number;
  readonly #idle: Worker[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #workers = new Set<Worker>();
  #busy = 0;

  constructor(options: { timeLimitMs?: number } = {}) {
    this.#timeLimitMs = options.timeLimitMs ?? timeLimitMs;
  }

  /**
   * Size and thumbnail of a picture; the thumbnail lies beside it. Rejects with `file_damaged` when
   * it cannot be read, is too large once unpacked, or takes too long.
   */
  async read(path: string): Promise<Picture> {
    const thumbnailPath = `${path}.thumbnail`;
    await this.#turn();
    try {
      const worker = this.#idle.pop() ?? this.#start();
      const answer = await worker.ask({ path, thumbnailPath }, this.#timeLimitMs);
      if (worker.isAlive) this.#idle.push(worker);
      if ('fault' in answer) throw faultOf(answer.fault);
      const { width, height, size } = answer;
      return { width, height, thumbnail: { path: thumbnailPath, size } };
    } catch (error) {
      await rm(thumbnailPath, { force: true });
      throw error;
    } finally {
      this.#busy -= 1;
      this.#waiting.shift()?.();
    }
  }

  close(): void {
    for (const worker of this.#workers) worker.end();
  }

  async #turn(): Promise<void> {
    while (this.#busy >= maxWorkers) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#busy += 1;
  }

  #start(): Worker {
    const worker: Worker = new Worker(() => {
      this.#workers.delete(worker);
      const at = this.#idle.indexOf(worker);
      if (at >= 0) this.#idle.splice(at, 1);
    });
    this.#workers.add(worker);
    return worker;
  }
}

function faultOf(code: string | null): CodedError {
  if (code === null) return new CodedError('file_damaged');
  return storageFault(Object.assign(new Error('A thumbnail could not be written.'), { code }));
}

class Worker {
  readonly #child: ChildProcess;
  #idleTimer: NodeJS.Timeout | undefined;
  isAlive = true;

  constructor(onEnd: () => void) {
    this.#child = fork(fileURLToPath(new URL(entry, import.meta.url)), {
      // It is given files of strangers: none of the server's secrets.
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      ...(isBundled ? { execArgv: [] } : {}),
    });
    const ended = (): void => {
      this.isAlive = false;
      clearTimeout(this.#idleTimer);
      onEnd();
    };
    this.#child.once('exit', ended).once('error', ended);
  }

  /** The picture's fault too when the process ends or does not answer in time. */
  async ask(message: ToPictureWorker, limitMs: number): Promise<FromPictureWorker> {
    clearTimeout(this.#idleTimer);
    this.#child.ref();
    this.#child.channel?.ref();
    const answer = await new Promise<FromPictureWorker>((resolve) => {
      const settle = (value: FromPictureWorker): void => {
        clearTimeout(limit);
        this.#child.off('message', settle).off('exit', onEnd).off('error', onEnd);
        resolve(value);
      };
      const onEnd = (): void => settle({ fault: null });
      const limit = setTimeout(() => {
        this.end();
        onEnd();
      }, limitMs);
      this.#child.on('message', settle).on('exit', onEnd).on('error', onEnd);
      this.#child.send(message, (error) => {
        if (error) onEnd();
      });
    });
    this.#idleTimer = setTimeout(() => this.end(), idleMs).unref();
    this.#child.unref();
    this.#child.channel?.unref();
    return answer;
  }

  end(): void {
    this.isAlive = false;
    this.#child.kill('SIGKILL');
  }
}

const entry = isBundled ? './picture-worker.js' : './picture-worker.ts';
