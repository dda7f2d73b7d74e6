#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { CodedError } from '#kit/protocol/errors.js';
import { StartRefused } from './adapters/postgres/index.js';
import { runCommand, type Command } from './commands.js';
import { ConfigError, readConfig } from './config.js';
import { callControl } from './control.js';
import { createLogger } from './log.js';
import { openApp, start } from './main.js';

const closeTimeoutMs = 10_000;

const help = `convkit-server <command>

  start                                          run the server
  create-workspace <name> [--owner-email <mail>] make another workspace
  settings set [<workspace>] <name>=<value>      change a setting, such as missedAfterMs=60000
                                                 or allowedOrigins=https://shop.example
  sign-in-link [<workspace>]                     a new one-time link for the owner
  help                                           this text

Without <workspace> the oldest one is meant. Commands work beside a running server and without one.
The environment configures it: PORT HOST DATA_DIR DATABASE_URL PUBLIC_URL TRUST_PROXY SECRET LIMITS
LOG_LEVEL; the guide to configuration says what each does.`;

class UsageError extends Error {}

async function run(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'owner-email': { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  const [name = 'help', ...rest] = positionals;
  if (values.help || name === 'help') return print(help);
  if (name === 'start') return serve();
  for (const line of await perform(commandOf(name, rest, values['owner-email'] ?? null))) {
    print(line);
  }
}

function commandOf(name: string, rest: string[], ownerEmail: string | null): Command {
  if (name === 'create-workspace' && rest[0] !== undefined && rest.length === 1) {
    return { name, workspaceName: rest[0], ownerEmail };
  }
  if (name === 'sign-in-link' && rest.length <= 1) return { name, workspaceId: rest[0] ?? null };
  if (name === 'settings' && rest[0] === 'set') {
    // `name=value` and `name value` are the same.
    const words = rest.slice(1);
    const last = words.at(-1) ?? '';
    const equals = /^[A-Za-z]+=/.exec(last)?.[0].length;
    const [workspace, setting, value] =
      equals === undefined
        ? words.length === 2
          ? [null, ...words]
          : words
        : [words.length === 2 ? words[0] : null, last.slice(0, equals - 1), last.slice(equals)];
    const tooMany = words.length > (equals === undefined ? 3 : 2);
    if (!tooMany && setting !== undefined && value !== undefined) {
      return { name: 'settings-set', workspaceId: workspace ?? null, setting, value };
    }
  }
  throw new UsageError(`There is no such command: ${[name, ...rest].join(' ')}\n\n${help}`);
}

/** By the server that runs on the data folder, else on the storage itself. */
async function perform(command: Command): Promise<string[]> {
  const config = readConfig(process.env);
  const lines = await callControl(config.dataDir, command);
  if (lines) return lines;
  const { app, close } = await openApp(config, createLogger('warn'));
  try {
    const url = config.publicUrl ?? `http://${config.host}:${config.port}`;
    return await runCommand(app.ports, command, url);
  } finally {
    await close();
  }
}

async function serve(): Promise<void> {
  const running = await start(readConfig(process.env), print);
  let closing = false;
  const stop = (): void => {
    if (closing) process.exit(1);
    closing = true;
    setTimeout(() => process.exit(1), closeTimeoutMs).unref();
    running.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(error: unknown): void {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

function explain(error: unknown): string {
  const expected =
    error instanceof ConfigError ||
    error instanceof StartRefused ||
    error instanceof CodedError ||
    error instanceof UsageError;
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return `The port is in use by another program. Set PORT to another one, or to 0 for any free one.`;
  }
  if (code === 'EACCES')
    return `${error.message}. Set PORT above 1023, or DATA_DIR to your own folder.`;
  return expected || code?.startsWith('ERR_PARSE_ARGS')
    ? error.message
    : (error.stack ?? error.message);
}

run(process.argv.slice(2)).catch(fail);
