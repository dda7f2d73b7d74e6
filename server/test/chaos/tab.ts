import { WebSocket } from 'ws';
import type { KeyValue } from '#kit/store/storage.js';
import type { Clock } from '#kit/transport/clock.js';
import type { Fetch } from '#kit/transport/http-api.js';
import type { SocketConstructor } from '#kit/transport/phoenix/index.js';

/** The kit's waits are this much shorter here; its order of events is the same. */
const haste = 4;

/**
 * What a browser gives a page: time, sockets, fetch and storage, which all end at one moment when
 * the tab is killed. Nothing of the client runs after it, and it is told nothing.
 */
export class Tab {
  readonly clock: Clock;
  readonly socket: SocketConstructor;
  readonly fetch: Fetch;
  readonly storage: KeyValue;
  readonly #sockets = new Set<WebSocket>();
  readonly #requests = new AbortController();
  #died: () => void = () => undefined;
  /** Resolves when it is killed. */
  readonly death: Promise<void> = new Promise((resolve) => (this.#died = resolve));
  dead = false;

  constructor(shared: KeyValue) {
    const whileAlive = <T>(work: () => Promise<T>): Promise<T> =>
      this.dead ? new Promise<T>(() => undefined) : work();
    this.storage = {
      get: (key) => whileAlive(() => shared.get(key)),
      set: (key, value) => whileAlive(() => shared.set(key, value)),
      delete: (key) => whileAlive(() => shared.delete(key)),
      entries: (prefix) => whileAlive(() => shared.entries(prefix)),
    };
    this.clock = {
      now: () => Date.now(),
      after: (delayMs, run) => {
        if (this.dead) return () => undefined;
        const timer = setTimeout(() => this.dead || run(), delayMs / haste);
        return () => clearTimeout(timer);
      },
    };
    const sockets = this.#sockets;
    this.socket = class extends WebSocket {
      constructor(url: string, protocols?: string | string[]) {
        super(url, protocols ?? []);
        // Phoenix takes its handler away when it hangs up.
        this.on('error', () => undefined);
        sockets.add(this);
        this.once('close', () => sockets.delete(this));
      }
    };
    this.fetch = async (url, init) => {
      const signal = AbortSignal.any([init.signal, this.#requests.signal]);
      return whileAlive(() => fetch(url, { ...init, signal }));
    };
  }

  kill(): void {
    if (this.dead) return;
    this.dead = true;
    this.#requests.abort();
    for (const socket of this.#sockets) {
      socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
      socket.terminate();
    }
    this.#died();
  }
}
