import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, copyFile, mkdtemp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readMigrations } from '../migrate.js';
import { openStorage } from '../open-storage.js';

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

/**
 * A data folder with an empty database in it, migrated: copying one is ten times quicker than making
 * one.
 */
export async function readyFolder(): Promise<TestFolder> {
  const made = await madeOnce();
  const folder = await emptyFolder();
  await copyFolder(made, folder.path);
  return folder;
}

/** A thousand files: several at once, which `cp` of Node does not do. */
async function copyFolder(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const [source, target] = [join(from, entry.name), join(to, entry.name)];
      if (!entry.isDirectory()) return copyFile(source, target, constants.COPYFILE_FICLONE);
      await mkdir(target, { mode: 0o700 });
      await copyFolder(source, target);
    }),
  );
}

async function madeOnce(): Promise<string> {
  const made = join(cache, `database-${await pgliteVersion()}-${await migrationsHash()}`);
  if (await exists(made)) return made;
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(`${made}-`);
  const silent = { info: () => undefined, error: () => undefined };
  const storage = await openStorage({ dataDir: draft, clock: { now: () => 0 }, log: silent });
  await storage.close();
  // Another test process may have been quicker.
  await rename(draft, made).catch(() => rm(draft, { recursive: true, force: true }));
  return made;
}

async function migrationsHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const { statements } of await readMigrations()) hash.update(statements);
  return hash.digest('hex').slice(0, 8);
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
