import {
  CodedError,
  errorFromWire,
  type AgentTokenReply,
  type ErrorCode,
  type ProfilePatch,
  type PublicConfig,
  type SignedIn,
  type VisitorTokenReply,
} from '../protocol/index.js';
import type { ServerApi } from './api.js';

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

interface Call {
  method?: string;
  body?: object;
  hostToken?: string | undefined;
  /** Sends the session cookie, to the page's own origin only. */
  session?: boolean;
  signal?: AbortSignal | undefined;
}

/** The HTTP half of a server: config, tokens and sign-in. */
export function createHttpApi({
  server,
  fetch = (url, init) => (globalThis as unknown as { fetch: Fetch }).fetch(url, init),
  timeoutMs = 15_000,
}: HttpApiOptions): ServerApi {
  const base = `${server.replace(/\/+$/, '')}/v1`;

  async function call<Reply>(
    path: string,
    { method = 'POST', body, hostToken, session = false, signal }: Call = {},
  ): Promise<Reply> {
    signal?.throwIfAborted();
    const request = new AbortController();
    const abort = (): void => request.abort();
    const timer = setTimeout(abort, timeoutMs);
    signal?.addEventListener('abort', abort);
    try {
      const response = await fetch(base + path, {
        method,
        headers: {
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...(hostToken === undefined ? {} : { authorization: `Bearer ${hostToken}` }),
        },
        credentials: session ? 'same-origin' : 'omit',
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: request.signal,
      });
      if (response.status === 204) return {} as Reply;
      const reply = await response.json().catch(() => null);
      if (response.ok && reply !== null) return reply as Reply;
      throw refusal(response.status, reply);
    } catch (error) {
      if (error instanceof CodedError) throw error;
      signal?.throwIfAborted();
      throw new CodedError(request.signal.aborted ? 'timeout' : 'connection_lost', {
        cause: error,
      });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
  }

  return {
    config: (workspaceId, { signal } = {}) =>
      call<PublicConfig>(`/config?workspace=${encodeURIComponent(workspaceId)}`, {
        method: 'GET',
        signal,
      }),
    visitorToken: (request, { signal } = {}) =>
      call<VisitorTokenReply>('/visitor/token', { body: request, signal }),
    agentToken: ({ hostToken, signal } = {}) =>
      call<AgentTokenReply>('/agent/token', {
        hostToken,
        session: hostToken === undefined,
        signal,
      }),
    signIn: (email, password) =>
      call<SignedIn>('/agent/sign-in', { body: { email, password }, session: true }),
    signInWithLink: (code) =>
      call<SignedIn>('/agent/sign-in-link', { body: { code }, session: true }),
    async signOut() {
      await call('/agent/sign-out', { session: true });
    },
    session: ({ signal } = {}) =>
      call<SignedIn>('/agent/session', { method: 'GET', session: true, signal }),
    updateProfile: (patch: ProfilePatch) =>
      call<SignedIn>('/agent/profile', { method: 'PATCH', body: patch, session: true }),
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
