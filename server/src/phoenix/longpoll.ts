import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { decide, openSocket, originAllowed, queryOf } from './handshake.js';
import type { Limits } from './limits.js';
import { LongpollRelay, type LostPoll } from './longpoll-relay.js';
import { LongpollSession, type PollResult, type PushStatus } from './longpoll-session.js';
import { LongpollTokens, type SessionAddress } from './longpoll-token.js';
import { readBody } from './request-body.js';
import type { Fanout } from './fanout.js';
import type { Accept } from './socket.js';
import type { Log, PhoenixOptions } from './types.js';

/** The body of every answer; the HTTP status is always 200. */
interface Answer {
  readonly status: 200 | 204 | 400 | 403 | 408 | 410 | 500;
  readonly token?: string | null;
  readonly messages?: readonly string[];
}

const ALLOWED_METHODS = 'get, post, options';
const PREFLIGHT_SECONDS = '3600';

/** Answers the requests of longpoll clients. */
export class LongpollTransport<Assigns> {
  readonly relay: LongpollRelay;
  readonly #options: PhoenixOptions<Assigns>;
  readonly #node: string;
  readonly #limits: Limits;
  readonly #log: Log;
  readonly #accept: Accept<Assigns>;
  readonly #tokens: LongpollTokens;
  readonly #sessions = new Map<string, LongpollSession<Assigns>>();
  #closing = false;

  constructor(
    options: PhoenixOptions<Assigns>,
    node: string,
    fanout: Fanout,
    limits: Limits,
    log: Log,
    accept: Accept<Assigns>,
  ) {
    this.#options = options;
    this.#node = node;
    this.#limits = limits;
    this.#log = log;
    this.#accept = accept;
    const secret = options.secret ?? randomBytes(32).toString('base64url');
    this.#tokens = new LongpollTokens(secret, options.path);
    this.relay = new LongpollRelay(node, fanout, limits, (name) => this.#sessions.get(name));
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    response.setHeader('cache-control', 'no-store');
    response.setHeader('access-control-allow-origin', '*');
    try {
      const answer = await this.#answer(request, response);
      if (answer) send(response, answer);
    } catch (error) {
      this.#log.error({ err: error }, 'longpoll crashed');
      send(response, { status: 500 });
    }
  }

  /** Refuses new sessions from here on. */
  refuseNew(): void {
    this.#closing = true;
  }

  close(): void {
    this.relay.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<Answer | undefined> {
    if (!(await originAllowed(this.#options, request))) return { status: 403 };
    switch (request.method) {
      case 'OPTIONS':
        preflight(request, response);
        return undefined;
      case 'GET':
        return this.#get(request, response);
      case 'POST':
        return this.#post(request, response);
      default:
        return { status: 400 };
    }
  }

  async #get(request: IncomingMessage, response: ServerResponse): Promise<Answer> {
    const token = tokenOf(request);
    const address = this.#tokens.verify(token);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    if (response.destroyed) gone.abort();
    const result = address && (await this.#poll(address, gone.signal));
    if (result) return { ...result, token: result.status < 300 ? token : null };
    return this.#open(request);
  }

  async #open(request: IncomingMessage): Promise<Answer> {
    if (this.#closing) return { status: 500 };
    const authToken = headerOf(request, 'x-phoenix-authtoken');
    const handshake = await decide(this.#log, this.#limits.connectTimeoutMs, () =>
      openSocket(this.#options, request, 'longpoll', authToken),
    );
    if (handshake.status !== 200) return { status: handshake.status };
    if (this.#closing) return { status: 500 };
    const name = randomBytes(18).toString('base64url');
    const session = new LongpollSession<Assigns>(
      request.socket.remoteAddress,
      this.#limits,
      this.#log,
      () => this.#sessions.delete(name),
    );
    this.#sessions.set(name, session);
    session.attach(this.#accept(session, handshake));
    return {
      status: 410,
      token: this.#tokens.sign({ node: this.#node, session: name }),
      messages: [],
    };
  }

  async #post(request: IncomingMessage, response: ServerResponse): Promise<Answer> {
    const address = this.#tokens.verify(tokenOf(request));
    if (!address) return { status: 410 };
    const { longpollMaxBodyBytes, longpollWindowMs } = this.#limits;
    const body = await readBody(request, longpollMaxBodyBytes, longpollWindowMs);
    if ('failed' in body) {
      response.setHeader('connection', 'close');
      return { status: body.failed === 'time' ? 408 : 410 };
    }
    const batched = headerOf(request, 'content-type')?.startsWith('application/x-ndjson');
    const lines = batched ? body.text.split(/\r?\n/) : [body.text];
    return {
      status: await this.#push(
        address,
        lines.filter((line) => line !== ''),
      ),
    };
  }

  /** Undefined when there is no such session. */
  #poll(address: SessionAddress, signal: AbortSignal): Promise<PollResult | LostPoll | undefined> {
    if (address.node !== this.#node) return this.relay.poll(address, signal);
    return this.#sessions.get(address.session)?.poll(signal) ?? Promise.resolve(undefined);
  }

  #push(address: SessionAddress, lines: readonly string[]): Promise<PushStatus> {
    if (address.node !== this.#node) return this.relay.push(address, lines);
    return this.#sessions.get(address.session)?.push(lines) ?? Promise.resolve(410);
  }
}

/** Clients before 1.9 send it in the query, after parameters of their own. */
function tokenOf(request: IncomingMessage): string {
  return (
    headerOf(request, 'x-phoenix-longpoll-token') ?? queryOf(request).getAll('token').at(-1) ?? ''
  );
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.at(-1) : value;
}

function preflight(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, {
    'access-control-allow-headers': headerOf(request, 'access-control-request-headers') ?? '',
    'access-control-allow-methods': ALLOWED_METHODS,
    'access-control-max-age': PREFLIGHT_SECONDS,
  });
  response.end();
}

function send(response: ServerResponse, answer: Answer): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(answer));
}
