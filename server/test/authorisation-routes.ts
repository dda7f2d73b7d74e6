import type { FastifyInstance } from 'fastify';
import type { CallerName, Cast } from './authorisation-cast.js';
import type { Row } from './authorisation-events.js';

interface Request {
  path?: string;
  body?: unknown;
  headers: Record<string, string>;
}

export interface RouteRow {
  outcome: Row;
  request(cast: Cast, name: CallerName, path: string): Request | Promise<Request>;
}

/** `METHOD /path` of every route that the server has; HEAD goes with GET. */
export function routesOf(fastify: FastifyInstance): string[] {
  const pieces: string[] = [];
  const routes: string[] = [];
  for (const line of fastify.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent = '', piece = '', methods] =
      /^((?:[│ ] {3})*)[├└]── (\S*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    if (piece === '') continue;
    pieces.splice(indent.length / 4, Infinity, piece);
    for (const method of methods?.split(', ') ?? []) {
      if (method !== 'HEAD') routes.push(`${method} ${pieces.join('')}`);
    }
  }
  return routes;
}

function everybody(outcome: string): Row {
  return {
    owner: outcome,
    admin: outcome,
    agent: outcome,
    stranger: outcome,
    visitor: outcome,
    otherVisitor: outcome,
    banned: outcome,
    expired: outcome,
    expiredAgent: outcome,
    revoked: outcome,
    revokedAgent: outcome,
    nobody: outcome,
  };
}

/** By the session's cookie; agents of every workspace are somebody. */
const signedIn: Row = {
  ...everybody('401 unauthorized'),
  owner: '200',
  admin: '200',
  agent: '200',
  stranger: '200',
};

/** By a channel token. */
const uploaders: Row = {
  owner: '200',
  admin: '200',
  agent: '200',
  stranger: '404 conversation_not_found',
  visitor: '200',
  otherVisitor: '200',
  banned: '403 chat_unavailable',
  expired: '401 token_expired',
  expiredAgent: '401 token_expired',
  revoked: '401 token_invalid',
  revokedAgent: '401 token_invalid',
  nobody: '401 unauthorized',
};

/** By an agent's channel token. */
const tellers = (inWorkspace: string): Row => ({
  ...uploaders,
  owner: inWorkspace,
  admin: inWorkspace,
  agent: inWorkspace,
  stranger: '404 contact_not_found',
  visitor: '403 forbidden',
  otherVisitor: '403 forbidden',
});

const telling =
  (parameter: string, value: (cast: Cast) => string): RouteRow['request'] =>
  (cast, name, path) => {
    const { channelToken } = cast.credentials[name];
    return {
      path: path.replace(parameter, value(cast)),
      headers: channelToken === '' ? {} : { authorization: `Bearer ${channelToken}` },
      body: { data: [{ key: 'Plan', value: `Of ${name}` }] },
    };
  };
const byId = { outcome: tellers('200'), request: telling(':id', ({ contactId }) => contactId) };
const byIdentity = {
  outcome: tellers('404 contact_not_found'),
  request: telling(':externalId', () => 'nobody'),
};

/** As a page of the server's own sends it, with all that the caller holds. */
function held({ fixture, credentials }: Cast, name: CallerName): Request['headers'] {
  const { cookie } = credentials[name];
  return { origin: fixture.url, ...(cookie === null ? {} : { cookie }) };
}

const anybody =
  (body?: unknown): RouteRow['request'] =>
  (cast, name) => ({ headers: held(cast, name), ...(body === undefined ? {} : { body }) });

const byVisitorToken: RouteRow['request'] = (cast, name) => {
  const { visitorToken } = cast.credentials[name];
  return {
    headers: held(cast, name),
    body: {
      workspaceId: cast.fixture.workspace.id,
      ...(visitorToken === null ? {} : { visitorToken }),
    },
  };
};

export const routeRows: Record<string, RouteRow> = {
  'GET /health/live': { outcome: everybody('200'), request: anybody() },
  'GET /health/ready': { outcome: everybody('200'), request: anybody() },
  'GET /metrics': { outcome: everybody('403 forbidden'), request: anybody() },
  'OPTIONS /v1/config': { outcome: everybody('204'), request: anybody() },
  'GET /v1/config': {
    outcome: everybody('200'),
    request: (cast, name, path) => ({
      path: `${path}?workspace=${cast.fixture.workspace.id}`,
      headers: held(cast, name),
    }),
  },
  'OPTIONS /v1/visitor/token': { outcome: everybody('204'), request: anybody() },
  'POST /v1/visitor/token': {
    // Whoever brings no visitor token is a new visitor.
    outcome: {
      ...everybody('200'),
      banned: '403 chat_unavailable',
      expired: '401 token_expired',
      revoked: '401 token_invalid',
    },
    request: byVisitorToken,
  },
  'OPTIONS /v1/visitor/returning': { outcome: everybody('204'), request: anybody() },
  'POST /v1/visitor/returning': {
    // A token that names nobody who may come is as good as none: nothing waits for it.
    outcome: everybody('200'),
    request: (cast, name) => ({
      headers: { ...held(cast, name), 'content-type': 'text/plain' },
      body: JSON.stringify({
        workspaceId: cast.fixture.workspace.id,
        visitorToken: cast.credentials[name].visitorToken ?? 'none',
      }),
    }),
  },
  'OPTIONS /v1/visitor/sign-out': { outcome: everybody('204'), request: anybody() },
  'OPTIONS /v1/agent/token': { outcome: everybody('204'), request: anybody() },
  'POST /v1/agent/token': { outcome: signedIn, request: anybody() },
  'POST /v1/agent/sign-in': {
    outcome: everybody('401 sign_in_failed'),
    request: (cast, name) => ({
      headers: held(cast, name),
      body: { email: `${name}@nowhere.example`, password: 'a wrong password' },
    }),
  },
  'POST /v1/agent/sign-in-link': {
    outcome: everybody('401 sign_in_link_invalid'),
    request: anybody({ code: 'an unknown code' }),
  },
  'GET /v1/agent/session': { outcome: signedIn, request: anybody() },
  'PATCH /v1/agent/profile': { outcome: signedIn, request: anybody({ name: 'A new name' }) },
  'OPTIONS /v1/files': { outcome: everybody('204'), request: anybody() },
  'POST /v1/files': {
    outcome: uploaders,
    request: (cast, name) => {
      const { channelToken } = cast.credentials[name];
      const boundary = 'boundary';
      const part = (fields: string, content: string) =>
        `--${boundary}\r\ncontent-disposition: form-data; ${fields}\r\n\r\n${content}\r\n`;
      return {
        headers: {
          'content-type': `multipart/form-data; boundary=${boundary}`,
          ...(channelToken === '' ? {} : { authorization: `Bearer ${channelToken}` }),
        },
        body: [
          part('name="conversationId"', cast.own),
          part('name="file"; filename="note.txt"', 'A note'),
          `--${boundary}--\r\n`,
        ].join(''),
      };
    },
  },
  'GET /v1/files/:id/:variant': {
    outcome: everybody('404 file_not_found'),
    request: (cast, name) => ({
      path: `/v1/files/at_unknown/original?viewer=contact:${cast.contactId}&expires=9999999999999&signature=forged`,
      headers: held(cast, name),
    }),
  },
  'PUT /v1/contacts/:id/data': byId,
  'PATCH /v1/contacts/:id/data': byId,
  'PUT /v1/contacts/by-identity/:externalId/data': byIdentity,
  'PATCH /v1/contacts/by-identity/:externalId/data': byIdentity,
  // Last: they sign everybody out.
  'POST /v1/visitor/sign-out': {
    outcome: {
      ...everybody('400 invalid_payload'),
      visitor: '200',
      otherVisitor: '200',
      banned: '200',
      expired: '401 token_expired',
      revoked: '200',
    },
    request: byVisitorToken,
  },
  'POST /v1/agent/sign-out': { outcome: everybody('200'), request: anybody({}) },
};
