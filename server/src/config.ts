import { join, resolve } from 'node:path';
import proxyAddr from '@fastify/proxy-addr';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { parseMailbox, parseSmtpUrl, type SmtpServer } from './mail-address.js';
import type { Mailbox } from './mail-ports.js';
import { defaultLimits, type Limits } from './rate-limits.js';

/** What the environment says, checked. */
export interface Config {
  /** 0 takes any free port. */
  port: number;
  host: string;
  /** Absolute. */
  dataDir: string;
  databaseUrl: string | null;
  /** Joins any number of servers; null: this one is alone. */
  redisUrl: string | null;
  /** Where uploaded files are kept. */
  files: FilesConfig;
  /** Who takes emails, and whom they are from; null: none are sent. */
  mail: { server: SmtpServer; from: Mailbox } | null;
  /** Absolute: a database of where addresses are; null: nobody knows. */
  geoipFile: string | null;
  /** Over how long clients are sent away when the server ends, in ms. */
  drainMs: number;
  /** Whoever asks for `/metrics` shows it as a bearer token; null: only this machine may ask. */
  metricsToken: string | null;
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

export type FilesConfig =
  | { type: 'disk'; /** Absolute. */ dir: string }
  | {
      type: 's3';
      /** With the bucket in its path, such as `https://s3.example/files`. */
      endpoint: string;
      region: string;
      accessKeyId: string;
      secretAccessKey: string;
    };

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
    schema: Type.String({ pattern: '^rediss?://' }),
    fix: 'Give redis://host:6379, or unset it for a single server.',
  },
  FILES_DIR: { schema: Type.String({ minLength: 1 }), fix: 'Give a folder, such as /srv/files.' },
  S3_ENDPOINT: {
    schema: Type.String({ pattern: '^https?://[^/?#@\\s]+/[^?#\\s]+$' }),
    fix: 'Give the address with the bucket in its path, such as https://s3.example/files.',
  },
  S3_REGION: { schema: Type.String({ minLength: 1 }), fix: 'Give a region, such as eu-north-1.' },
  S3_ACCESS_KEY_ID: { schema: Type.String({ minLength: 1 }), fix: 'Give the id of the key.' },
  S3_SECRET_ACCESS_KEY: { schema: Type.String({ minLength: 1 }), fix: 'Give the secret key.' },
  SMTP_URL: {
    schema: Type.String({ pattern: '^smtps?://' }),
    fix: 'Give smtp://user:password@host:587 or smtps://user:password@host:465, with special characters percent-encoded.',
  },
  MAIL_FROM: {
    schema: Type.String({ maxLength: 400 }),
    fix: 'Give an address, such as mail@shop.example or Shop <mail@shop.example>.',
  },
  GEOIP_FILE: {
    schema: Type.String({ minLength: 1 }),
    fix: 'Give the path of a database in MaxMind’s format, such as /srv/city.mmdb.',
  },
  DRAIN_MS: {
    schema: Type.String({ pattern: '^(?:0|[1-9][0-9]{0,5})$' }),
    fix: 'Give milliseconds up to 999999, such as 5000.',
  },
  METRICS_TOKEN: {
    schema: Type.String({ minLength: 16 }),
    fix: 'Give at least 16 random characters.',
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

/** All that is read; docs/guides/configuration.md says what each does. */
export const variableNames = Object.keys(variables) as VariableName[];

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
  const redisUrl = read('REDIS_URL');
  const databaseUrl = read('DATABASE_URL');
  const secret = read('SECRET');
  if (databaseUrl !== null && secret === null) {
    throw new ConfigError(`SECRET is required with DATABASE_URL. ${variables.SECRET.fix}`);
  }
  if (redisUrl !== null && databaseUrl === null) {
    throw new ConfigError(
      `DATABASE_URL is required with REDIS_URL: servers that work together share one. ${variables.DATABASE_URL.fix}`,
    );
  }
  const publicUrl = read('PUBLIC_URL')?.replace(/\/$/, '') ?? null;
  if (publicUrl !== null && !URL.canParse(publicUrl)) {
    throw refusal('PUBLIC_URL', variables.PUBLIC_URL.fix);
  }
  const publicDir = read('PUBLIC_DIR');
  const geoipFile = read('GEOIP_FILE');
  const dataDir = resolve(cwd, read('DATA_DIR') ?? '.convkit');
  return {
    port,
    host: read('HOST') ?? '127.0.0.1',
    dataDir,
    databaseUrl,
    redisUrl,
    files: readFiles(read, { cwd, dataDir, shared: redisUrl !== null }),
    mail: readMail(read('SMTP_URL'), read('MAIL_FROM')),
    geoipFile: geoipFile === null ? null : resolve(cwd, geoipFile),
    drainMs: Number(read('DRAIN_MS') ?? 200),
    metricsToken: read('METRICS_TOKEN'),
    publicUrl,
    trustProxy: trustedProxies(read('TRUST_PROXY')),
    secret,
    limits: readLimits(read('LIMITS')),
    logLevel: (read('LOG_LEVEL') ?? 'info') as Config['logLevel'],
    publicDir: publicDir === null ? null : resolve(cwd, publicDir),
  };
}

function readFiles(
  read: (name: VariableName) => string | null,
  { cwd, dataDir, shared }: { cwd: string; dataDir: string; shared: boolean },
): FilesConfig {
  const filesDir = read('FILES_DIR');
  const endpoint = read('S3_ENDPOINT');
  if (endpoint !== null) {
    if (filesDir !== null) {
      throw new ConfigError('FILES_DIR and S3_ENDPOINT are both set. Unset one of them.');
    }
    const required = (name: VariableName): string => {
      const value = read(name);
      if (value !== null) return value;
      throw new ConfigError(`${name} is required with S3_ENDPOINT. ${variables[name].fix}`);
    };
    return {
      type: 's3',
      endpoint,
      region: read('S3_REGION') ?? 'us-east-1',
      accessKeyId: required('S3_ACCESS_KEY_ID'),
      secretAccessKey: required('S3_SECRET_ACCESS_KEY'),
    };
  }
  if (filesDir === null && shared) {
    throw new ConfigError(
      'FILES_DIR or S3_ENDPOINT is required with REDIS_URL. Give a folder that all servers share, or an S3 bucket.',
    );
  }
  return {
    type: 'disk',
    dir: filesDir === null ? join(dataDir, 'files') : resolve(cwd, filesDir),
  };
}

function readMail(url: string | null, from: string | null): Config['mail'] {
  if (url === null) {
    if (from === null) return null;
    throw new ConfigError(`SMTP_URL is required with MAIL_FROM. ${variables.SMTP_URL.fix}`);
  }
  // Its words hold a password: no message repeats them.
  const server = parseSmtpUrl(url);
  if (!server) throw refusal('SMTP_URL', variables.SMTP_URL.fix);
  if (from === null) {
    throw new ConfigError(`MAIL_FROM is required with SMTP_URL. ${variables.MAIL_FROM.fix}`);
  }
  const mailbox = parseMailbox(from);
  if (!mailbox) throw refusal('MAIL_FROM', variables.MAIL_FROM.fix);
  return { server, from: mailbox };
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
