import { CodedError, errorFromWire, type ErrorCode } from '../protocol/index.js';

/** The part of `fetch` that is used. */
export type Fetch = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    credentials: 'omit' | 'same-origin';
    body?: string;
    signal: AbortSignal;
  },
) => Promise<{ ok: boolean; status: number; json(): Promise<unknown> }>;

export interface HttpApiOptions {
  /** Origin of the server, such as `https://chat.example`. */
  server: string;
  fetch?: Fetch;
  /** How long an answer may take, in ms. */
  timeoutMs?: number;
}

export interface Call {
  method?: string;
  body?: object;
  hostToken?: string | undefined;
  /** Sends the session cookie, to the page's own origin only. */
  session?: boolean;
  signal?: AbortSignal | undefined;
}

/** Calls the server over HTTP. Rejects with a `CodedError`. */
export type HttpCall = <Reply>(path: string, call?: Call) => Promise<Reply>;

/** The server's origin as addresses begin with it. */
export const originOf = (server: string): string => server.replace(/\/+$/, '');

/** The part that every call to the server's `/v1` shares. */
export function createHttpCall({
  server,
  fetch = (url, init) => (globalThis as unknown as { fetch: Fetch }).fetch(url, init),
  timeoutMs = 15_000,
}: HttpApiOptions): HttpCall {
  const base = `${originOf(server)}/v1`;

  return async function call<Reply>(
    path: string,
    { method = 'POST', body, hostToken, session = false, signal }: Call = {},
  ): Promise<Reply> {
    signal?.throwIfAborted();
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(base + path, {
        method,
        headers: {
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...(hostToken === undefined ? {} : { authorization: `Bearer ${hostToken}` }),
        },
        credentials: session ? 'same-origin' : 'omit',
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      });
      if (response.status === 204) return {} as Reply;
      const reply = await response.json().catch(() => null);
      if (response.ok && reply !== null) return reply as Reply;
      throw refusal(response.status, reply);
    } catch (error) {
      if (error instanceof CodedError) throw error;
      signal?.throwIfAborted();
      throw new CodedError(deadline.aborted ? 'timeout' : 'connection_lost', { cause: error });
    }
  };
}

/** The refusal in a body; a proxy's page has none, then the status says what it can. */
function refusal(status: number, body: unknown): CodedError {
  if (typeof body === 'object' && body !== null && 'code' in body) return errorFromWire(body);
  return new CodedError(codeOf(status));
}

function codeOf(status: number): ErrorCode {
  if (status >= 500) return 'unavailable';
  const codes: Record<number, ErrorCode> = {
    401: 'unauthorized',
    403: 'forbidden',
    404: 'route_not_found',
    413: 'too_large',
    429: 'rate_limited',
  };
  return codes[status] ?? 'internal';
}
