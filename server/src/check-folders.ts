import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { ConfigError, type Config } from './config.js';

/** Throws a `ConfigError` where a folder that was named cannot be used; makes none. */
export async function checkFolders({ files, dataDir, publicDir }: Config): Promise<void> {
  // The one within DATA_DIR is looked at with it.
  if (files.type === 'disk' && !files.dir.startsWith(dataDir + sep))
    await requireWritable(files.dir);
  if (publicDir !== null && !(await isFolder(publicDir))) {
    throw new ConfigError(
      'PUBLIC_DIR is not usable as it is set: there is no such folder. Give the folder of the built pages.',
    );
  }
}

async function requireWritable(folder: string): Promise<void> {
  for (let path = folder; ; path = dirname(path)) {
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => error.code);
    // It is made with the first file.
    if (found === 'ENOENT' && dirname(path) !== path) continue;
    const isUsable =
      typeof found === 'object' &&
      found.isDirectory() &&
      (await access(path, constants.W_OK | constants.X_OK).then(
        () => true,
        () => false,
      ));
    if (isUsable) return;
    throw new ConfigError(
      'FILES_DIR is not usable as it is set: it cannot be written to. Give a folder that belongs to this user, such as /srv/files.',
    );
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
