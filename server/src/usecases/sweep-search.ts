import { setTimeout as pause } from 'node:timers/promises';
import type { Ports } from './act.js';

/** Conversations that are taken in together. */
export const searchBatch = 200;
const busyMs = 50;

/**
 * Takes in whatever was missed of what search finds: all that is stored, the first time, and later
 * what was changed since everything had been taken in. Of several servers one at a time does it;
 * gives how many conversations it looked at, or null when it was not its turn. Once `ending` is
 * aborted it leaves the rest to the next.
 */
export async function sweepSearch(
  { storage, clock }: Pick<Ports, 'storage' | 'clock'>,
  everyMs: number,
  ending?: AbortSignal,
): Promise<number | null> {
  const { search, changes } = storage;
  const job = { job: 'sweep search', now: clock.now(), everyMs };
  if (!(await storage.attachments.beginJob(job))) return null;
  const since = await search.reached();
  // Before anything is read: what is committed meanwhile is for the next sweep.
  const until = await changes.now();
  let looked = 0;
  for await (const ids of since === null ? everything(storage) : changed(storage, since)) {
    if (!(await takeAllIn({ storage }, ids, ending))) return looked;
    looked += ids.length;
  }
  await search.reach(until);
  return looked;
}

/** Until nothing of them is left; false where it was ended before. */
export async function takeAllIn(
  { storage }: Pick<Ports, 'storage'>,
  ids: string[],
  ending?: AbortSignal,
): Promise<boolean> {
  for (;;) {
    if (ending?.aborted) return false;
    const isAll = await storage.search.takeIn(ids);
    if (isAll) return true;
    if (isAll === null) await pause(busyMs);
  }
}

async function* everything({ search }: Ports['storage']): AsyncGenerator<string[]> {
  for (let after = ''; ;) {
    const ids = await search.conversations(after, searchBatch);
    const last = ids.at(-1);
    if (last === undefined) return;
    yield ids;
    after = last;
  }
}

async function* changed(
  { workspaces, changes }: Ports['storage'],
  since: string,
): AsyncGenerator<string[]> {
  const all = (await workspaces.list()).map(({ id }) => id);
  const ids = (await changes.conversations(all, since)).map(({ id }) => id);
  for (let from = 0; from < ids.length; from += searchBatch) {
    yield ids.slice(from, from + searchBatch);
  }
}
