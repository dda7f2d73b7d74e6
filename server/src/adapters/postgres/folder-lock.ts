import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stateOf, thisProcess } from './process-identity.js';
import type { ProcessIdentity } from './process-identity.js';
import { StartRefused } from './start-refused.js';

/** What the lock file holds; `socket` is where the holder's database listens, `nonce` tells takers apart. */
interface LockContent extends ProcessIdentity {
  socket: string;
  nonce: string;
}

export interface FolderLock {
  release(): Promise<void>;
}

export const lockName = 'lock';

/** How often a holder touches its lock, for those who cannot see its process. */
const defaultBeatMs = 2_000;
const missedBeats = 3;

/** How long a fresh lock must stand before it counts: longer than from judging a stale one to removing it. */
const settleMs = 150;

/**
 * Takes the data folder for this process until `release`. The lock of a process that is gone is
 * taken over; one that another machine or container left, once it has not been touched for three
 * beats. Rejects with `data_folder_in_use`.
 */
export async function lockFolder(
  folder: string,
  socket: string,
  beatMs = defaultBeatMs,
): Promise<FolderLock> {
  const path = join(folder, lockName);
  const nonce = randomBytes(8).toString('hex');
  const own = JSON.stringify({ ...thisProcess(), socket, nonce } satisfies LockContent);
  const draft = `${path}.${process.pid}.${nonce}`;
  await writeFile(draft, own, { mode: 0o600 });
  try {
    // A link appears whole or not at all, and never in place of another one's.
    for (;;) {
      while (!(await linked(draft, path))) await removeStale(path, folder, beatMs);
      // Somebody who judged the stale lock before us may just have removed ours in its place.
      await pause(settleMs);
      if ((await contentOf(path)) === own) break;
    }
  } finally {
    await rm(draft, { force: true });
  }
  const touch = () => utimes(path, new Date(), new Date()).catch(() => undefined);
  const beat = setInterval(() => void touch(), beatMs).unref();
  return {
    release: async () => {
      clearInterval(beat);
      if ((await contentOf(path)) === own) await rm(path, { force: true });
    },
  };
}

async function linked(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function removeStale(path: string, folder: string, beatMs: number): Promise<void> {
  const found = await contentOf(path);
  if (found === null) return;
  const holder = parse(found);
  const state = holder ? stateOf(holder) : 'gone';
  if (holder && (state === 'running' || (state === 'unseen' && (await isTouched(path, beatMs))))) {
    throw new StartRefused(
      'data_folder_in_use',
      `The data folder ${folder} is in use by process ${holder.pid}. Stop that server first, or choose another folder with DATA_DIR.`,
    );
  }
  // Two who find the same stale lock: only what was judged may be removed.
  const aside = `${path}.stale.${randomBytes(4).toString('hex')}`;
  await rename(path, aside).catch(ignoreMissing);
  if ((await contentOf(aside)) !== found) await linked(aside, path).catch(ignoreMissing);
  await rm(aside, { force: true });
}

async function isTouched(path: string, beatMs: number): Promise<boolean> {
  const touchedAt = () =>
    stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => null,
    );
  const before = await touchedAt();
  await pause(beatMs * missedBeats);
  const after = await touchedAt();
  return after !== null && after !== before;
}

async function contentOf(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    ignoreMissing(error);
    return null;
  });
}

function ignoreMissing(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}

/** Null for what no server of ours wrote, or wrote in part before the power went. */
function parse(content: string): LockContent | null {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value !== 'object' || value === null) return null;
    const { pid } = value as Partial<LockContent>;
    return Number.isInteger(pid) ? (value as LockContent) : null;
  } catch {
    return null;
  }
}
