import type { FastifyInstance } from 'fastify';
import { CodedError } from '#kit/protocol/errors.js';
import { equalSecrets } from '../auth/secret-codes.js';
import type { Config } from '../config.js';
import type { MetricsRegistry } from '../metrics.js';

const loopback = /^(?:::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/;

/** Prometheus reads here: with the token of the configuration, or from this machine without one. */
export async function metricsRoutes(
  fastify: FastifyInstance,
  { config, metrics }: { config: Pick<Config, 'metricsToken'>; metrics: MetricsRegistry },
): Promise<void> {
  const { metricsToken } = config;
  fastify.get('/metrics', async (request, reply) => {
    // The address of the connection itself: what a proxy passes on in a header is anybody's word,
    // and a request that a proxy passed on comes from somebody else, wherever the proxy runs.
    const isLocal =
      loopback.test(request.raw.socket.remoteAddress ?? '') &&
      request.headers['x-forwarded-for'] === undefined &&
      request.headers.forwarded === undefined;
    const mayRead =
      metricsToken === null
        ? isLocal
        : equalSecrets(request.headers.authorization ?? '', `Bearer ${metricsToken}`);
    if (!mayRead) throw new CodedError('forbidden');
    return reply
      .header('cache-control', 'no-store')
      .type(metrics.contentType)
      .send(await metrics.expose());
  });
}
