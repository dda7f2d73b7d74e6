import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { TransportName } from '../index.js';

export type TextFrame = readonly [
  joinRef: string | null,
  ref: string | null,
  topic: string,
  event: string,
  payload: Record<string, unknown>,
];
export type RawFrame = TextFrame | Buffer;

const PATIENCE_MS = 10_000;

/** A client that sends and shows frames as they are, over either transport. */
export interface RawClient {
  /** Everything received so far. */
  readonly frames: readonly RawFrame[];
  send(...frames: (readonly unknown[] | Buffer | string)[]): void;
  /** The first frame that `wanted` accepts, received before or from now on. */
  frame(wanted: (frame: TextFrame) => boolean): Promise<TextFrame>;
  reply(ref: string): Promise<TextFrame>;
  event(event: string): Promise<TextFrame>;
  binary(): Promise<Buffer>;
  /**
   * Resolves with the close code; longpoll has none and gives the
   * last status, or 0 when the network failed.
   */
  readonly closed: Promise<number>;
  close(): Promise<void>;
}

export interface ClientOptions {
  readonly query?: string;
  readonly protocols?: string[];
  readonly headers?: Record<string, string>;
}

export async function connect(
  transport: TransportName,
  endpoint: string,
  options: ClientOptions = {},
): Promise<RawClient> {
  return transport === 'websocket'
    ? connectWebSocket(endpoint, options)
    : connectLongpoll(endpoint, options);
}

/** Opens a client and joins a topic with the join_ref `1` and the ref `1`. */
export async function joined(
  transport: TransportName,
  endpoint: string,
  topic: string,
  options: ClientOptions = {},
): Promise<RawClient> {
  const client = await connect(transport, endpoint, options);
  client.send(['1', '1', topic, 'phx_join', {}]);
  await client.reply('1');
  return client;
}

export const isText = (frame: RawFrame): frame is TextFrame => !Buffer.isBuffer(frame);

/** Remembers frames and wakes whoever waits for one. */
class Inbox {
  readonly frames: RawFrame[] = [];
  readonly #checks = new Set<() => void>();

  receive(frame: RawFrame): void {
    this.frames.push(frame);
    for (const check of this.#checks) check();
  }

  find<Found extends RawFrame>(
    what: string,
    wanted: (frame: RawFrame) => Found | undefined,
  ): Promise<Found> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#checks.delete(check);
        reject(new Error(`no ${what} among ${JSON.stringify(this.frames)}`));
      }, PATIENCE_MS).unref();
      const check = (): void => {
        for (const frame of this.frames) {
          const found = wanted(frame);
          if (!found) continue;
          clearTimeout(timer);
          this.#checks.delete(check);
          resolve(found);
          return;
        }
      };
      this.#checks.add(check);
      check();
    });
  }

  text(what: string, wanted: (frame: TextFrame) => boolean): Promise<TextFrame> {
    return this.find(what, (frame) => (isText(frame) && wanted(frame) ? frame : undefined));
  }
}

function face(inbox: Inbox): Pick<RawClient, 'frames' | 'frame' | 'reply' | 'event' | 'binary'> {
  return {
    frames: inbox.frames,
    frame: (wanted) => inbox.text('such frame', wanted),
    reply: (ref) =>
      inbox.text(`reply to ${ref}`, (frame) => frame[1] === ref && frame[3] === 'phx_reply'),
    event: (event) => inbox.text(event, (frame) => frame[3] === event),
    binary: () =>
      inbox.find('binary frame', (frame) => (Buffer.isBuffer(frame) ? frame : undefined)),
  };
}

async function connectWebSocket(endpoint: string, options: ClientOptions): Promise<RawClient> {
  const { query = 'vsn=2.0.0', protocols, headers } = options;
  const url = `${endpoint.replace('http', 'ws')}/websocket?${query}`;
  const webSocket = new WebSocket(url, protocols ?? [], { ...(headers ? { headers } : {}) });
  const inbox = new Inbox();
  webSocket.on('message', (data: Buffer, isBinary) => {
    inbox.receive(isBinary ? data : (JSON.parse(data.toString()) as TextFrame));
  });
  webSocket.on('error', () => undefined);
  const closed = new Promise<number>((resolve) => webSocket.once('close', resolve));
  await Promise.race([
    once(webSocket, 'open'),
    closed.then(() => Promise.reject(new Error('the WebSocket was refused'))),
  ]);
  return {
    ...face(inbox),
    closed,
    send(...frames) {
      for (const frame of frames) {
        webSocket.send(
          Buffer.isBuffer(frame) || typeof frame === 'string' ? frame : JSON.stringify(frame),
        );
      }
    },
    async close() {
      webSocket.close();
      await closed;
    },
  };
}

async function connectLongpoll(endpoint: string, options: ClientOptions): Promise<RawClient> {
  const { query = 'vsn=2.0.0', headers = {} } = options;
  const url = `${endpoint}/longpoll?${query}`;
  const opened = await pollOnce(url, headers);
  if (opened.status !== 410 || !opened.token) throw new Error('the session was refused');
  const own = { ...headers, 'x-phoenix-longpoll-token': opened.token };
  const inbox = new Inbox();
  const controller = new AbortController();
  const closed = listen(url, own, inbox, controller.signal);
  let posted: Promise<unknown> = Promise.resolve();
  return {
    ...face(inbox),
    closed,
    send(...frames) {
      const body = frames
        .map((frame) => {
          if (typeof frame === 'string') return frame;
          return Buffer.isBuffer(frame) ? frame.toString('base64') : JSON.stringify(frame);
        })
        .join('\n');
      posted = posted.then(() => post(url, own, body)).catch(() => undefined);
    },
    async close() {
      controller.abort();
      await closed;
    },
  };
}

export interface LongpollAnswer {
  readonly status: number;
  readonly token?: string | null;
  readonly messages?: readonly string[];
}

export async function pollOnce(
  url: string,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<LongpollAnswer> {
  const response = await fetch(url, { headers, ...(signal ? { signal } : {}) });
  return (await response.json()) as LongpollAnswer;
}

export async function post(
  url: string,
  headers: Record<string, string>,
  body: string,
): Promise<LongpollAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/x-ndjson' },
    body,
  });
  return (await response.json()) as LongpollAnswer;
}

async function listen(
  url: string,
  headers: Record<string, string>,
  inbox: Inbox,
  signal: AbortSignal,
): Promise<number> {
  try {
    for (;;) {
      const { status, messages = [] } = await pollOnce(url, headers, signal);
      for (const message of messages) inbox.receive(JSON.parse(message) as TextFrame);
      if (status !== 200 && status !== 204) return status;
    }
  } catch {
    return 0;
  }
}

/** Everything that was sent before has been taken in when this resolves. */
export async function settle(client: RawClient, ref: string): Promise<void> {
  client.send([null, ref, 'phoenix', 'heartbeat', {}]);
  await client.reply(ref);
}
