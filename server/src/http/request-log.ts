import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from '../metrics.js';
import { outcomeOf } from './outcome.js';

/** Asked every few seconds by machines. */
const quiet = /^\/(?:health\/|metrics$)/;
const uploadRoute = '/v1/files';
const idShape = /^[a-z]{2}_[A-Za-z0-9_-]{1,64}$/;

/** One line for each request, and its time in the metrics. The address itself could hold a token. */
export function logRequests(fastify: FastifyInstance, metrics: Metrics): void {
  fastify.addHook('onResponse', async (request, reply) => {
    const { statusCode: status, elapsedTime } = reply;
    const route = request.routeOptions.url ?? 'none';
    const { method } = request;
    metrics.requested({ method, route, status, ms: elapsedTime });
    if (status === 429) metrics.refused('http');
    const outcome = outcomeOf(request);
    if (method === 'POST' && route === uploadRoute) {
      metrics.uploaded(outcome, Number(request.headers['content-length'] ?? 0));
    }
    if (quiet.test(route)) return;
    const level = status >= 500 ? 'warn' : status >= 400 ? 'info' : 'debug';
    request.log[level](
      { method, route, status, outcome, ms: Math.round(elapsedTime), ...subjectOf(request) },
      'request',
    );
  });
}

/** Which workspace or conversation it was about, where it says so by an id. */
function subjectOf({ query, body, params }: FastifyRequest): Record<string, string> {
  const subject: Record<string, string> = {};
  for (const part of [query, params, body]) {
    if (typeof part !== 'object' || part === null) continue;
    const { workspace, workspaceId = workspace, conversationId } = part as Record<string, unknown>;
    if (isId(workspaceId)) subject['workspaceId'] = workspaceId;
    if (isId(conversationId)) subject['conversationId'] = conversationId;
  }
  return subject;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && idShape.test(value);
}
