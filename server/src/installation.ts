import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CannotOperate } from './cannot-operate.js';
import type { StreamCommand } from './commands.js';
import type { Config } from './config.js';
import { callControl, callControlStream } from './control.js';
import { writeWholeFile } from './operations/output-file.js';

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
  const { restore } = await import('./closed-installation.js');
  return restore(config, file);
}

/** Brings the database to this version and ends. */
export async function migrateDatabase(config: Config): Promise<string[]> {
  const lines =
    config.databaseUrl === null ? await callControl(config.dataDir, { name: 'migrate' }) : null;
  if (lines) return lines;
  const { migrate } = await import('./closed-installation.js');
  return migrate(config);
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
  const { streamOf } = await import('./closed-installation.js');
  return streamOf(config, command, read);
}

function megabytes(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.ceil(bytes / 1_000)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
