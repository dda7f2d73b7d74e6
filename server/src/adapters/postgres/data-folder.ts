import {
  access,
  constants,
  mkdir,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { lockName } from './folder-lock.js';
import { StartRefused } from './start-refused.js';

/** The layout of the folder itself; the tables have versions of their own. */
const format = 1;

const versionName = 'version';
const databaseName = 'database';

/** Data folders within one, for the time of a backup. */
export const copyPrefix = 'copy-';

/** What may lie in a data folder before its first start, also from a time with another database. */
const acceptedBefore = new Set(['secret', 'control.json', 'files']);

interface Version {
  format: number;
  /** `creating` from before the first file of the database until it is whole. */
  state: 'creating' | 'ready';
}

/** Whether a server has ever begun to keep a database in that folder. */
export async function holdsDatabase(folder: string): Promise<boolean> {
  return access(join(folder, versionName)).then(
    () => true,
    () => false,
  );
}

/** A data folder that this process has locked. */
export interface DataFolder {
  /** Where PGlite keeps its files. */
  database: string;
  /** To be called when the database is whole. */
  markReady(): Promise<void>;
}

/** Makes the folder if need be and gives its real path. Rejects with `data_folder_unusable`. */
export async function makeFolder(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return await realpath(path);
  } catch (error) {
    throw new StartRefused(
      'data_folder_unusable',
      `The data folder ${path} cannot be used: ${(error as Error).message}. Choose a folder that this user may write to with DATA_DIR.`,
      error,
    );
  }
}

/**
 * Looks at what lies in a locked folder and readies it. A first start that did not come to its end
 * is begun anew: nobody was told that anything is stored before that end.
 */
export async function openFolder(folder: string): Promise<DataFolder> {
  const database = join(folder, databaseName);
  const version = await readVersion(folder);
  if (version && version.format > format) {
    throw new StartRefused(
      'data_folder_too_new',
      `The data folder ${folder} was written by a newer server (format ${version.format}; this server knows ${format}). Start the newer server, or choose another folder with DATA_DIR.`,
    );
  }
  if (!version) await refuseForeign(folder);
  if (version?.state === 'ready') {
    await refuseDamaged(folder, database);
  } else {
    await writeVersion(folder, { format, state: 'creating' });
    await rm(database, { recursive: true, force: true });
  }
  return {
    database,
    markReady: async () => {
      if (version?.state !== 'ready') await writeVersion(folder, { format, state: 'ready' });
    },
  };
}

/** A data folder whose database `copy` puts in its place. */
export async function makeCopyOfFolder(
  folder: string,
  copy: (database: string) => Promise<void>,
): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  await copy(join(folder, databaseName));
  await writeVersion(folder, { format, state: 'ready' });
}

export function damaged(folder: string, what: string, cause?: unknown): StartRefused {
  return new StartRefused(
    'data_folder_damaged',
    `The data folder ${folder} cannot be used: ${what}. Restore it from a backup, or choose another folder with DATA_DIR. Nothing was changed.`,
    cause,
  );
}

async function readVersion(folder: string): Promise<Version | null> {
  const path = join(folder, versionName);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw damaged(folder, `its file "${versionName}" cannot be read`, error);
  }
  try {
    const { format: found, state } = JSON.parse(text) as Partial<Version>;
    if (
      typeof found === 'number' &&
      (state === 'creating' || state === 'ready' || found > format)
    ) {
      return { format: found, state: state ?? 'ready' };
    }
  } catch {
    // Told below, as any other content that is not ours.
  }
  throw damaged(folder, `its file "${versionName}" is not one of this server`);
}

/** Written beside and renamed, so that it is never half there. */
async function writeVersion(folder: string, version: Version): Promise<void> {
  const path = join(folder, versionName);
  await writeFile(`${path}.new`, `${JSON.stringify(version)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

async function refuseForeign(folder: string): Promise<void> {
  const ours = (name: string) =>
    acceptedBefore.has(name) ||
    name.startsWith(lockName) ||
    name.startsWith(copyPrefix) ||
    name === `${versionName}.new`;
  const foreign = (await readdir(folder)).filter((name) => !ours(name));
  if (foreign.length === 0) return;
  throw damaged(
    folder,
    `it holds other files (${foreign.sort().slice(0, 3).join(', ')}) and no "${versionName}" file. A new data folder must be empty`,
  );
}

async function refuseDamaged(folder: string, database: string): Promise<void> {
  try {
    await access(join(database, 'PG_VERSION'));
  } catch (error) {
    throw damaged(folder, `"${databaseName}/PG_VERSION" is missing`, error);
  }
}
