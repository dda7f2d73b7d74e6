import type { Conversation } from '../domain/index.js';
import { events, limits, type BulkDone } from '../protocol/index.js';
import type { Clock } from '../transport/clock.js';
import type { ConversationCache } from './conversation-cache.js';
import type { Inbox } from './inbox.js';

/** Acts on many conversations (S3.10), in parts of what one push may hold. */
export interface Bulk {
  /** These resolve with the ids that were done, and reject with a `CodedError`. */
  close(ids: readonly string[]): Promise<string[]>;
  reopen(ids: readonly string[]): Promise<string[]>;
  delete(ids: readonly string[]): Promise<string[]>;
}

/** How long what was done is shown without a snapshot that says so, in ms. */
const snapshotLimitMs = 5_000;

export function createBulk(inbox: Inbox, cache: ConversationCache, clock: Clock): Bulk {
  /** Shows a change until it is refused, or a snapshot came after it was done. */
  function show(id: string, patch: Partial<Conversation>): (done: boolean) => void {
    const before = cache.get(id);
    if (!before) return () => undefined;
    const undo = cache.show(id, { ...patch });
    return (done) => {
      const waits = (): boolean => cache.get(id)?.version === before.version;
      if (!done || !waits()) return undo();
      const end = (): void => {
        stop();
        cancel();
        undo();
      };
      const cancel = clock.after(snapshotLimitMs, end);
      const stop = cache.listen((changed) => {
        if (changed === id && !waits()) end();
      });
    };
  }

  async function act(
    event: string,
    ids: readonly string[],
    patch: Partial<Conversation> | null,
  ): Promise<string[]> {
    const all = [...new Set(ids)];
    const shown = new Map(patch ? all.map((id) => [id, show(id, patch)]) : []);
    const done = new Set<string>();
    try {
      for (let from = 0; from < all.length; from += limits.bulk) {
        const part = all.slice(from, from + limits.bulk);
        for (const id of (await inbox.push<BulkDone>(event, { ids: part })).ids) done.add(id);
      }
    } finally {
      for (const [id, end] of shown) end(done.has(id));
    }
    return [...done];
  }

  return {
    close: (ids) => act(events.conversationsClose, ids, { state: 'closed', waitingSince: null }),
    reopen: (ids) => act(events.conversationsReopen, ids, null),
    async delete(ids) {
      const done = await act(events.conversationsDelete, ids, null);
      done.forEach(cache.remove);
      return done;
    },
  };
}
