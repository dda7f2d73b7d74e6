import type { Ports } from './act.js';

/** How long a file may wait for a message, and bytes for the row that names them. */
export const orphanMs = 24 * 3_600_000;
/** What servers left in the middle of an upload; none takes that long. */
const receivedMs = 3_600_000;
const batch = 500;

/** How often, in ms: what rows tell of, and all that is kept, which takes long to list. */
export interface SweepTimes {
  rowsMs: number;
  bytesMs: number;
}

/**
 * Takes away what nobody can be shown any more: files that no message named for a day, those of
 * deleted messages, bytes without a row, and unfinished uploads. Of several servers one at a time
 * does it; gives how many files it took, or null when it was not its turn. Once `ending` is
 * aborted it finishes the file at hand and leaves the others to the next.
 */
export async function sweepFiles(
  { storage, files, clock }: Pick<Ports, 'storage' | 'files' | 'clock'>,
  { rowsMs, bytesMs }: SweepTimes,
  ending?: AbortSignal,
): Promise<number | null> {
  const now = clock.now();
  const before = now - orphanMs;
  await files.dropReceived(now - receivedMs);
  const { attachments } = storage;
  if (!(await attachments.beginJob({ job: 'sweep files', now, everyMs: rowsMs }))) return null;
  await attachments.giveUp({ before, now, limit: batch });
  const taken: string[] = [];
  // Bytes first: what fails in between is found again by its row.
  for (const id of await attachments.deleted(batch)) {
    if (ending?.aborted) break;
    await files.delete(id);
    taken.push(id);
  }
  await attachments.remove(taken);
  if (ending?.aborted) return taken.length;
  const all = await attachments.beginJob({ job: 'sweep bytes', now, everyMs: bytesMs });
  return taken.length + (all ? await sweepBytes({ storage, files }, before, ending) : 0);
}

async function sweepBytes(
  { storage, files }: Pick<Ports, 'storage' | 'files'>,
  before: number,
  ending: AbortSignal | undefined,
): Promise<number> {
  let taken = 0;
  for (let after: string | null = null; taken < batch;) {
    const page = await files.list(after);
    const old = page.files.filter(({ storedAt }) => storedAt < before).map(({ id }) => id);
    const known = new Set(await storage.attachments.known(old));
    for (const id of old) {
      if (ending?.aborted) return taken;
      if (known.has(id)) continue;
      await files.delete(id);
      taken += 1;
    }
    after = page.next;
    if (after === null) break;
  }
  return taken;
}
