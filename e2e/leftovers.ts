import type { CDPSession, Page } from '@playwright/test';

/** What scripts of a page hold that outlives an element. */
export interface Held {
  /** On anything but elements within the body, such as `window resize`; how many of each. */
  listeners: Record<string, number>;
  /** Watchers of the document. */
  observers: number;
  /** What waits, and for how many ms. */
  timers: string[];
  sockets: number;
  channels: number;
  locks: number;
  databases: number;
  /** Children of the root element, the head and the body. */
  nodes: number;
  /** Names of the window. */
  globals: string[];
}

/** Counts from before the page's first script. */
export async function recordHeld(page: Page): Promise<void> {
  await page.addInitScript(record);
}

/** On the document, so that it is none of the window's names. */
export interface Recorder {
  read(): Promise<Held>;
  /** That are connected now. */
  connected(): number;
}

export const heldBy = (page: Page): Promise<Held> =>
  page.evaluate(() => {
    const { held } = document as unknown as { held: Recorder };
    return held.read();
  });

/** Nodes and listeners that the browser itself counts, when the garbage is gone. */
export async function domCounters(session: CDPSession) {
  await session.send('HeapProfiler.collectGarbage');
  const { nodes, jsEventListeners, documents } = await session.send('Memory.getDOMCounters');
  return { nodes, jsEventListeners, documents };
}

function record(): void {
  const names = new Set(Object.getOwnPropertyNames(window));
  const listeners = new Map<string, number>();
  const timers = new Map<string, string>();
  const observers = new Set<object>();
  let [sockets, connected, databases] = [0, 0, 0];

  /** What the garbage collector takes with its listeners is left out. */
  const nameOf = (target: EventTarget): string | undefined => {
    if (target === window) return 'window';
    if (target === document) return 'document';
    if (target instanceof Node) {
      const { documentElement, head, body } = document;
      const lasting = [documentElement, head, body] as EventTarget[];
      return lasting.includes(target) ? (target as Element).localName : undefined;
    }
    const passing = [
      AbortSignal,
      WebSocket,
      BroadcastChannel,
      IDBRequest,
      IDBTransaction,
      IDBDatabase,
    ];
    if (passing.some((type) => target instanceof type)) return undefined;
    return target.constructor.name;
  };

  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const known = new WeakMap<EventTarget, Map<unknown, Set<string>>>();
  const gone = (target: EventTarget, key: string, listener: unknown): void => {
    const name = nameOf(target);
    const keys = known.get(target)?.get(listener);
    if (!keys?.delete(key) || !name) return;
    if (keys.size === 0) known.get(target)?.delete(listener);
    const label = `${name} ${key}`;
    listeners.set(label, (listeners.get(label) ?? 0) - 1);
    if (!listeners.get(label)) listeners.delete(label);
  };
  const keyOf = (type: string, options: unknown): string => {
    const capture =
      typeof options === 'object' ? (options as AddEventListenerOptions)?.capture : options;
    return capture ? `${type} captured` : type;
  };
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const name = nameOf(this);
    const { signal, once } = typeof options === 'object' && options ? options : {};
    addEventListener.call(this, type, listener, options);
    if (!name || !listener || signal?.aborted) return;
    const key = keyOf(type, options);
    const all = known.get(this) ?? new Map<unknown, Set<string>>();
    const keys = all.get(listener) ?? new Set<string>();
    known.set(this, all.set(listener, keys));
    if (keys.has(key)) return;
    keys.add(key);
    const label = `${name} ${key}`;
    listeners.set(label, (listeners.get(label) ?? 0) + 1);
    const end = (): void => gone(this, key, listener);
    if (signal) addEventListener.call(signal, 'abort', end, { once: true });
    if (once) addEventListener.call(this, type, end, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    removeEventListener.call(this, type, listener, options);
    gone(this, keyOf(type, options), listener);
  };

  const page = window as unknown as Record<string, (...args: unknown[]) => unknown>;
  const starts = [
    ['setTimeout', 'clearTimeout', true],
    ['setInterval', 'clearInterval', false],
    ['requestAnimationFrame', 'cancelAnimationFrame', true],
    ['requestIdleCallback', 'cancelIdleCallback', true],
  ] as const;
  // Either's end ends the other, too.
  const timeouts = ['setTimeout', 'setInterval'];
  for (const [start, stop, once] of starts) {
    const [native, end] = [page[start]!, page[stop]!];
    page[start] = (act, ...rest) => {
      const id = native.call(
        window,
        (...args: unknown[]) => {
          if (once) timers.delete(`${start} ${String(id)}`);
          (act as (...args: unknown[]) => void)(...args);
        },
        ...rest,
      );
      timers.set(`${start} ${String(id)}`, `${start} ${String(rest[0])}`);
      return id;
    };
    page[stop] = (id) => {
      for (const kind of stop === 'clearTimeout' || stop === 'clearInterval' ? timeouts : [start]) {
        timers.delete(`${kind} ${String(id)}`);
      }
      end.call(window, id);
    };
  }

  window.WebSocket = class extends WebSocket {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args);
      sockets++;
      let open = 0;
      addEventListener.call(this, 'open', () => (connected += ++open));
      addEventListener.call(this, 'close', () => {
        sockets--;
        connected -= open;
      });
    }
  };
  const channels = new Set<BroadcastChannel>();
  window.BroadcastChannel = class extends BroadcastChannel {
    constructor(name: string) {
      super(name);
      channels.add(this);
    }
    override close(): void {
      super.close();
      channels.delete(this);
    }
  };
  const { open } = IDBFactory.prototype;
  const { close } = IDBDatabase.prototype;
  const connections = new WeakSet<IDBDatabase>();
  IDBFactory.prototype.open = function (...args) {
    const request = open.apply(this, args);
    addEventListener.call(request, 'success', () => {
      connections.add(request.result);
      databases++;
    });
    return request;
  };
  IDBDatabase.prototype.close = function () {
    if (connections.delete(this)) databases--;
    close.call(this);
  };
  for (const type of [MutationObserver, ResizeObserver, IntersectionObserver]) {
    const { observe, disconnect } = type.prototype as MutationObserver;
    Object.assign(type.prototype, {
      observe(this: MutationObserver, ...args: Parameters<typeof observe>) {
        if (nameOf(args[0])) observers.add(this);
        observe.apply(this, args);
      },
      disconnect(this: MutationObserver) {
        observers.delete(this);
        disconnect.call(this);
      },
    });
  }

  const read = async (): Promise<Held> => {
    const { held = [], pending = [] } = await navigator.locks.query();
    const { documentElement, head, body } = document;
    return {
      listeners: Object.fromEntries([...listeners].sort()),
      observers: observers.size,
      timers: [...timers.values()],
      sockets,
      channels: channels.size,
      locks: held.length + pending.length,
      databases,
      nodes: [documentElement, head, body].reduce(
        (sum, { childNodes }) => sum + childNodes.length,
        0,
      ),
      globals: Object.getOwnPropertyNames(window).filter((name) => !names.has(name)),
    };
  };
  Object.assign(document, { held: { read, connected: () => connected } });
}
