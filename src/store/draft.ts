import { atom, type ReadableAtom } from 'nanostores';
import type { Clock } from '../transport/clock.js';
import type { Tabs } from '../transport/transport.js';
import type { EmailDraft } from './agent.js';
import type { Draft } from './conversation.js';
import type { KeyValue } from './storage.js';
import { talkIn } from './tab-talk.js';

export interface DraftStore<T> {
  readonly $draft: ReadableAtom<T>;
  set(draft: T): void;
  /**
   * Keeps it under a key from now on; what is stored there counts unless something was typed. What
   * was kept under another key stays there.
   */
  open(key: string): Promise<void>;
  /** Is empty and keeps nothing until it is opened again. */
  forget(): void;
  /** From now on all tabs show what is typed in one of them. */
  share(tabs: Tabs | undefined): void;
  stop(): void;
}

/** For how long after a key stroke what other tabs say is not taken over, in ms. */
const typingMs = 1_000;

/** Text that is not sent yet. */
export function createDraft<T extends Draft | EmailDraft | string>(
  storage: KeyValue,
  clock: Clock,
  empty: T,
  isEmpty: (draft: T) => boolean,
): DraftStore<T> {
  const $draft = atom(empty);
  let key: string | null = null;
  let typedAt = -Infinity;
  let { talk, stop } = talkIn(undefined, { onHeard: () => undefined });

  /** With each key stroke: a tab that closes says so too late. */
  function store(): void {
    if (key === null) return;
    const draft = $draft.get();
    const done = isEmpty(draft) ? storage.delete(key) : storage.set(key, draft);
    // Storage that is full or denied costs the draft after a reload, nothing more.
    done.catch(() => undefined);
  }

  return {
    $draft,
    set(draft) {
      $draft.set(draft);
      typedAt = clock.now();
      if (key !== null) talk.say({ about: 'draft', key, draft });
      store();
    },
    async open(to) {
      if (key === to) return;
      if (key !== null) $draft.set(empty);
      key = to;
      const stored = await storage.get(to).catch(() => undefined);
      if (key !== to) return;
      if (!isEmpty($draft.get())) store();
      else if (stored !== undefined) $draft.set(stored as T);
    },
    forget() {
      key = null;
      $draft.set(empty);
    },
    share(tabs) {
      stop();
      ({ talk, stop } = talkIn(tabs, {
        onHeard(message) {
          if (message.about !== 'draft' || message.key !== key) return;
          if (clock.now() - typedAt < typingMs) return;
          $draft.set(message.draft as T);
        },
      }));
    },
    stop: () => stop(),
  };
}
