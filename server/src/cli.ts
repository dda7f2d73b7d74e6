#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { CodedError } from '#kit/protocol/errors.js';
import { StartRefused } from './adapters/postgres/start-refused.js';
import { RestoreRefused } from './archive-ports.js';
import { CannotOperate } from './cannot-operate.js';
import { help, readTask, UsageError, type Task } from './command-line.js';
import type { Command } from './commands.js';
import { ConfigError, readConfig } from './config.js';
import { callControl } from './control.js';
import { migrateDatabase, restoreFrom, writeBackup, writeExport } from './installation.js';
import { BackupDamaged } from './operations/backup-format.js';
import { refusalLine } from './refusal-line.js';

// The server itself takes most of a second to load: what a running one does needs none of it here.

/** For what is under way when everybody was sent away. */
const closeTimeoutMs = 10_000;
/** One Ctrl+C may come twice, from the terminal and from npm; only a later one is impatience. */
const sameSignalMs = 1_000;

async function run(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'owner-email': { type: 'string' },
      role: { type: 'string' },
      name: { type: 'string' },
      agent: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [name = 'help', ...rest] = positionals;
  if (values.help || name === 'help') return print(help);
  if (name === 'start') return serve();
  const { role, name: given, agent } = values;
  const flags = { ownerEmail: values['owner-email'], role, name: given, agent };
  for (const line of await carryOut(readTask(name, rest, flags))) print(line);
}

async function carryOut(task: Task): Promise<string[]> {
  switch (task.type) {
    case 'doctor': {
      const { examine } = await import('./operations/doctor.js');
      const { lines, isWell } = await examine(process.env);
      if (!isWell) process.exitCode = 1;
      return lines;
    }
    case 'command':
      return perform(task.command);
    case 'migrate':
      return migrateDatabase(readConfig(process.env));
    case 'backup':
      return writeBackup(readConfig(process.env), task.file);
    case 'restore':
      return restoreFrom(readConfig(process.env), task.file);
    case 'export':
      return writeExport(readConfig(process.env), task.workspaceId, task.file);
  }
}

/** By the server that runs on the data folder, else on the storage itself. */
async function perform(command: Command): Promise<string[]> {
  const config = readConfig(process.env);
  const lines = await callControl(config.dataDir, command);
  if (lines) return lines;
  const [{ addressOf, openApp }, { createLogger }, { runCommand }] = await Promise.all([
    import('./main.js'),
    import('./log.js'),
    import('./run-command.js'),
  ]);
  const { app, close } = await openApp(config, createLogger('warn'));
  try {
    return await runCommand(app.ports, command, addressOf(config));
  } finally {
    await close();
  }
}

async function serve(): Promise<void> {
  const config = readConfig(process.env);
  const starting = import('./main.js').then(({ start }) => start(config, print));
  let closingSince: number | null = null;
  const stop = (): void => {
    const now = performance.now();
    if (closingSince !== null) {
      if (now - closingSince > sameSignalMs) process.exit(1);
      return;
    }
    closingSince = now;
    setTimeout(() => process.exit(1), config.drainMs + closeTimeoutMs).unref();
    starting
      .then((running) => running.close())
      .then(() => process.exit(0))
      .catch(fail);
  };
  // A signal that comes while it starts waits for the start: nothing is left half made.
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  await starting;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(error: unknown): void {
  // Whoever read our lines, such as `head`, has seen enough.
  if ((error as NodeJS.ErrnoException | null)?.code === 'EPIPE') process.exit(0);
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

function explain(error: unknown): string {
  const expected =
    error instanceof ConfigError ||
    error instanceof StartRefused ||
    error instanceof CannotOperate ||
    error instanceof BackupDamaged ||
    error instanceof RestoreRefused ||
    error instanceof UsageError;
  if (error instanceof CodedError) return refusalLine(error);
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return `The port is in use by another program. Set PORT to another one, or to 0 for any free one.`;
  }
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL') {
    return `${error.message}. Set HOST to an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all.`;
  }
  if (code === 'EACCES')
    return `${error.message}. Set PORT above 1023, or DATA_DIR to your own folder.`;
  return expected || code?.startsWith('ERR_PARSE_ARGS')
    ? error.message
    : (error.stack ?? error.message);
}

run(process.argv.slice(2)).catch(fail);
