import { once } from 'node:events';
import { WebSocket } from 'ws';

type Frame = [
  joinRef: string | null,
  ref: string | null,
  topic: string,
  event: string,
  payload: Record<string, unknown>,
];

export interface Received {
  topic: string;
  event: string;
  payload: Record<string, unknown>;
}

/** Only a failing test waits so long. */
const deadlineMs = 10_000;

interface Waiting {
  matches(received: Received): boolean;
  resolve(received: Received): void;
}

/** Refused with what the server answered. */
export class PushRefused extends Error {
  readonly payload: Record<string, unknown>;

  constructor(payload: Record<string, unknown>) {
    super(`refused: ${JSON.stringify(payload)}`);
    this.payload = payload;
  }
}

/** A channel client of few lines, which keeps every frame as it came. */
export class RawSocket {
  readonly frames: string[] = [];
  readonly received: Received[] = [];
  /** Settles when the socket is closed, by whichever side. */
  readonly closed: Promise<unknown>;
  readonly #socket: WebSocket;
  readonly #replies = new Map<string, (payload: Record<string, unknown>) => void>();
  readonly #joinRefs = new Map<string, string>();
  #waiting: Waiting[] = [];
  #ref = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = once(socket, 'close');
    socket.on('message', (frame: Buffer) => this.#receive(frame.toString('utf8')));
  }

  /** Rejects when the server refuses the connection. */
  static async open(
    url: string,
    token: string,
    origin?: string,
    headers: Record<string, string> = {},
  ): Promise<RawSocket> {
    const encoded = Buffer.from(token).toString('base64').replace(/=+$/, '');
    const socket = new WebSocket(
      `${url.replace('http', 'ws')}/socket/websocket?vsn=2.0.0`,
      ['phoenix', `base64url.bearer.phx.${encoded}`],
      { headers, ...(origin === undefined ? {} : { origin }) },
    );
    await once(socket, 'open');
    return new RawSocket(socket);
  }

  /** Resolves with the ok reply; rejects with `PushRefused`. */
  async join<Reply = Record<string, unknown>>(topic: string, payload: object = {}): Promise<Reply> {
    const ref = this.#nextRef();
    this.#joinRefs.set(topic, ref);
    return this.#push(ref, ref, topic, 'phx_join', payload);
  }

  async push<Reply = Record<string, unknown>>(
    topic: string,
    event: string,
    payload: object = {},
  ): Promise<Reply> {
    return this.#push(this.#joinRefs.get(topic) ?? null, this.#nextRef(), topic, event, payload);
  }

  async leave(topic: string): Promise<void> {
    await this.push(topic, 'phx_leave');
  }

  /** The first push of the topic that fits, past or to come. Rejects when it does not come. */
  async next<Payload = Record<string, unknown>>(
    topic: string,
    event: string,
    fits: (payload: Payload) => boolean = () => true,
  ): Promise<Payload> {
    const { payload } = await this.nextWhere(
      (received) =>
        received.topic === topic &&
        received.event === event &&
        fits(received.payload as unknown as Payload),
      `${event} on ${topic}`,
    );
    return payload as unknown as Payload;
  }

  async nextWhere(matches: (received: Received) => boolean, what: string): Promise<Received> {
    const past = this.received.find(matches);
    if (past) return past;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const got = this.received.map(({ topic, event }) => `${event} on ${topic}`);
        reject(new Error(`${what} did not come, but ${got.join(', ')}`));
      }, deadlineMs);
      this.#waiting.push({
        matches,
        resolve: (received) => {
          clearTimeout(timer);
          resolve(received);
        },
      });
    });
  }

  of(topic: string, event: string): Record<string, unknown>[] {
    return this.received
      .filter((received) => received.topic === topic && received.event === event)
      .map(({ payload }) => payload);
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.closed;
  }

  async #push<Reply>(
    joinRef: string | null,
    ref: string,
    topic: string,
    event: string,
    payload: object,
  ): Promise<Reply> {
    const reply = new Promise<Record<string, unknown>>((resolve) =>
      this.#replies.set(ref, resolve),
    );
    this.#socket.send(JSON.stringify([joinRef, ref, topic, event, payload]));
    const { status, response } = await reply;
    if (status !== 'ok') throw new PushRefused(response as Record<string, unknown>);
    return response as Reply;
  }

  #receive(text: string): void {
    this.frames.push(text);
    const [, ref, topic, event, payload] = JSON.parse(text) as Frame;
    if (event === 'phx_reply' && ref !== null) {
      this.#replies.get(ref)?.(payload);
      this.#replies.delete(ref);
      return;
    }
    const received = { topic, event, payload };
    this.received.push(received);
    const fitting = this.#waiting.filter(({ matches }) => matches(received));
    this.#waiting = this.#waiting.filter((waiting) => !fitting.includes(waiting));
    for (const { resolve } of fitting) resolve(received);
  }

  #nextRef(): string {
    return String((this.#ref += 1));
  }
}
