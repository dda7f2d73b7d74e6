import { ConfigError } from '../../config.js';

/** What `REDIS_URL` says. */
export interface RedisAddress {
  hosts: { host: string; port: number }[];
  /** A Redis Cluster, of which `hosts` are some nodes. */
  cluster: boolean;
  tls: boolean;
  username: string | null;
  password: string | null;
  db: number;
}

const defaultPort = 6379;
const fix =
  'Give redis://host:6379, rediss:// for TLS, or for a Redis Cluster redis://host:6379,host:6379 (also redis://host:6379?cluster=true).';

/** Throws a `ConfigError` that names the fix. */
export function parseRedisUrl(url: string): RedisAddress {
  const [, scheme, credentials, list = '', path, query] =
    /^(rediss?):\/\/(?:([^@/?]*)@)?([^@/?]+)(?:\/(\d*))?(?:\?(.*))?$/.exec(url) ?? [];
  const hosts = list.split(',').map(parseHost);
  const parameters = new URLSearchParams(query ?? '');
  const isKnown = [...parameters.keys()].every((name) => name === 'cluster');
  if (scheme === undefined || !isKnown) throw refusal();
  const cluster = hosts.length > 1 || parameters.get('cluster') === 'true';
  const db = Number(path ?? 0);
  if (cluster && db !== 0) throw refusal();
  const [username = '', password = ''] = splitOnce(credentials ?? '', ':').map(decode);
  return {
    hosts,
    cluster,
    tls: scheme === 'rediss',
    username: username || null,
    password: password || null,
    db,
  };
}

function parseHost(text: string): { host: string; port: number } {
  const [, bracketed, plain, port] =
    /^(?:\[([0-9A-Fa-f:]+)\]|([^:[\]]+))(?::(\d+))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || Number(port ?? 1) > 65_535) throw refusal();
  return { host, port: Number(port ?? defaultPort) };
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refusal();
  }
}

function refusal(): ConfigError {
  return new ConfigError(`REDIS_URL is not usable as it is set. ${fix}`);
}
