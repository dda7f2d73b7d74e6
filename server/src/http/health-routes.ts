import type { FastifyInstance } from 'fastify';
import { CodedError } from '#kit/protocol/errors.js';
import type { Ports } from '../usecases/act.js';

/** `live`: the process answers. `ready`: the database does too, and nothing is closing. */
export async function healthRoutes(
  fastify: FastifyInstance,
  { storage, isClosing }: Pick<Ports, 'storage'> & { isClosing(): boolean },
): Promise<void> {
  fastify.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  fastify.get('/health/live', async () => ({ status: 'ok' }));
  fastify.get('/health/ready', async () => {
    if (isClosing()) throw new CodedError('unavailable');
    try {
      await storage.ping();
    } catch (cause) {
      throw new CodedError('unavailable', { cause });
    }
    return { status: 'ok' };
  });
}
