import type { FastifyRequest } from 'fastify';
import { CodedError } from '#kit/protocol/errors.js';
import type { Caller } from '../auth/tokens.js';
import { welcome } from '../usecases/welcome.js';
import { requireAllowedOrigin } from './cors.js';
import type { V1Context } from './v1-context.js';

/** Who asks, by the channel token. Rejects with `unauthorized`, and with what keeps them out. */
export async function callerOf(
  { ports, origins, hashNetwork }: Pick<V1Context, 'ports' | 'origins' | 'hashNetwork'>,
  request: FastifyRequest,
): Promise<Caller> {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw new CodedError('unauthorized');
  const caller = await ports.tokens.verifyChannel(token);
  const workspace = await ports.storage.workspaces.get(caller.workspaceId);
  if (!workspace) throw new CodedError('workspace_not_found');
  requireAllowedOrigin(origins, request, workspace);
  await welcome(ports, caller, hashNetwork(request.ip));
  return caller;
}
