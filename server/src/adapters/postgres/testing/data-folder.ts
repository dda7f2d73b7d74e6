import { constants } from 'node:fs';
import { access, cp, mkdtemp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbedded } from '../embedded.js';

const cache = fileURLToPath(new URL('../../../../../node_modules/.cache/', import.meta.url));

/** A data folder of one test, gone with `remove`. */
export interface TestFolder {
  path: string;
  remove(): Promise<void>;
}

export async function emptyFolder(): Promise<TestFolder> {
  const path = await mkdtemp(join(tmpdir(), 'convkit-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A data folder with an empty database in it: copying one is ten times quicker than making one. */
export async function readyFolder(): Promise<TestFolder> {
  const made = await madeOnce();
  const folder = await emptyFolder();
  await cp(made, folder.path, { recursive: true, mode: constants.COPYFILE_FICLONE });
  return folder;
}

async function madeOnce(): Promise<string> {
  const made = join(cache, `database-${await pgliteVersion()}`);
  if (await exists(made)) return made;
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(`${made}-`);
  const embedded = await startEmbedded({
    dataDir: draft,
    maxConnections: 1,
    onFatal: (error) => {
      throw error;
    },
  });
  await embedded.close();
  // Another test process may have been quicker.
  await rename(draft, made).catch(() => rm(draft, { recursive: true, force: true }));
  return made;
}

async function pgliteVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const description = await readFile(join(dirname(dirname(entry)), 'package.json'), 'utf8');
  return (JSON.parse(description) as { version: string }).version;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
