import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const requestIdHeader = 'x-request-id';

/** What proxies make; anything else could hide or fake lines of a log. */
const sane = /^[A-Za-z0-9_.:=+/-]{8,128}$/;

const ids = new WeakMap<IncomingMessage, string>();

/** The id that the proxy in front gave the request, or one of our own; always the same for one request. */
export function requestIdOf(request: IncomingMessage): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const given = request.headers[requestIdHeader];
  const id = typeof given === 'string' && sane.test(given) ? given : randomUUID();
  ids.set(request, id);
  return id;
}
