import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { overloaded } from '../overload.js';

/** Later than this on average, the server is doing more than it can. */
const maxEventLoopDelayMs = 1_000;
/** One slow moment, such as the first after the start, is none that others could help with. */
const patienceMs = 2_000;
/**
 * Refuses requests while the server is overloaded, before they cost anything. Answers the gauge,
 * which is the event loop's delay unless one is given. Preflights pass, or browsers would keep the
 * refusal from pages; so does who asks how the server is.
 */
export async function shedLoad(
  fastify: FastifyInstance,
  gauge?: () => boolean,
): Promise<() => boolean> {
  await fastify.register(underPressure, {
    maxEventLoopDelay: maxEventLoopDelayMs,
    pressureHandler: () => undefined,
  });
  const isOverloaded = gauge ?? lasting(() => fastify.isUnderPressure());
  fastify.addHook('onRequest', async ({ method, url }) => {
    if (method === 'OPTIONS' || /^\/(?:health|metrics)\b/.test(url)) return;
    if (isOverloaded()) throw overloaded();
  });
  return isOverloaded;
}

/** True once something was true whenever it was looked at, for as long as patience lasts. */
export function lasting(holds: () => boolean, now = () => performance.now()): () => boolean {
  let since: number | null = null;
  let lookedAt = 0;
  return () => {
    const at = now();
    // Between two looks that lie so far apart it may have been otherwise.
    if (!holds() || at - lookedAt > patienceMs) since = null;
    lookedAt = at;
    if (!holds()) return false;
    since ??= at;
    return at - since >= patienceMs;
  };
}

/** A WebSocket that is not even opened. */
export function refuseUpgrade(connection: Duplex): void {
  const seconds = Math.ceil((overloaded().retryAfterMs ?? 0) / 1000);
  connection.on('error', () => undefined);
  connection.end(
    `HTTP/1.1 503 ${STATUS_CODES[503]}\r\nRetry-After: ${seconds}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}
