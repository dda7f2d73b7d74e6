import type { TabBrowser } from './browser.js';
import type { Posted, TabMessage } from './messages.js';

export interface TabGroupOptions {
  /** Server, workspace and identity, and the version of what is said. */
  name: string;
  /** This tab's own id. */
  self: string;
  browser: Pick<TabBrowser, 'locks' | 'openChannel'>;
  onMessage(message: TabMessage): void;
  /** This tab holds the lock, or lost it to a tab that stole it. */
  onLeading(leading: boolean): void;
  /** This tab can be told from a dead one, so that it may speak. */
  onReady(): void;
}

/** The tabs of one identity: who of them leads, and the way to say something to all. */
export interface TabGroup {
  readonly leading: boolean;
  post(message: Posted): void;
  /** Resolves once this tab leads; rejects with the reason of `signal`. */
  held(signal: AbortSignal): Promise<void>;
  /** Takes the lock from the tab that has it. */
  steal(): void;
  /** Calls once that tab is no more; returns the way out. */
  watch(tab: string, gone: () => void): () => void;
  leave(): void;
}

export function createTabGroup(options: TabGroupOptions): TabGroup {
  const { name, self, onMessage, onLeading } = options;
  const { locks, openChannel } = options.browser;
  const channel = openChannel(name);
  const life = new AbortController();
  const waiting = new Set<() => void>();
  let wait = new AbortController();
  let leading = false;
  let release = (): void => undefined;

  channel.onmessage = ({ data }) => onMessage(data as TabMessage);
  const lifeLock = (tab: string): string => `${name}/${tab}`;

  function lead(): void {
    leading = true;
    onLeading(true);
    for (const resolve of waiting) resolve();
    waiting.clear();
  }

  function request(steal: boolean): void {
    const { signal } = (wait = new AbortController());
    let mine = false;
    const held = (): Promise<void> =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        mine = true;
        release = resolve;
        lead();
      });
    locks.request(name, steal ? { steal } : { signal }, held).catch(() => {
      if (signal.aborted) return;
      // A browser that has locks and denies them: this tab has a connection of its own.
      if (!mine) return lead();
      leading = false;
      request(false);
      onLeading(false);
    });
  }

  // Held for as long as the tab lives; the browser releases it with a tab that crashed.
  locks
    .request(
      lifeLock(self),
      {},
      () =>
        new Promise((resolve) => {
          if (life.signal.aborted) return resolve();
          life.signal.addEventListener('abort', () => resolve());
          options.onReady();
        }),
    )
    .catch(() => undefined);
  request(false);

  return {
    get leading() {
      return leading;
    },
    post: (message) => channel.postMessage({ ...message, from: self }),
    held: (signal) =>
      new Promise((resolve, reject) => {
        if (leading) return resolve();
        signal.addEventListener('abort', () => {
          waiting.delete(resolve);
          reject(signal.reason);
        });
        waiting.add(resolve);
      }),
    steal() {
      if (leading) return;
      wait.abort();
      request(true);
    },
    watch(tab, gone) {
      const watching = new AbortController();
      locks
        .request(lifeLock(tab), { signal: watching.signal }, async () => gone())
        .catch(() => undefined);
      return () => watching.abort();
    },
    leave() {
      life.abort();
      wait.abort();
      release();
      leading = false;
      channel.onmessage = null;
      channel.close();
    },
  };
}
