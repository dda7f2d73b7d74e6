import type { Tabs } from '../transport/transport.js';
import type { KeyValue } from './storage.js';
import { talkIn } from './tab-talk.js';

/** What an agent was told of, over all tabs of a browser and over reloads. */
export interface Noticed {
  /** Keeps it under this key; `now` counts as told where nothing is there. Epoch ms. */
  open(key: string, now: number): Promise<void>;
  /** All up to this time counts as told. */
  skip(at: number): void;
  /** True once for each thing, in the leading tab alone. */
  take(what: string, at: number): boolean;
  /** Says to other tabs that the agent took this conversation on their own. */
  taken(conversationId: string): void;
}

interface Stored {
  /** All up to this time was told. */
  until: number;
  /** What was told after it, with its time, oldest first. */
  told: [what: string, at: number][];
}

/** How many things are remembered one by one. */
const most = 200;

export function createNoticed(
  storage: KeyValue,
  tabs: Tabs | undefined,
  onTaken: (conversationId: string) => void,
): Noticed {
  let key: string | null = null;
  let until: number | null = null;
  let told = new Map<string, number>();
  const { talk } = talkIn(tabs, {
    onHeard(message) {
      if (message.about !== 'notice' || message.key !== key) return;
      if ('taken' in message) onTaken(message.taken);
      else remember(message.noticed, message.at);
    },
  });

  function remember(what: string, at: number): void {
    told.set(what, at);
    for (const [oldest, time] of told) {
      if (told.size <= most) break;
      told.delete(oldest);
      until = Math.max(until ?? 0, time);
    }
  }

  function keep(): void {
    if (key === null || until === null) return;
    const stored: Stored = { until, told: [...told] };
    // Storage that is full or denied costs the memory of a reload, nothing more.
    storage.set(key, stored).catch(() => undefined);
  }

  return {
    async open(to, now) {
      if (key !== to) {
        key = to;
        until = null;
        told = new Map();
      }
      const stored = (await storage.get(to).catch(() => undefined)) as Stored | undefined;
      if (key !== to) return;
      until = Math.max(stored?.until ?? now, until ?? 0);
      for (const [what, at] of stored?.told ?? []) remember(what, at);
      if (!stored) keep();
    },
    skip(at) {
      until = Math.max(until ?? 0, at);
      keep();
    },
    take(what, at) {
      if (until === null || at <= until || told.has(what) || !talk.leading) return false;
      remember(what, at);
      // Kept before it is told: should this tab die now, the next one must not tell it again.
      keep();
      if (key !== null) talk.say({ about: 'notice', key, noticed: what, at });
      return true;
    },
    taken(conversationId) {
      if (key !== null) talk.say({ about: 'notice', key, taken: conversationId });
    },
  };
}
