import { resolve } from 'node:path';
import proxyAddr from '@fastify/proxy-addr';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { defaultLimits, type Limits } from './rate-limits.js';

/** What the environment says, checked. */
export interface Config {
  /** 0 takes any free port. */
  port: number;
  host: string;
  /** Absolute. */
  dataDir: string;
  databaseUrl: string | null;
  /** The server's address as people type it, without a slash at the end; null: as bound. */
  publicUrl: string | null;
  /** As fastify takes it: whether, how many, or which proxies to believe. */
  trustProxy: boolean | number | string;
  /** Null: made once and kept in `dataDir`. */
  secret: string | null;
  limits: Limits;
  logLevel: Static<typeof LogLevel>;
  /** Folder of the built pages and scripts; null: the one beside the built server. */
  publicDir: string | null;
}

/** A wrong setting; the message names the variable and the fix. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const LogLevel = Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']);

const variables = {
  PORT: {
    schema: Type.String({ pattern: '^(?:0|[1-9][0-9]{0,4})$' }),
    fix: 'Give a port from 0 (any free one) to 65535, such as 4000.',
  },
  HOST: {
    schema: Type.String({ pattern: '^[A-Za-z0-9.:_-]+$' }),
    fix: 'Give an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all.',
  },
  DATA_DIR: { schema: Type.String({ minLength: 1 }), fix: 'Give a folder, such as .convkit.' },
  DATABASE_URL: {
    schema: Type.String({ pattern: '^postgres(?:ql)?://' }),
    fix: 'Give postgres://user:password@host:5432/database, or unset it for the embedded database.',
  },
  REDIS_URL: {
    schema: Type.Never(),
    fix: 'This version runs as one process only. Unset it.',
  },
  PUBLIC_URL: {
    schema: Type.String({ pattern: '^https?://[^/?#@\\s]+/?$' }),
    fix: 'Give an origin without a path, such as https://chat.example.',
  },
  TRUST_PROXY: {
    schema: Type.String({ minLength: 1 }),
    fix: 'Give true, false, the number of proxies in front, or their addresses, such as 10.0.0.0/8.',
  },
  SECRET: {
    schema: Type.String({ minLength: 32, maxLength: 1_024 }),
    fix: 'Give at least 32 random characters, such as the output of: openssl rand -base64 32',
  },
  LIMITS: {
    schema: Type.String({ pattern: '^[A-Za-z]+=[1-9][0-9]*(?:,[A-Za-z]+=[1-9][0-9]*)*$' }),
    fix: 'Give name=number pairs with commas between, such as visitorMessagesPerMinute=30.',
  },
  LOG_LEVEL: {
    schema: LogLevel,
    fix: 'Give fatal, error, warn, info, debug, trace or silent.',
  },
  PUBLIC_DIR: { schema: Type.String({ minLength: 1 }), fix: 'Give the folder of the built pages.' },
} as const;

type VariableName = keyof typeof variables;

export type Environment = Record<string, string | undefined>;

/** Throws a `ConfigError` at the first variable that is wrong. Empty counts as unset. */
export function readConfig(environment: Environment, cwd = process.cwd()): Config {
  const read = (name: VariableName): string | null => {
    const value = environment[name]?.trim();
    if (!value) return null;
    const { schema, fix } = variables[name];
    if (!Compile(schema).Check(value)) throw refusal(name, fix);
    return value;
  };

  const port = Number(read('PORT') ?? 4000);
  if (port > 65_535) throw refusal('PORT', variables.PORT.fix);
  read('REDIS_URL');
  const databaseUrl = read('DATABASE_URL');
  const secret = read('SECRET');
  if (databaseUrl !== null && secret === null) {
    throw new ConfigError(`SECRET is required with DATABASE_URL. ${variables.SECRET.fix}`);
  }
  const publicUrl = read('PUBLIC_URL')?.replace(/\/$/, '') ?? null;
  if (publicUrl !== null && !URL.canParse(publicUrl)) {
    throw refusal('PUBLIC_URL', variables.PUBLIC_URL.fix);
  }
  const publicDir = read('PUBLIC_DIR');
  return {
    port,
    host: read('HOST') ?? '127.0.0.1',
    dataDir: resolve(cwd, read('DATA_DIR') ?? '.convkit'),
    databaseUrl,
    publicUrl,
    trustProxy: trustedProxies(read('TRUST_PROXY')),
    secret,
    limits: readLimits(read('LIMITS')),
    logLevel: (read('LOG_LEVEL') ?? 'info') as Config['logLevel'],
    publicDir: publicDir === null ? null : resolve(cwd, publicDir),
  };
}

function refusal(name: VariableName, fix: string): ConfigError {
  return new ConfigError(`${name} is not usable as it is set. ${fix}`);
}

function trustedProxies(value: string | null): Config['trustProxy'] {
  if (value === null || value === 'false') return false;
  if (value === 'true') return true;
  if (/^\d+$/.test(value)) return Number(value);
  try {
    proxyAddr.compile(value.split(',').map((address) => address.trim()));
  } catch (cause) {
    throw new ConfigError(refusal('TRUST_PROXY', variables.TRUST_PROXY.fix).message, { cause });
  }
  return value;
}

function readLimits(value: string | null): Limits {
  const limits = { ...defaultLimits };
  for (const pair of value?.split(',') ?? []) {
    const [name = '', number = ''] = pair.split('=');
    if (!Object.hasOwn(limits, name)) {
      const known = Object.keys(limits).join(', ');
      throw new ConfigError(`LIMITS names ${name}, which is no limit. Known are ${known}.`);
    }
    limits[name as keyof Limits] = Number(number);
  }
  return limits;
}
