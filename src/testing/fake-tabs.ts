import type { TabBrowser, TabChange, TabChannel } from '../transport/tabs/browser.js';

/** One tab of a fake browser profile. */
export interface FakeTab extends TabBrowser {
  setVisible(visible: boolean): void;
  /** The page is put away, and comes back. */
  change(change: TabChange): void;
  /** Ends it without a word, as a crash does: its locks are free, its messages are lost. */
  kill(): void;
  /** It keeps its locks and hears nothing, as one does whose script hangs; false ends that. */
  hang(hanging: boolean): void;
}

/** A browser profile without a browser: locks, channels and pages of as many tabs as asked for. */
export interface FakeTabs {
  tab(options?: { visible?: boolean }): FakeTab;
  /** How many tabs hold or wait for a lock whose name starts so. */
  interested(prefix: string): number;
}

interface Claim {
  tab: object;
  held: () => Promise<void>;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

interface Lock {
  holder: Claim | null;
  queue: Claim[];
}

export function createFakeTabs(): FakeTabs {
  const locks = new Map<string, Lock>();
  const channels = new Map<string, Set<{ tab: object; hear(message: unknown): void }>>();

  function grant(lock: Lock, claim: Claim): void {
    lock.holder = claim;
    queueMicrotask(() => {
      if (lock.holder !== claim) return;
      void claim.held().then((value) => {
        claim.resolve(value);
        free(lock, claim);
      });
    });
  }

  function free(lock: Lock, claim: Claim): void {
    if (lock.holder !== claim) return;
    lock.holder = null;
    const next = lock.queue.shift();
    if (next) grant(lock, next);
  }

  function lockOf(name: string): Lock {
    const known = locks.get(name) ?? { holder: null, queue: [] };
    locks.set(name, known);
    return known;
  }

  function createTab(visible: boolean): FakeTab {
    const listeners = new Set<(change: TabChange) => void>();
    const tab = {};
    let alive = true;
    let hanging = false;
    const missed: (() => void)[] = [];
    const page = { visible };
    /** Runs now, or once the tab runs again. */
    const whenRunning = (run: () => void): void => {
      if (!alive) return;
      if (hanging) missed.push(run);
      else run();
    };

    return {
      page: {
        get visible() {
          return page.visible;
        },
        listen(listener) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      },
      locks: {
        request: (name, { signal, steal }, held) =>
          new Promise((resolve, reject) => {
            if (!alive) return;
            const lock = lockOf(name);
            const claim: Claim = {
              tab,
              resolve,
              held: () => (alive ? held() : Promise.resolve()),
              reject: (error) => whenRunning(() => reject(error)),
            };
            signal?.addEventListener('abort', () => {
              if (lock.holder === claim) return;
              lock.queue = lock.queue.filter((other) => other !== claim);
              claim.reject(new Error('aborted'));
            });
            const { holder } = lock;
            if (steal) {
              grant(lock, claim);
              holder?.reject(new Error('stolen'));
            } else if (holder) lock.queue.push(claim);
            else grant(lock, claim);
          }),
      },
      openChannel(name): TabChannel {
        const members = channels.get(name) ?? new Set();
        channels.set(name, members);
        const channel: TabChannel = {
          onmessage: null,
          postMessage(message) {
            if (!alive || !members.has(member)) return;
            const text = structuredClone(message);
            for (const other of [...members]) {
              if (other !== member) queueMicrotask(() => other.hear(text));
            }
          },
          close: () => members.delete(member),
        };
        const member = {
          tab,
          hear: (message: unknown) => whenRunning(() => channel.onmessage?.({ data: message })),
        };
        members.add(member);
        return channel;
      },
      setVisible(next) {
        page.visible = next;
        for (const listener of [...listeners]) listener('visibility');
      },
      change(change) {
        for (const listener of [...listeners]) listener(change);
      },
      kill() {
        alive = false;
        for (const members of channels.values()) {
          for (const member of [...members]) if (member.tab === tab) members.delete(member);
        }
        for (const lock of locks.values()) {
          lock.queue = lock.queue.filter((claim) => claim.tab !== tab);
          if (lock.holder?.tab === tab) free(lock, lock.holder);
        }
      },
      hang(next) {
        hanging = next;
        if (!next) for (const run of missed.splice(0)) run();
      },
    };
  }

  return {
    tab: ({ visible = true } = {}) => createTab(visible),
    interested: (prefix) =>
      [...locks]
        .filter(([name]) => name.startsWith(prefix))
        .reduce((sum, [, { holder, queue }]) => sum + queue.length + (holder ? 1 : 0), 0),
  };
}
