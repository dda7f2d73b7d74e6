import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { CodedError } from '#kit/protocol/errors.js';
import { ContactDataRequest, type ContactDataReply } from '#kit/protocol/http.js';
import { Id } from '#kit/protocol/schemas.js';
import { setContactData, type ContactName } from '../usecases/set-contact-data.js';
import { callerOf } from './caller-of.js';
import { parser } from './respond.js';
import type { V1Context } from './v1-context.js';

const parseId = parser(Type.Object({ id: Id }));
const parseExternalId = parser(
  Type.Object({ externalId: Type.String({ minLength: 1, maxLength: 200 }) }),
);
const parseBody = parser(ContactDataRequest);

/** What a host's server tells of contacts, with an agent's channel token. */
export async function contactRoutes(fastify: FastifyInstance, context: V1Context): Promise<void> {
  const { ports, rateLimits } = context;
  const routes: [path: string, nameOf: (params: unknown) => ContactName][] = [
    ['/contacts/:id/data', (params) => ({ contactId: parseId(params).id })],
    ['/contacts/by-identity/:externalId/data', parseExternalId],
  ];
  for (const [path, nameOf] of routes) {
    for (const [method, how] of [
      ['PUT', 'set'],
      ['PATCH', 'update'],
    ] as const) {
      fastify.route({
        method,
        url: path,
        handler: async (request, reply): Promise<ContactDataReply> => {
          reply.header('cache-control', 'no-store');
          const caller = await callerOf(context, request);
          if (caller.type !== 'agent') throw new CodedError('forbidden');
          const name = nameOf(request.params);
          await rateLimits.contactDataPerMinute.spend(Object.values(name).join());
          const { data: given } = parseBody(request.body);
          const contact = await setContactData(ports, caller, name, { how, data: given });
          const { id: contactId, data, version } = contact;
          return { contactId, data, version };
        },
      });
    }
  }
}
