import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { programOf } from './program.js';

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The command line from source, as a process with this environment and nothing of convkit's else. */
export async function runCli(words: string[], environment: Record<string, string>): Promise<Ran> {
  const cli = programOf('src/cli');
  const child = spawn(process.execPath, [...cli.words, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      ...cli.environment,
      ...environment,
    },
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}
