import type { Ports } from './act.js';

/** Messages of one transaction, so that none is long and none waits for another. */
const partSize = 500;

/**
 * Takes away the content of deleted conversations, in parts: what ends in the middle is gone on with
 * by the next. Of several servers one at a time does it; gives how many parts it took, or null when
 * it was not its turn.
 */
export async function removeDeleted(
  { storage, clock }: Pick<Ports, 'storage' | 'clock'>,
  everyMs: number,
  ending?: AbortSignal,
): Promise<number | null> {
  const job = { job: 'remove deleted', now: clock.now(), everyMs };
  if (!(await storage.attachments.beginJob(job))) return null;
  let parts = 0;
  while (!ending?.aborted && (await storage.removals.part(partSize, clock.now()))) parts += 1;
  return parts;
}
