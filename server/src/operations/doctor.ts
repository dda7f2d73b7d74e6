import { mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ConfigError, readConfig, type Config, type Environment } from '../config.js';
import { runningOn } from '../control.js';
import { tryPort } from '../try-port.js';
import { checkDatabase } from './check-database.js';
import { checkFiles } from './check-files.js';
import { checkMail } from './check-mail.js';
import { checkRedis } from './check-redis.js';

/** What one look found; `fix` says what to do where it is not well. */
export interface Finding {
  level: 'ok' | 'warn' | 'fail';
  subject: string;
  text: string;
  fix?: string;
}

export interface Examination {
  lines: string[];
  /** Nothing fails; there may be warnings. */
  isWell: boolean;
}

const oldestNode = [20, 19] as const;
const lowDiskBytes = 500_000_000;
const answerLimitMs = 1_000;

/** Looks at everything that a server needs here, and changes nothing that stays. */
export async function examine(environment: Environment): Promise<Examination> {
  const findings = [checkNode(process.versions.node)];
  const config = readOr(environment, findings);
  if (config) {
    findings.push(...checkAddresses(config));
    const looks = [
      checkPort(config),
      checkDataFolder(config),
      checkDatabase(config),
      checkRedis(config),
      checkFiles(config),
      checkMail(config),
      checkDisk(config),
    ];
    for (const found of await Promise.all(looks)) findings.push(...found);
  }
  return {
    lines: findings.map(lineOf),
    isWell: findings.every(({ level }) => level !== 'fail'),
  };
}

function lineOf({ level, subject, text, fix }: Finding): string {
  return `${level.padEnd(4)}  ${subject}: ${text}${fix === undefined ? '' : ` ${fix}`}`;
}

export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
  const subject = 'node';
  return isOld
    ? { level: 'fail', subject, text: `version ${version}.`, fix: 'Install 20.19 or newer.' }
    : { level: 'ok', subject, text: `version ${version}` };
}

function readOr(environment: Environment, findings: Finding[]): Config | null {
  const subject = 'configuration';
  try {
    const config = readConfig(environment);
    const where = config.databaseUrl === null ? 'the embedded database' : 'PostgreSQL';
    const nodes = config.redisUrl === null ? 'one server' : 'any number of servers';
    findings.push({ level: 'ok', subject, text: `${where}, ${nodes}` });
    return config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    findings.push({ level: 'fail', subject, text: error.message });
    return null;
  }
}

/** What browsers and proxies will see, as far as the configuration tells. */
export function checkAddresses({
  publicUrl,
  trustProxy,
  host,
}: Pick<Config, 'publicUrl' | 'trustProxy' | 'host'>): Finding[] {
  const isPrivate = /^(?:127\.|localhost$|::1$)/.test(host);
  const findings: Finding[] = [];
  const address = (level: Finding['level'], text: string, fix?: string): void => {
    findings.push({ level, subject: 'PUBLIC_URL', text, ...(fix === undefined ? {} : { fix }) });
  };
  if (publicUrl === null) {
    if (isPrivate) address('ok', 'not set; links lead to this machine');
    else {
      address('warn', 'not set.', 'Set it to the address that browsers use: links are made of it.');
    }
  } else if (publicUrl.startsWith('http://') && !/^http:\/\/(?:localhost|127\.)/.test(publicUrl)) {
    address('warn', `${publicUrl} is not encrypted.`, 'Browsers keep some features to https.');
  } else address('ok', publicUrl);

  const proxy = (level: Finding['level'], text: string, fix?: string): void => {
    findings.push({ level, subject: 'TRUST_PROXY', text, ...(fix === undefined ? {} : { fix }) });
  };
  if (trustProxy === true) {
    proxy(
      'warn',
      'every client is believed about its address.',
      'Set it to the number of proxies in front, or their addresses.',
    );
  } else if (trustProxy === false && publicUrl?.startsWith('https://')) {
    proxy(
      'warn',
      'no proxy is believed, but PUBLIC_URL is https, which a proxy serves.',
      'Set it to 1, or to the address of the proxy: all clients count as one now.',
    );
  } else proxy('ok', trustProxy === false ? 'no proxy is believed' : String(trustProxy));
  return findings;
}

async function checkPort({ host, port, dataDir }: Config): Promise<Finding[]> {
  const subject = 'port';
  if (port === 0) return [{ level: 'ok', subject, text: 'any free one' }];
  try {
    await tryPort({ host, port });
    return [{ level: 'ok', subject, text: `${host} ${port} is free` }];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE') {
      const fix = 'Set HOST to an address of this machine, and PORT above 1023.';
      return [{ level: 'fail', subject, text: `${host} ${port}: ${code}.`, fix }];
    }
    const address = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}/health/live`;
    // Another program may take the request and never answer.
    const isOurs = await fetch(address, { signal: AbortSignal.timeout(answerLimitMs) }).then(
      (reply) => reply.ok,
      () => false,
    );
    const fix = 'Set PORT to another one.';
    if (!isOurs) {
      return [
        { level: 'fail', subject, text: `${host} ${port} is in use by another program.`, fix },
      ];
    }
    return (await runningOn(dataDir)) === port
      ? [{ level: 'ok', subject, text: `${host} ${port}: the server of this DATA_DIR runs there` }]
      : [
          {
            level: 'fail',
            subject,
            text: `${host} ${port} is in use by a server of another DATA_DIR than ${dataDir}.`,
            fix: `Stop that one, or set DATA_DIR to its folder. ${fix}`,
          },
        ];
  }
}

async function checkDataFolder({ dataDir }: Config): Promise<Finding[]> {
  const subject = 'DATA_DIR';
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const probe = await mkdtemp(join(dataDir, 'copy-doctor-'));
    await writeFile(join(probe, 'probe'), 'written');
    await rm(probe, { recursive: true });
    return [{ level: 'ok', subject, text: `${dataDir} can be written to` }];
  } catch (error) {
    const text = `${dataDir} cannot be written to (${(error as NodeJS.ErrnoException).code}).`;
    const fix = 'Choose a folder that belongs to this user.';
    return [{ level: 'fail', subject, text, fix }];
  }
}

async function checkDisk(config: Config): Promise<Finding[]> {
  const folders = new Set([config.dataDir]);
  if (config.files.type === 'disk') folders.add(config.files.dir);
  const findings: Finding[] = [];
  for (const folder of folders) {
    const found = await statfs(folder).catch(() => statfs(dirname(folder)).catch(() => null));
    if (!found) continue;
    const free = found.bavail * found.bsize;
    const text = `${(free / 1e9).toFixed(1)} GB free for ${folder}`;
    findings.push(
      free < lowDiskBytes
        ? {
            level: 'warn',
            subject: 'disk',
            text: `${text}.`,
            fix: 'Make room: a full disk refuses messages and files.',
          }
        : { level: 'ok', subject: 'disk', text },
    );
  }
  return findings;
}
