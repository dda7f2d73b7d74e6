import { systemClock } from '../clock.js';

/** Phoenix Channels V2 as JSON: join ref, ref, topic, event and payload. */
export type Frame = readonly [
  joinRef: string | null,
  ref: string | null,
  topic: string,
  event: string,
  payload: unknown,
];

/** What `new WebSocket` is; on Node pass that of `ws`. */
export type SocketConstructor = new (url: string, protocols?: string | string[]) => object;

/** What a WebSocket and Phoenix's long polling have in common. */
interface Way {
  readonly readyState: number;
  /** Long polling knows by itself whether the server answers. */
  readonly skipHeartbeat?: boolean;
  /** How long one request of long polling may take, in ms. */
  timeout?: number;
  onopen: () => void;
  onclose: () => void;
  onerror: () => void;
  onmessage: (event: { data: string }) => void;
  send(text: string): void;
  close(): void;
}

export interface WireOptions {
  heartbeatMs: number;
  onOpen(): void;
  /** It closed, never opened, or the server is silent. */
  onLost(): void;
  onFrame(frame: Frame): void;
}

/** One connection at a time to a server that speaks Phoenix Channels V2. */
export interface Wire {
  readonly open: boolean;
  /** A name for a frame, unlike any other of this wire. */
  nextRef(): string;
  dial(constructor: SocketConstructor, url: string, protocols?: string[]): void;
  /** Dropped while there is no connection. */
  send(...frame: Frame): void;
  /** Calls once the server has answered; false where there is no connection. */
  ping(answered: () => void): boolean;
  /** Ends the connection; nothing is heard of it any more. */
  hangUp(): void;
}

const opened = 1;
const pollMs = 20_000;
const nothing = (): void => undefined;

export function createWire({ heartbeatMs, onOpen, onLost, onFrame }: WireOptions): Wire {
  const pings = new Map<string | null, () => void>();
  let way: Way | null = null;
  let refs = 0;
  let cancelBeat = nothing;

  const nextRef = (): string => String(++refs);

  /** An answer to one heartbeat starts the wait for the next; none in that time is a loss. */
  function beat(): void {
    cancelBeat();
    if (way?.skipHeartbeat) return;
    cancelBeat = systemClock.after(heartbeatMs, () => {
      cancelBeat = systemClock.after(heartbeatMs, onLost);
      ping(beat);
    });
  }

  function send(...frame: Frame): void {
    if (way?.readyState === opened) way.send(JSON.stringify(frame));
  }

  function ping(answered: () => void): boolean {
    if (way?.readyState !== opened) return false;
    const ref = nextRef();
    pings.set(ref, answered);
    send(null, ref, 'phoenix', 'heartbeat', {});
    return true;
  }

  function hangUp(): void {
    const left = way;
    way = null;
    cancelBeat();
    pings.clear();
    if (!left) return;
    left.onopen = left.onclose = left.onerror = left.onmessage = nothing;
    left.close();
  }

  return {
    get open() {
      return way?.readyState === opened;
    },
    nextRef,
    dial(constructor, url, protocols) {
      hangUp();
      try {
        way = new constructor(url, protocols) as Way;
      } catch {
        // What the page's policy forbids is as good as a network that fails.
        return queueMicrotask(onLost);
      }
      way.timeout = pollMs;
      way.onopen = () => {
        beat();
        onOpen();
      };
      way.onclose = onLost;
      // A close follows.
      way.onerror = nothing;
      way.onmessage = ({ data }) => {
        const frame = JSON.parse(data) as Frame;
        const [, ref, topic] = frame;
        if (topic !== 'phoenix') return onFrame(frame);
        pings.get(ref)?.();
        pings.delete(ref);
      };
    },
    send,
    ping,
    hangUp,
  };
}
