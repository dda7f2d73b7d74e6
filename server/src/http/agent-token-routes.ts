import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CodedError } from '#kit/protocol/errors.js';
import type { AgentTokenReply } from '#kit/protocol/http.js';
import type { AgentCaller } from '../auth/tokens.js';
import { defaultWorkspace } from '../usecases/default-workspace.js';
import { findSession } from '../usecases/sessions.js';
import { signInFromHost } from '../usecases/sign-in-from-host.js';
import { openToWebsites, requireAllowedOrigin, requireOwnOrigin } from './cors.js';
import { sessionCookie } from './session-cookie.js';
import type { V1Context } from './v1-context.js';

/** Channel tokens for agents: by the session's cookie here, by the host's token on other websites. */
export async function agentTokenRoutes(
  fastify: FastifyInstance,
  { ports, origins }: V1Context,
): Promise<void> {
  openToWebsites(fastify, ['/agent/token']);

  fastify.post('/agent/token', async (request, reply): Promise<AgentTokenReply> => {
    reply.header('cache-control', 'no-store');
    const caller = await callerOf(request);
    const { token, expiresAt } = await ports.tokens.signChannel(caller);
    return { agentId: caller.agentId, workspaceId: caller.workspaceId, token, expiresAt };
  });

  const callerOf = async (request: FastifyRequest): Promise<AgentCaller> => {
    const hostToken = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (hostToken === undefined) {
      requireOwnOrigin(origins, request);
      return findSession(ports, request.cookies[sessionCookie]);
    }
    const header = request.headers['x-convkit-workspace'];
    const named =
      (typeof header === 'string' ? header : null) ?? ports.hostTokens.workspaceClaim(hostToken);
    const workspace =
      named === null
        ? await defaultWorkspace(ports)
        : await ports.storage.workspaces.get(named.slice(0, 64));
    if (!workspace) throw new CodedError('workspace_not_found');
    requireAllowedOrigin(origins, request, workspace);
    return signInFromHost(ports, hostToken, workspace.id);
  };
}
