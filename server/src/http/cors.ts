import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CodedError } from '#kit/protocol/errors.js';
import type { Origins } from '../origins.js';
import type { WorkspaceRecord } from '../ports.js';

/**
 * Lets any website read the answers of these routes, refusals above all: each route checks the
 * origin against its workspace itself, and no cookie is sent along without `allow-credentials`.
 */
export function openToWebsites(fastify: FastifyInstance, paths: string[]): void {
  fastify.addHook('onRequest', async (_request, reply) => {
    reply.header('access-control-allow-origin', '*');
    reply.header('cross-origin-resource-policy', 'cross-origin');
  });
  for (const path of paths) {
    fastify.options(path, async (_request, reply) => {
      reply.headers({
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'authorization, content-type, x-convkit-workspace',
        'access-control-max-age': '7200',
      });
      return reply.code(204).send();
    });
  }
}

/** Throws `origin_not_allowed` unless the workspace allows the website that asks. */
export function requireAllowedOrigin(
  origins: Origins,
  request: FastifyRequest,
  workspace: WorkspaceRecord,
): void {
  const { origin, host } = request.headers;
  if (origin !== undefined && !origins.allows(workspace, origin, host)) {
    throw new CodedError('origin_not_allowed');
  }
}

/** For whatever a cookie authorises: another website may not do it in a signed-in browser's name. */
export function requireOwnOrigin(origins: Origins, request: FastifyRequest): void {
  const { origin, host } = request.headers;
  if (origin === undefined || !origins.isOwn(origin, host)) {
    throw new CodedError('origin_not_allowed');
  }
}
