import { constants, createReadStream } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openFileStore } from './adapters/files/open-store.js';
import { holdsDatabase, openStorage } from './adapters/postgres/index.js';
import { systemClock } from './adapters/system-clock.js';
import { migratedLine } from './commands.js';
import type { Config } from './config.js';
import { callControl, callControlStream } from './control.js';
import type { FileStore } from './file-ports.js';
import { createLogger } from './log.js';
import { writeWholeFile } from './operations/output-file.js';
import { restoreBackup, type Restored } from './operations/restore.js';
import type { Storage } from './ports.js';
import { keepSecret, replaceSecret } from './secret.js';
import { openStream, type StreamCommand } from './stream-commands.js';

/** The file is not there, or something else is in the way; the message says what. */
export class CannotOperate extends Error {
  override name = 'CannotOperate';
}

/** Writes a backup; a running server makes it where only that one has the database. */
export async function writeBackup(config: Config, file: string): Promise<string[]> {
  const lines = await write(config, { name: 'backup' }, file);
  const holds =
    config.secret === null
      ? ' It holds the secret that tokens are signed with: keep it as you would keep a password.'
      : '';
  return lines.map((line) => line + holds);
}

/** Writes an export. */
export async function writeExport(
  config: Config,
  workspaceId: string | null,
  file: string,
): Promise<string[]> {
  return write(config, { name: 'export', workspaceId }, file);
}

/** To a file, or to stdout where the file is `-`. Gives the line that tells of it. */
async function write(config: Config, command: StreamCommand, file: string): Promise<string[]> {
  if (file === '-') {
    await withStream(config, command, (content) =>
      pipeline(content, process.stdout, { end: false }),
    );
    return [];
  }
  await refuseUnwritable(file);
  await withStream(config, command, (content) => writeWholeFile(file, content));
  const name = command.name === 'backup' ? 'Backup' : 'Export';
  return [`${name}: ${file} (${megabytes((await stat(file)).size)}).`];
}

/** Before anything is read: a path that no file can have. */
async function refuseUnwritable(file: string): Promise<void> {
  const folder = dirname(resolve(file));
  if (!(await isFolder(folder))) {
    throw new CannotOperate(`There is no folder ${folder}. Make it, or give another path.`);
  }
  if (await isFolder(file)) {
    throw new CannotOperate(`${file} is a folder. Give the path of a file in it.`);
  }
  await access(folder, constants.W_OK).catch(() => {
    throw new CannotOperate(`Nothing can be written to ${folder}. Give a path elsewhere.`);
  });
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Loads a backup into an installation that holds nothing. */
export async function restoreFrom(config: Config, file: string): Promise<string[]> {
  const exists = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!exists) throw new CannotOperate(`There is no file ${file}. Give the path of a backup.`);
  return withInstallation(config, async ({ storage, files }) => {
    const restored = await restoreBackup(
      { archive: storage.archive, files },
      createReadStream(file),
    );
    return [countsLine(restored), ...(await settleSecret(config, restored))];
  });
}

/** Brings the database to this version and ends. */
export async function migrateDatabase(config: Config): Promise<string[]> {
  const lines =
    config.databaseUrl === null ? await callControl(config.dataDir, { name: 'migrate' }) : null;
  if (lines) return lines;
  return withInstallation(config, async ({ storage }) => [
    migratedLine(storage.archive.schemaVersion),
  ]);
}

async function withStream<T>(
  config: Config,
  command: StreamCommand,
  read: (content: Readable) => Promise<T>,
): Promise<T> {
  // PostgreSQL lets anybody read beside its servers: they need not do it.
  const running =
    config.databaseUrl === null ? await callControlStream(config.dataDir, command) : null;
  if (running) return read(running);
  if (config.databaseUrl === null && !(await holdsDatabase(config.dataDir))) {
    throw new CannotOperate(
      `There is no installation in ${config.dataDir}. Set DATA_DIR to the folder of one.`,
    );
  }
  return withInstallation(config, async (installation) => {
    const keptSecret = config.secret === null ? await keepSecret(config.dataDir) : null;
    return read(await openStream({ ...installation, clock: systemClock, keptSecret }, command));
  });
}

async function withInstallation<T>(
  config: Config,
  work: (installation: { storage: Storage; files: FileStore }) => Promise<T>,
): Promise<T> {
  const log = createLogger('warn');
  const storage = await openStorage({
    dataDir: config.dataDir,
    ...(config.databaseUrl === null ? {} : { databaseUrl: config.databaseUrl }),
    clock: systemClock,
    log: { info: (message) => log.info(message), error: (message) => log.error(message) },
  });
  try {
    return await work({ storage, files: openFileStore(config.files) });
  } finally {
    await storage.close();
  }
}

function countsLine({ manifest }: Restored): string {
  const { tables, entries, takenAt, missingFiles } = manifest;
  const files = Object.keys(entries).filter((name) => name.endsWith('/original')).length;
  const counts = [
    `${tables['workspaces'] ?? 0} workspaces`,
    `${tables['contacts'] ?? 0} contacts`,
    `${tables['conversations'] ?? 0} conversations`,
    `${tables['messages'] ?? 0} messages`,
    `${files} files`,
  ].join(', ');
  const missing =
    missingFiles.length > 0 ? ` ${missingFiles.length} files had been deleted meanwhile.` : '';
  return `Restored what was stored on ${new Date(takenAt).toISOString()}: ${counts}.${missing}`;
}

/** Tokens that browsers hold stay good where the secret is the one that signed them. */
async function settleSecret(config: Config, { secret }: Restored): Promise<string[]> {
  if (secret === null) {
    return config.secret === null
      ? [
          'The old server had its SECRET in the environment. Set the same one here, or agents sign in again and visitors start anew.',
        ]
      : [];
  }
  if (config.secret === null) await replaceSecret(config.dataDir, secret);
  else if (config.secret !== secret) {
    return [
      'SECRET is not the one of the old server: agents sign in again and visitors start anew. To avoid that, set SECRET to what the backup has in its entry "secret".',
    ];
  }
  return [];
}

function megabytes(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.ceil(bytes / 1_000)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
