import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Message } from '#kit/domain/message.js';
import type { VisitorIdentity, VisitorTokenReply } from '#kit/protocol/http.js';
import { clientId, type Fixture } from './app-fixture.js';
import { PushRefused, RawSocket } from './raw-socket.js';

export const visitorSecret = 'a secret of a host that signs its visitors';

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** A request with JSON, or with the text that it is given; the answer's body is read, or empty. */
export async function call(
  fixture: Pick<Fixture, 'url'>,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const reply = await fetch(fixture.url + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await reply.text();
  const isJson = /json/.test(reply.headers.get('content-type') ?? '');
  return {
    status: reply.status,
    body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}

/** A browser with what it keeps: the visitor token. */
export class Browser {
  visitorToken: string | undefined;
  reply: VisitorTokenReply | undefined;
  readonly #fixture: Fixture;
  readonly #headers: Record<string, string>;

  constructor(fixture: Fixture, headers: Record<string, string> = {}) {
    this.#fixture = fixture;
    this.#headers = headers;
  }

  ask(identity?: VisitorIdentity, visitorToken = this.visitorToken): Promise<Answer> {
    const body = {
      workspaceId: this.#fixture.workspace.id,
      ...(visitorToken === undefined ? {} : { visitorToken }),
      ...(identity === undefined ? {} : { identity }),
    };
    return call(this.#fixture, 'POST', '/v1/visitor/token', body, this.#headers);
  }

  async come(identity?: VisitorIdentity): Promise<VisitorTokenReply> {
    const { status, body } = await this.ask(identity);
    assert.equal(status, 200, JSON.stringify(body));
    this.reply = body as unknown as VisitorTokenReply;
    this.visitorToken = this.reply.visitorToken;
    return this.reply;
  }

  async join(): Promise<{ socket: RawSocket; topic: string }> {
    const { token, contactId } = this.reply ?? (await this.come());
    const socket = await RawSocket.open(this.#fixture.url, token, undefined, this.#headers);
    const topic = `visitor:${contactId}`;
    await socket.join(topic);
    return { socket, topic };
  }

  /** Comes, writes on a socket of its own, and leaves. */
  async write(text: string): Promise<Message> {
    const { socket, topic } = await this.join();
    const { message } = await socket.push<{ message: Message }>(topic, 'message:send', {
      clientId: clientId(),
      text,
    });
    await socket.close();
    return message;
  }
}

export async function signJwt(
  fixture: Pick<Fixture, 'clock'>,
  claims: Record<string, unknown>,
  { secret = visitorSecret, expiresIn = 600, alg = 'HS256' } = {},
): Promise<VisitorIdentity> {
  const token = await new SignJWT({ jti: randomUUID(), ...claims })
    .setProtectedHeader({ alg })
    .setExpirationTime(Math.floor(fixture.clock.now() / 1000) + expiresIn)
    .sign(new TextEncoder().encode(secret));
  return { token };
}

export function signHmac(
  fixture: Pick<Fixture, 'clock'>,
  id: string,
  { secret = visitorSecret, expiresIn = 600 } = {},
): { id: string; expiresAt: number; signature: string } {
  const expiresAt = Math.floor(fixture.clock.now() / 1000) + expiresIn;
  const signature = createHmac('sha256', secret).update(`${id}.${expiresAt}`).digest('hex');
  return { id, expiresAt, signature };
}

export const refusedWith = (code: string) => (error: unknown) =>
  error instanceof PushRefused && error.payload['code'] === code;

export function assertRefused({ status, body }: Answer, expected: number, code: string): void {
  assert.deepEqual([status, body['code'], body['reason']], [expected, code, code]);
}
