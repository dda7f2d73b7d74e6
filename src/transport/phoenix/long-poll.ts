import type { SocketConstructor } from './phoenix-transport.js';

/** The part of `sessionStorage` that is used. */
export interface VisitStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** The way to a server where something on the way refuses WebSockets. */
export interface Fallback {
  /** Earlier in this visit WebSockets did not open, and this did. */
  readonly remembered: boolean;
  remember(): void;
  load(): Promise<SocketConstructor>;
}

const key = 'convkit/long-poll';

/** Long polling, loaded when it is needed, and remembered until the tab is closed. */
export function longPolling(
  storage: () => VisitStorage | undefined = () =>
    (globalThis as { sessionStorage?: VisitStorage }).sessionStorage,
): Fallback {
  /** Sandboxed frames throw on the mere mention of their storage. */
  const use = <T>(act: (storage: VisitStorage | undefined) => T): T | undefined => {
    try {
      return act(storage());
    } catch {
      return undefined;
    }
  };
  return {
    get remembered() {
      return use((area) => area?.getItem(key) === '1') ?? false;
    },
    remember: () => void use((area) => area?.setItem(key, '1')),
    load: async () => (await import('./header-long-poll.js')).HeaderLongPoll,
  };
}
