import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { CodedError } from '#kit/protocol/errors.js';
import {
  ReturningVisitorRequest,
  VisitorSignOutRequest,
  VisitorTokenRequest,
  type PublicConfig,
  type ReturningVisitor,
} from '#kit/protocol/http.js';
import { Id } from '#kit/protocol/schemas.js';
import type { WorkspaceRecord } from '../ports.js';
import { networkOf } from '../remote-address.js';
import { countUnread } from '../usecases/count-unread.js';
import { issueVisitorToken } from '../usecases/issue-visitor-token.js';
import { signOutVisitor } from '../usecases/sign-out-visitor.js';
import { widgetSettings } from '../usecases/widget-settings.js';
import { openToWebsites, requireAllowedOrigin } from './cors.js';
import { parser } from './respond.js';
import type { V1Context } from './v1-context.js';

const parseConfigQuery = parser(Type.Object({ workspace: Id }));
const parseTokenRequest = parser(VisitorTokenRequest);
const parseReturning = parser(ReturningVisitorRequest);
const parseSignOut = parser(VisitorSignOutRequest);

/** A workspace's id and a token. */
const returningBytes = 8_192;

/** What a widget asks on any allowed website. */
export async function publicRoutes(
  fastify: FastifyInstance,
  { ports, origins, rateLimits, hashNetwork }: V1Context,
): Promise<void> {
  openToWebsites(fastify, ['/config', '/visitor/token', '/visitor/returning', '/visitor/sign-out']);

  const workspaceOf = async (id: string) => {
    const workspace = await ports.storage.workspaces.get(id);
    if (!workspace) throw new CodedError('workspace_not_found');
    return workspace;
  };

  const configOf = async (
    workspace: WorkspaceRecord,
    { ip }: FastifyRequest,
  ): Promise<PublicConfig> => ({
    workspaceId: workspace.id,
    settings: await widgetSettings(ports, workspace),
    availability: await ports.availability.of(workspace.id),
    country: ports.findPlace(ip).country,
  });

  fastify.get('/config', async (request, reply): Promise<PublicConfig> => {
    const { workspace: id } = parseConfigQuery(request.query);
    const workspace = await workspaceOf(id);
    requireAllowedOrigin(origins, request, workspace);
    reply.header('cache-control', 'no-store');
    return configOf(workspace, request);
  });

  fastify.post(
    '/visitor/returning',
    { bodyLimit: returningBytes },
    async (request, reply): Promise<ReturningVisitor> => {
      const body = parseReturning(jsonOf(request.body));
      const workspace = await workspaceOf(body.workspaceId);
      requireAllowedOrigin(origins, request, workspace);
      reply.header('cache-control', 'no-store');
      const [config, unread] = await Promise.all([
        configOf(workspace, request),
        countUnread(ports, body, hashNetwork(request.ip)),
      ]);
      return { ...config, unread };
    },
  );

  fastify.post('/visitor/token', async (request, reply) => {
    const body = parseTokenRequest(request.body);
    requireAllowedOrigin(origins, request, await workspaceOf(body.workspaceId));
    reply.header('cache-control', 'no-store');
    const address = networkOf(request.ip);
    return issueVisitorToken(ports, body, {
      network: hashNetwork(request.ip),
      beforeNewContact: () => rateLimits.contactsPerMinute.spend(address),
      beforeIdentity: () => rateLimits.identitiesPerMinute.spend(address),
    });
  });

  fastify.post('/visitor/sign-out', async (request, reply) => {
    const body = parseSignOut(request.body);
    requireAllowedOrigin(origins, request, await workspaceOf(body.workspaceId));
    reply.header('cache-control', 'no-store');
    await signOutVisitor(ports, body);
    return {};
  });
}

/** Text is JSON too: browsers send it to another website without asking first. */
function jsonOf(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new CodedError('invalid_payload', { cause });
  }
}
