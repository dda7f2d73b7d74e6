/**
 * What browsers and Node share and the core floors (domain, protocol, transport, store) may use;
 * everything else comes in as an interface. Only `config/tsconfig.core.json` reads this file: where
 * the DOM's or Node's own types are loaded, those say the same and more.
 */

/** Opaque: a number in browsers, an object on Node. */
interface Timer {
  readonly opaqueTimer: never;
}

declare function setTimeout(callback: () => void, delayMs?: number): Timer;
declare function clearTimeout(timer: Timer | undefined): void;
declare function setInterval(callback: () => void, delayMs?: number): Timer;
declare function clearInterval(timer: Timer | undefined): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T): T;

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

declare const AbortSignal: {
  readonly prototype: AbortSignal;
  abort(reason?: unknown): AbortSignal;
  timeout(delayMs: number): AbortSignal;
  any(signals: Iterable<AbortSignal>): AbortSignal;
};

declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

declare class URLSearchParams {
  constructor(init?: string | Record<string, string> | Iterable<[string, string]>);
  append(name: string, value: string): void;
  delete(name: string): void;
  get(name: string): string | null;
  has(name: string): boolean;
  set(name: string, value: string): void;
  toString(): string;
}

declare class URL {
  constructor(url: string | URL, base?: string | URL);
  hash: string;
  host: string;
  hostname: string;
  href: string;
  readonly origin: string;
  password: string;
  pathname: string;
  port: string;
  protocol: string;
  search: string;
  readonly searchParams: URLSearchParams;
  username: string;
  toString(): string;
}

declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean });
  decode(bytes?: ArrayBuffer | Uint8Array): string;
}

/** `randomUUID` is missing on purpose: browsers have it on secure pages only. */
declare const crypto: {
  getRandomValues<T extends Uint8Array | Uint16Array | Uint32Array>(array: T): T;
};
