/** The part of Web Locks that is used. */
export interface TabLocks {
  /**
   * Runs `held` once the lock is this tab's, and keeps it until that promise settles. Rejects when
   * `signal` ends the wait, and when another tab stole the lock.
   */
  request(
    name: string,
    options: { signal?: AbortSignal; steal?: boolean },
    held: () => Promise<void>,
  ): Promise<unknown>;
}

/** The part of `BroadcastChannel` that is used. */
export interface TabChannel {
  onmessage: ((event: { data: unknown }) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

/**
 * What happens to a tab: somebody looks at it or no longer does; it was put away or frozen, maybe
 * for ever; it runs again.
 */
export type TabChange = 'visibility' | 'away' | 'back';

export interface TabPage {
  readonly visible: boolean;
  /** Returns the way out. */
  listen(listener: (change: TabChange) => void): () => void;
}

/** What tabs of one browser profile share a connection by. */
export interface TabBrowser {
  locks: TabLocks;
  openChannel(name: string): TabChannel;
  page: TabPage;
}

interface Target {
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

/** The part of a page's `window` that is used. */
export interface TabWindow extends Partial<Target> {
  navigator?: { locks?: TabLocks };
  BroadcastChannel?: new (name: string) => TabChannel;
  document?: Target & { readonly visibilityState: string };
}

/** This browser; null where a tab cannot share, which then keeps a connection of its own. */
export function tabBrowser(
  page: TabWindow = globalThis as unknown as TabWindow,
): TabBrowser | null {
  const { navigator, BroadcastChannel, document } = page;
  const locks = navigator?.locks;
  if (!locks || !BroadcastChannel || !document) return null;
  return {
    locks,
    openChannel: (name) => new BroadcastChannel(name),
    page: {
      get visible() {
        return document.visibilityState === 'visible';
      },
      listen(listener) {
        const heard: [Partial<Target>, string, () => void][] = [
          [document, 'visibilitychange', () => listener('visibility')],
          [document, 'freeze', () => listener('away')],
          [document, 'resume', () => listener('back')],
          [page, 'pagehide', () => listener('away')],
          [page, 'pageshow', () => listener('back')],
        ];
        for (const [target, type, run] of heard) target.addEventListener?.(type, run);
        return () => {
          for (const [target, type, run] of heard) target.removeEventListener?.(type, run);
        };
      },
    },
  };
}
