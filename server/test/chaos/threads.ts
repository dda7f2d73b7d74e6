import type { Thread, ThreadItem } from '#kit/store/thread-item.js';
import { patience } from './cast.js';
import { comesTrue } from './wait.js';

/** Messages of a thread that are on their way. */
export function pendingIn(items: readonly ThreadItem[]): number {
  return items.filter(({ id, state }) => id === null && state !== 'failed').length;
}

/** Asks for older pages until there is none. */
export async function loadAll(thread: () => Thread, loadOlder: () => void): Promise<void> {
  await comesTrue(() => {
    const { status, hasOlder, loadingOlder } = thread();
    if (hasOlder && !loadingOlder) loadOlder();
    return status === 'ready' && !hasOlder;
  }, patience);
}
