import { randomBytes } from 'node:crypto';
import WebSocket from 'ws';

type Frame = [string | null, string | null, string, string, unknown];

/**
 * A client without a browser, for what no person would type two hundred times. It speaks Phoenix
 * frames over a plain socket and sends what it is told to: no code of the kit makes it harmless.
 */
export class Peer {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, (frame: Frame) => void>();
  #ref = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (message) => {
      const frame = JSON.parse(String(message)) as Frame;
      const ref = frame[3] === 'phx_reply' ? frame[1] : null;
      if (ref === null) return;
      this.#waiting.get(ref)?.(frame);
      this.#waiting.delete(ref);
    });
  }

  static async connect(origin: string, token: string): Promise<Peer> {
    const protocol = `base64url.bearer.phx.${btoa(token).replaceAll('=', '')}`;
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket/websocket?vsn=2.0.0`, [
      'phoenix',
      protocol,
    ]);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return new Peer(socket);
  }

  /** Rejects with the reason when refused. */
  async join<Joined>(topic: string, payload: object = {}): Promise<Channel<Joined>> {
    const joinRef = String(++this.#ref);
    const joined = (await this.#ask(joinRef, joinRef, topic, 'phx_join', payload)) as Joined;
    return {
      joined,
      push: (event, body) => this.#ask(joinRef, String(++this.#ref), topic, event, body),
    };
  }

  close(): void {
    this.#socket.close();
  }

  #ask(
    joinRef: string,
    ref: string,
    topic: string,
    event: string,
    payload: object,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(ref, ([, , , , reply]) => {
        const { status, response } = reply as { status: string; response: unknown };
        if (status === 'ok') resolve(response);
        else reject(new Error(`${event} on ${topic}: ${JSON.stringify(response)}`));
      });
      this.#socket.send(JSON.stringify([joinRef, ref, topic, event, payload]));
    });
  }
}

export interface Channel<Joined = unknown> {
  joined: Joined;
  /** Resolves with the ok reply; rejects with the refusal. */
  push(event: string, payload: object): Promise<unknown>;
}

export interface PeerVisitor {
  contactId: string;
  /** What its browser would keep. */
  visitorToken: string;
  channel: Channel;
  close(): void;
}

/** A visitor of the workspace: a new one, or the one of `known`, a visitor token. */
export async function peerVisitor(
  origin: string,
  workspaceId: string,
  known?: string,
): Promise<PeerVisitor> {
  const request = known === undefined ? { workspaceId } : { workspaceId, visitorToken: known };
  const { contactId, token, visitorToken } = (await post(
    origin,
    '/v1/visitor/token',
    request,
  )) as Record<'contactId' | 'token' | 'visitorToken', string>;
  const peer = await Peer.connect(origin, token);
  const channel = await peer.join(`visitor:${contactId}`);
  return {
    contactId,
    visitorToken,
    channel,
    close: () => {
      peer.close();
    },
  };
}

export interface PeerAgent {
  peer: Peer;
  rename(name: string): Promise<void>;
}

/** The agent of a session's cookie, in one more place. */
export async function peerAgent(origin: string, cookie: string): Promise<PeerAgent> {
  const { token } = (await post(origin, '/v1/agent/token', {}, cookie)) as { token: string };
  const peer = await Peer.connect(origin, token);
  return {
    peer,
    async rename(name) {
      await post(origin, '/v1/agent/profile', { name }, cookie, 'PATCH');
    },
  };
}

export async function post(
  origin: string,
  path: string,
  body: object,
  cookie?: string,
  method = 'POST',
): Promise<unknown> {
  const response = await fetch(origin + path, {
    method,
    headers: { 'content-type': 'application/json', origin, ...(cookie ? { cookie } : {}) },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${text}`);
  return JSON.parse(text);
}

/** A UUIDv7, as clients name their messages. */
export function clientId(): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return [8, 12, 16, 20].reduceRight((id, at) => `${id.slice(0, at)}-${id.slice(at)}`, hex);
}
