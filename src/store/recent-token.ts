import type { Clock } from '../transport/clock.js';
import type { GetToken } from '../transport/transport.js';

/** Far less than the life of any channel token, in ms. */
const recentMs = 60_000;

/** A token for calls beside the connection: several files need not ask for one each. */
export function recentToken(getToken: GetToken, clock: Clock): () => Promise<string> {
  let token: Promise<string> | null = null;
  let until = 0;
  return () => {
    if (!token || clock.now() >= until) {
      until = clock.now() + recentMs;
      token = getToken({ signal: new AbortController().signal });
      token.catch(() => (token = null));
    }
    return token;
  };
}
