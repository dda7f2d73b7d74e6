import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CodedError } from '#kit/protocol/errors.js';
import {
  ProfilePatch,
  SignInLinkRequest,
  SignInRequest,
  type SignedIn,
} from '#kit/protocol/http.js';
import { limits } from '#kit/protocol/limits.js';
import { networkOf } from '../remote-address.js';
import { readMe } from '../usecases/read-me.js';
import { findSession, signOut, type Session } from '../usecases/sessions.js';
import { signIn } from '../usecases/sign-in.js';
import { signInWithLink } from '../usecases/sign-in-with-link.js';
import { updateProfile } from '../usecases/update-profile.js';
import { requireOwnOrigin } from './cors.js';
import { parser } from './respond.js';
import { clearSessionCookie, sessionCookie, setSessionCookie } from './session-cookie.js';
import type { V1Context } from './v1-context.js';

const parseSignIn = parser(SignInRequest);
const parseSignInLink = parser(SignInLinkRequest);
const parseProfile = parser(ProfilePatch);

/** What an agent's browser does with its cookie, on the server's own pages only. */
export async function agentRoutes(
  fastify: FastifyInstance,
  { ports, origins, config, rateLimits }: V1Context,
): Promise<void> {
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET') requireOwnOrigin(origins, request);
    reply.header('cache-control', 'no-store');
  });

  const begin = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { code, caller }: Session,
  ): Promise<SignedIn> => {
    setSessionCookie(config, request, reply, code);
    return { workspaceId: caller.workspaceId, me: await readMe(ports, caller.agentId) };
  };

  fastify.post('/agent/sign-in', async (request, reply) => {
    await rateLimits.signInsPerMinute.spend(networkOf(request.ip));
    const session = await signIn(ports, parseSignIn(request.body), networkOf(request.ip));
    return begin(request, reply, session);
  });

  fastify.post('/agent/sign-in-link', async (request, reply) => {
    await rateLimits.signInsPerMinute.spend(networkOf(request.ip));
    const { code } = parseSignInLink(request.body);
    return begin(request, reply, await signInWithLink(ports, code));
  });

  fastify.post('/agent/sign-out', async (request, reply) => {
    await signOut(ports, request.cookies[sessionCookie]);
    clearSessionCookie(config, request, reply);
    return {};
  });

  fastify.get('/agent/session', async (request): Promise<SignedIn> => {
    const { workspaceId, agentId } = await findSession(ports, request.cookies[sessionCookie]);
    return { workspaceId, me: await readMe(ports, agentId) };
  });

  fastify.patch('/agent/profile', async (request): Promise<SignedIn> => {
    const caller = await findSession(ports, request.cookies[sessionCookie]);
    const { body } = request;
    if (hasShortPassword(body)) throw new CodedError('password_too_short');
    const me = await updateProfile(ports, caller, parseProfile(body));
    return { workspaceId: caller.workspaceId, me };
  });
}

/** Said by its own code, before the schema refuses it as a whole. */
function hasShortPassword(body: unknown): boolean {
  const password = (body as { password?: unknown } | null)?.password;
  return typeof password === 'string' && password.length < limits.passwordLength.min;
}
