import { pino, type Logger } from 'pino';
import type { Config } from './config.js';

export type { Logger };

/** Headers and fields that could hold a secret or what somebody wrote. */
const secrets = [
  'headers',
  'authorization',
  'cookie',
  'cookies',
  'body',
  'payload',
  'text',
  'token',
  'authToken',
  'visitorToken',
  'identity',
  'secret',
  'secretAccessKey',
  'signature',
  'query',
  'password',
  'code',
  'url',
];

/**
 * Structured lines on stderr: the addresses and the sign-in link have stdout for themselves. No
 * line ever holds a token, a code, a cookie or the text of a message.
 */
export function createLogger(
  level: Config['logLevel'],
  destination: NodeJS.WritableStream = process.stderr,
): Logger {
  return pino(
    {
      level,
      base: null,
      serializers: { err: describeError, error: describeError },
      redact: {
        paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        remove: true,
      },
    },
    destination,
  );
}

/**
 * An error without the values that it was about: query parameters and rows stand in the messages of
 * databases. What remains is its type, its code, the first line, and where it happened.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint, table, cause } = error as Error & Record<string, unknown>;
  const fromDatabase = 'severity' in error;
  return {
    type: error.name,
    ...(fromDatabase ? { sqlState: code, constraint, table } : { reason: code }),
    ...(fromDatabase ? {} : { message: error.message.split('\n', 1)[0] }),
    stack: error.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}
