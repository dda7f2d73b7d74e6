import type { IncomingMessage } from 'node:http';
import { following, isPromise, type MaybePromise } from './maybe-promise.js';
import type { ConnectResult, Log, PhoenixOptions, SocketId, TransportName } from './types.js';

const TOKEN_PREFIX = 'base64url.bearer.phx.';
const BASE64 = /^[A-Za-z0-9+/_-]*$/;
/** `~> 2.0.0` */
const VERSION = /^2\.0\.\d+$/;

/** 403: origin, version or the application said no. 500: the application failed or was too slow. */
export type Handshake<Assigns> =
  | { readonly status: 200; readonly assigns: Assigns; readonly id?: SocketId | undefined }
  | { readonly status: 403 | 500 };

type Gate<Assigns> = Pick<PhoenixOptions<Assigns>, 'checkOrigin' | 'connect'>;

/** Whether a page of the request's Origin may use the socket; without an Origin it is no page. */
export function originAllowed(
  gate: Pick<PhoenixOptions<unknown>, 'checkOrigin'>,
  request: IncomingMessage,
): MaybePromise<boolean> {
  const { origin } = request.headers;
  return origin === undefined || gate.checkOrigin(origin, request);
}

/** Version and application's consent. The origin was asked about before. */
export function openSocket<Assigns>(
  gate: Gate<Assigns>,
  request: IncomingMessage,
  transport: TransportName,
  authToken: string | undefined,
): MaybePromise<Handshake<Assigns>> {
  const params = Object.fromEntries(queryOf(request)) as Record<string, string>;
  if (!VERSION.test(params['vsn'] ?? '1.0.0')) return { status: 403 };
  const result = gate.connect({ params, authToken, request, transport });
  return following<ConnectResult<Assigns>, Handshake<Assigns>>(result, (connected) =>
    connected.ok ? { status: 200, assigns: connected.assigns, id: connected.id } : { status: 403 },
  );
}

/** The answer of `steps`; 500 when they throw or take longer than `timeoutMs`. */
export function decide<Assigns>(
  log: Log,
  timeoutMs: number,
  steps: () => MaybePromise<Handshake<Assigns>>,
): MaybePromise<Handshake<Assigns>> {
  const crashed = (error: unknown): Handshake<Assigns> => {
    log.error({ err: error }, 'the handshake crashed');
    return { status: 500 };
  };
  try {
    const answer = steps();
    return isPromise(answer) ? soonEnough(log, timeoutMs, answer.catch(crashed)) : answer;
  } catch (error) {
    return crashed(error);
  }
}

async function soonEnough<Assigns>(
  log: Log,
  timeoutMs: number,
  answer: Promise<Handshake<Assigns>>,
): Promise<Handshake<Assigns>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Handshake<Assigns>>((resolve) => {
    timer = setTimeout(() => {
      log.warn({ timeoutMs }, 'the handshake took too long');
      resolve({ status: 500 });
    }, timeoutMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The token that the client offers among its sub-protocols; they are base64 of Latin-1. */
export function offeredToken(request: IncomingMessage): string | undefined {
  const offered = request.headers['sec-websocket-protocol']?.split(',') ?? [];
  for (const protocol of offered.map((name) => name.trim())) {
    if (!protocol.startsWith(TOKEN_PREFIX)) continue;
    const encoded = protocol.slice(TOKEN_PREFIX.length);
    return BASE64.test(encoded) ? Buffer.from(encoded, 'base64').toString('latin1') : undefined;
  }
  return undefined;
}

export function queryOf(request: IncomingMessage): URLSearchParams {
  const url = request.url ?? '';
  const start = url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : url.slice(start + 1));
}

export function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '';
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}
