import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { programOf } from '../../../../test/program.js';

/** A process that opens a data folder and stores contacts in it until it is killed. */
export interface Child {
  pid: number;
  /** What it has told so far. */
  lines: string[];
  /** Resolves at the first line that starts so, or when it has ended. */
  until(start: string, times?: number): Promise<void>;
  /** kill -9, and all that it had told by then. */
  kill(): Promise<string[]>;
}

export function openInChild(folder: string): Child {
  const { words, environment } = programOf('src/adapters/postgres/testing/open');
  const child = spawn(process.execPath, [...words, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  const ended = once(reader, 'close');
  return {
    pid: child.pid ?? 0,
    lines,
    until: async (start, times = 1) => {
      const told = () => lines.filter((line) => line.startsWith(start)).length >= times;
      while (!told() && child.exitCode === null) {
        await Promise.race([once(reader, 'line'), ended]);
      }
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
      return lines;
    },
  };
}
