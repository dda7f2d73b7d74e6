import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.js';

/** The policy that pages are served with; guides give hosts the part that they need. */
export function contentSecurityPolicy(hosts: (string | undefined)[]): string {
  // Older browsers do not count ws: and wss: of the same host as 'self'.
  const sockets = [...new Set(hosts)]
    .filter((host) => host !== undefined && /^[\w.:[\]-]+$/.test(host))
    .map((host) => ` ws://${host} wss://${host}`)
    .join('');
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "media-src 'self'",
    `connect-src 'self'${sockets}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types lit-html dompurify 'allow-duplicates'",
  ].join('; ');
}

export async function securityHeaders(fastify: FastifyInstance, config: Config): Promise<void> {
  const publicHost = config.publicUrl === null ? undefined : new URL(config.publicUrl).host;
  await fastify.register(helmet, {
    contentSecurityPolicy: false,
    crossOriginEmbedderPolicy: false,
    // A page may open the server's pages in a window of its own, and hear of it.
    crossOriginOpenerPolicy: { policy: 'same-origin-allow-popups' },
    // The shop's pages tell the agent where a visitor came from.
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    strictTransportSecurity: config.publicUrl?.startsWith('https:') ?? false,
    xFrameOptions: { action: 'sameorigin' },
  });
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header(
      'content-security-policy',
      contentSecurityPolicy([publicHost, request.headers.host]),
    );
  });
}
