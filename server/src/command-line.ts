import type { AgentRole } from '#kit/domain/index.js';
import type { Command } from './commands.js';
import { variableNames } from './config.js';
import { settingNames } from './usecases/update-settings.js';

export const help = `convkit-server <command>

  start                                          run the server
  migrate                                        bring the database to this version and end
  doctor                                         look for what is wrong here, and say the fix

  create-workspace <name> [--owner-email <mail>] make another workspace
  create-agent <workspace> <email>               make an agent, and a one-time link to sign in
      [--role owner|admin|agent] [--name <name>]
  set-role <agent> owner|admin|agent             by id or email; a workspace keeps an owner
  remove-agent <agent>                           signs out and gives up their conversations
  sign-in-link [<workspace>] [--agent <agent>]   a new one-time link for the owner, or the agent
  settings set [<workspace>] <name>=<value>      change a setting, such as missedAfterMs=60000
                                                 or allowedOrigins=https://shop.example

  backup <file>                                  everything of one moment, while the server runs
  restore <file>                                 into an installation that holds nothing yet
  export [<workspace>] <file or ->               one workspace or all, as lines of JSON
  help                                           this text

Without <workspace> the oldest one is meant, for export all. Commands work beside a running server
and without one. The environment configures it; the guide to configuration says what each does:

${linesOf(variableNames, 96)}`;

/** Words with spaces between, in lines of at most so many characters. */
function linesOf(words: readonly string[], width: number): string {
  return words
    .join(' ')
    .replace(new RegExp(`(.{1,${width}})(?: |$)`, 'g'), '  $1\n')
    .trimEnd();
}

/** What was typed is no command; the message says what is. */
export class UsageError extends Error {}

/** Options that stand anywhere; null where not given. */
export interface Flags {
  ownerEmail?: string | undefined;
  role?: string | undefined;
  name?: string | undefined;
  agent?: string | undefined;
}

/** Commands that end by themselves: done by a running server, or on the installation itself. */
export type Task =
  | { type: 'command'; command: Command }
  | { type: 'migrate' }
  | { type: 'doctor' }
  | { type: 'backup'; file: string }
  | { type: 'restore'; file: string }
  | { type: 'export'; workspaceId: string | null; file: string };

const names = [
  'migrate',
  'doctor',
  'create-workspace',
  'create-agent',
  'set-role',
  'remove-agent',
  'sign-in-link',
  'settings',
  'backup',
  'restore',
  'export',
];

const roles: readonly string[] = ['owner', 'admin', 'agent'] satisfies AgentRole[];

/** Throws a `UsageError`. */
export function readTask(name: string, rest: string[], flags: Flags = {}): Task {
  const task = taskOf(name, rest);
  if (task) return task;
  const command = commandOf(name, rest, flags);
  if (command) return { type: 'command', command };
  const missing = missingOf(name, rest);
  if (missing) throw new UsageError(missing);
  const fault = names.includes(name)
    ? `${name} takes other words than these`
    : 'There is no such command';
  throw new UsageError(`${fault}: ${[name, ...rest].join(' ')}\n\n${help}`);
}

/** What must follow each command. */
const wanted: Readonly<Record<string, readonly string[]>> = {
  'create-workspace': ['name'],
  'create-agent': ['workspace', 'email'],
  'set-role': ['agent', 'role'],
  'remove-agent': ['agent'],
  backup: ['file'],
  restore: ['file'],
  export: ['file'],
};

/** Says which words are not there; null where it is something else. */
function missingOf(name: string, rest: readonly string[]): string | null {
  const all = Object.hasOwn(wanted, name) ? (wanted[name] ?? []) : [];
  // Nobody's workspace has an address for a name: it is the first word that was left out.
  const onlyEmail = name === 'create-agent' && rest.length === 1 && rest[0]?.includes('@');
  const missing = onlyEmail ? ['workspace'] : all.slice(rest.length);
  if (missing.length === 0) return null;
  const bracketed = (words: readonly string[]): string[] => words.map((word) => `<${word}>`);
  const are = missing.length > 1 ? 'are' : 'is';
  return `${bracketed(missing).join(' and ')} ${are} missing. Type: ${[name, ...bracketed(all)].join(' ')}`;
}

function taskOf(name: string, rest: string[]): Task | null {
  const [first, second] = rest;
  if ((name === 'migrate' || name === 'doctor') && rest.length === 0) return { type: name };
  if ((name === 'backup' || name === 'restore') && first && rest.length === 1) {
    return { type: name, file: first };
  }
  if (name === 'export' && first && rest.length === 1) {
    return { type: name, workspaceId: null, file: first };
  }
  if (name === 'export' && first && second && rest.length === 2) {
    return { type: name, workspaceId: first, file: second };
  }
  return null;
}

function commandOf(name: string, rest: string[], flags: Flags): Command | null {
  const [first, second] = rest;
  if (name === 'create-workspace' && first !== undefined && rest.length === 1) {
    return { name, workspaceName: first, ownerEmail: flags.ownerEmail ?? null };
  }
  if (name === 'create-agent' && first && second && rest.length === 2) {
    const { role = 'agent', name: agentName = null } = flags;
    if (!isRole(role)) throw new UsageError(`--role takes one of ${roles.join(', ')}.`);
    return { name, workspaceId: first, email: second, role, agentName };
  }
  if (name === 'set-role' && first && second && rest.length === 2) {
    if (!isRole(second)) throw new UsageError(`set-role takes one of ${roles.join(', ')}.`);
    return { name, agent: first, role: second };
  }
  if (name === 'remove-agent' && first && rest.length === 1) return { name, agent: first };
  if (name === 'sign-in-link' && rest.length <= 1) {
    const { agent } = flags;
    return { name, workspaceId: first ?? null, ...(agent !== undefined && { agent }) };
  }
  if (name === 'settings' && first === 'set') {
    const words = settingWords(rest.slice(1));
    if (words) return { name: 'settings-set', ...words };
  }
  return null;
}

function isRole(text: string): text is AgentRole {
  return roles.includes(text);
}

/** `name=value` and `name value` are the same, with a workspace before it or not. */
function settingWords(
  words: string[],
): { workspaceId: string | null; setting: string; value: string } | null {
  const [first = '', second, third] = words;
  if (words.length === 3 && second !== undefined && third !== undefined) {
    return { workspaceId: first, setting: second, value: third };
  }
  if (words.length === 2 && second !== undefined) {
    const pair = settingNames.includes(first) ? null : pairOf(second);
    return pair
      ? { workspaceId: first, ...pair }
      : { workspaceId: null, setting: first, value: second };
  }
  const pair = words.length === 1 ? pairOf(first) : null;
  return pair && { workspaceId: null, ...pair };
}

function pairOf(word: string): { setting: string; value: string } | null {
  const [, setting, value] = /^([A-Za-z]+)=(.*)$/s.exec(word) ?? [];
  return setting === undefined || value === undefined ? null : { setting, value };
}
