import type { Command } from './commands.js';
import { settingNames } from './usecases/update-settings.js';

export const help = `convkit-server <command>

  start                                          run the server
  create-workspace <name> [--owner-email <mail>] make another workspace
  settings set [<workspace>] <name>=<value>      change a setting, such as missedAfterMs=60000
                                                 or allowedOrigins=https://shop.example
  sign-in-link [<workspace>]                     a new one-time link for the owner
  help                                           this text

Without <workspace> the oldest one is meant. Commands work beside a running server and without one.
The environment configures it: PORT HOST DATA_DIR DATABASE_URL PUBLIC_URL TRUST_PROXY SECRET LIMITS
LOG_LEVEL; the guide to configuration says what each does.`;

/** What was typed is no command; the message says what is. */
export class UsageError extends Error {}

/** Throws a `UsageError`. */
export function readCommand(name: string, rest: string[], ownerEmail: string | null): Command {
  if (name === 'create-workspace' && rest[0] !== undefined && rest.length === 1) {
    return { name, workspaceName: rest[0], ownerEmail };
  }
  if (name === 'sign-in-link' && rest.length <= 1) return { name, workspaceId: rest[0] ?? null };
  if (name === 'settings' && rest[0] === 'set') {
    const words = settingWords(rest.slice(1));
    if (words) return { name: 'settings-set', ...words };
  }
  const fault = ['create-workspace', 'sign-in-link', 'settings'].includes(name)
    ? `${name} takes other words than these`
    : 'There is no such command';
  throw new UsageError(`${fault}: ${[name, ...rest].join(' ')}\n\n${help}`);
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
