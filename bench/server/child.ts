import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Answer, Question } from './answering.js';

const canPin = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;
const START_TIMEOUT_MS = 60_000;
/** A folder where every process leaves a CPU profile. */
const profiles = process.env['BENCH_PROFILES'];
const nodeFlags = [
  '--expose-gc',
  ...(profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`]),
];

/**
 * A process of the measurement, on a core of its own where `taskset` exists, and with as many file
 * descriptors as the system lets it have.
 */
export class Child {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #asked = 0;

  private constructor(process: ChildProcess) {
    this.#process = process;
    process.on('message', (answer: Answer) => {
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
    process.once('exit', (code, signal) => {
      const failed = `the process ended (${signal ?? code})`;
      for (const [id, settle] of this.#waiting) settle({ id, failed });
      this.#waiting.clear();
    });
  }

  /** Runs a module of this folder; `core` is its place, 0 or 1. */
  static async start(
    module: string,
    core: 0 | 1,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Child> {
    const path = fileURLToPath(new URL(module, import.meta.url));
    const pin = canPin ? `taskset -c ${core} ` : '';
    const command = `ulimit -n "$(ulimit -Hn)"; exec ${pin}"$0" "$@"`;
    const child = spawn(
      '/bin/sh',
      ['-c', command, process.execPath, ...nodeFlags, '--import', 'tsx', path],
      { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: { ...process.env, ...environment } },
    );
    const gone = new AbortController();
    child.once('exit', () => gone.abort(new Error(`${module} ended before it was ready.`)));
    const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(START_TIMEOUT_MS)]);
    await once(child, 'message', { signal });
    return new Child(child);
  }

  ask<Value>(name: string, argument?: unknown): Promise<Value> {
    const question: Question = { id: ++this.#asked, name, argument };
    return new Promise((resolve, reject) => {
      this.#waiting.set(question.id, (answer) => {
        if ('failed' in answer) reject(new Error(`${name}: ${answer.failed}`));
        else resolve(answer.value as Value);
      });
      this.#process.send(question);
    });
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.disconnect();
    await gone;
  }
}
