import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionMs } from '../usecases/sessions.js';
import type { Config } from '../config.js';

export const sessionCookie = 'convkit_session';

export function setSessionCookie(
  config: Config,
  request: FastifyRequest,
  reply: FastifyReply,
  code: string,
): void {
  const maxAge = sessionMs / 1000;
  reply.setCookie(sessionCookie, code, { ...attributes(config, request), maxAge });
}

export function clearSessionCookie(
  config: Config,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  reply.clearCookie(sessionCookie, attributes(config, request));
}

function attributes(config: Config, request: FastifyRequest) {
  const secure = request.protocol === 'https' || config.publicUrl?.startsWith('https:') === true;
  return { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
}
