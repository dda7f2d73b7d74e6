import type { Ports } from './act.js';

/** How long a file may wait for a message, and bytes for the row that names them. */
export const orphanMs = 24 * 3_600_000;
/** What servers left in the middle of an upload; none takes that long. */
const receivedMs = 3_600_000;
const batch = 100;

/**
 * Takes away what nobody can be shown any more: files that no message named for a day, those of
 * deleted messages, bytes without a row, and unfinished uploads. Of several servers one at a time
 * does it; gives how many files it took, or null when it was not its turn.
 */
export async function sweepFiles(
  { storage, files, clock }: Pick<Ports, 'storage' | 'files' | 'clock'>,
  everyMs: number,
): Promise<number | null> {
  const now = clock.now();
  const before = now - orphanMs;
  await files.dropReceived(now - receivedMs);
  if (!(await storage.attachments.beginSweep({ now, everyMs }))) return null;
  await storage.attachments.giveUp({ before, now, limit: batch });
  const deleted = await storage.attachments.deleted(batch);
  // Bytes first: what fails in between is found again by its row.
  for (const id of deleted) await files.delete(id);
  await storage.attachments.remove(deleted);
  return deleted.length + (await sweepBytes({ storage, files }, before));
}

async function sweepBytes(
  { storage, files }: Pick<Ports, 'storage' | 'files'>,
  before: number,
): Promise<number> {
  let taken = 0;
  for (let after: string | null = null; taken < batch;) {
    const page = await files.list(after);
    const old = page.files.filter(({ storedAt }) => storedAt < before).map(({ id }) => id);
    const known = new Set(await storage.attachments.known(old));
    for (const id of old) {
      if (known.has(id)) continue;
      await files.delete(id);
      taken += 1;
    }
    after = page.next;
    if (after === null) break;
  }
  return taken;
}
