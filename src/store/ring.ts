import type { Tabs } from '../transport/transport.js';
import type { KeyValue } from './storage.js';
import { talkIn } from './tab-talk.js';

export type OnRing = (conversationId: string) => void;

export interface Ring {
  /** Calls when a sound is due, in one tab only; returns the way out. */
  onRing(listener: OnRing): () => void;
  /**
   * Keeps under this key up to when was rung. Without anything there, all up to `now` counts as
   * rung. `now` and the times of messages are epoch ms on the server's clock.
   */
  open(key: string, now: number): Promise<void>;
  /** The other side's newest message, which nobody has read yet, is of this time. */
  heard(at: number, conversationId: string): void;
  /** No sound is due for what came up to this time. */
  skip(at: number): void;
  share(tabs: Tabs | undefined): void;
  stop(): void;
}

/** Rings once for each message, whichever tab of an identity leads by then. */
export function createRing(storage: KeyValue): Ring {
  const listeners = new Set<OnRing>();
  let key: string | null = null;
  let rungAt: number | null = null;
  let newest = 0;
  let newestIn = '';
  let { talk, stop } = talkIn(undefined, { onHeard: () => undefined });

  function ringIfDue(): void {
    if (key === null || rungAt === null || newest <= rungAt || !talk.leading) return;
    rungAt = newest;
    // Kept before it sounds: should this tab die now, the next one must not ring again.
    storage.set(key, rungAt).catch(() => undefined);
    talk.say({ about: 'ring', key, at: rungAt });
    for (const listener of [...listeners]) listener(newestIn);
  }

  return {
    onRing(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async open(to, now) {
      if (key !== to) {
        key = to;
        rungAt = null;
        newest = 0;
      }
      const stored = await storage.get(to).catch(() => undefined);
      if (key !== to) return;
      if (typeof stored === 'number') rungAt = Math.max(stored, rungAt ?? 0);
      else if (rungAt === null) {
        rungAt = now;
        storage.set(to, now).catch(() => undefined);
      }
      ringIfDue();
    },
    heard(at, conversationId) {
      if (at <= newest) return;
      newest = at;
      newestIn = conversationId;
      ringIfDue();
    },
    skip(at) {
      newest = Math.max(newest, at);
      if (rungAt === null || at <= rungAt) return;
      rungAt = at;
      if (key !== null) storage.set(key, rungAt).catch(() => undefined);
    },
    share(tabs) {
      stop();
      ({ talk, stop } = talkIn(tabs, {
        onHeard(message) {
          if (message.about === 'ring' && message.key === key) {
            rungAt = Math.max(rungAt ?? 0, message.at);
          }
        },
      }));
    },
    stop: () => stop(),
  };
}
