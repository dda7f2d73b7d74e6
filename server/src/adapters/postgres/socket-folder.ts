import { createHash } from 'node:crypto';
import { lstat, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartRefused } from './start-refused.js';

/** Node cuts longer socket paths at 107 bytes without a word. */
const maxBytes = 99;

/** The port is only part of the file's name, which PostgreSQL's clients make themselves. */
export const socketPort = 5432;

/** Where the database of a data folder listens, by the folder's real path. */
export function socketFolderOf(dataFolder: string): string {
  const hash = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `convkit-${hash}`);
  const bytes = Buffer.byteLength(socketIn(folder));
  if (bytes > maxBytes) {
    throw new StartRefused(
      'socket_folder_unusable',
      `The path ${socketIn(folder)} is ${bytes} bytes long; a socket can have ${maxBytes}. Set TMPDIR to a shorter folder.`,
    );
  }
  return folder;
}

export function socketIn(folder: string): string {
  return join(folder, `.s.PGSQL.${socketPort}`);
}

/** Makes it for this user alone, without what a killed server left in it. */
export async function makeSocketFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw unusable(folder, (error as Error).message, error);
    }
  }
  const { uid, mode, isFolder } = await lstat(folder).then((stats) => ({
    uid: stats.uid,
    mode: stats.mode & 0o777,
    isFolder: stats.isDirectory(),
  }));
  if (!isFolder || mode !== 0o700 || uid !== (process.getuid?.() ?? uid)) {
    throw unusable(folder, 'it must be a folder of this user, with mode 0700');
  }
  await rm(socketIn(folder), { force: true });
}

function unusable(folder: string, why: string, cause?: unknown): StartRefused {
  return new StartRefused(
    'socket_folder_unusable',
    `The folder ${folder} for the database's socket cannot be used: ${why}. Remove it, or set TMPDIR to another folder.`,
    cause,
  );
}
