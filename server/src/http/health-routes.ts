import type { FastifyInstance } from 'fastify';
import { CodedError } from '#kit/protocol/errors.js';
import type { Ports } from '../usecases/act.js';

/** A database that takes longer is away, as far as a load balancer is concerned. */
const databaseLimitMs = 2_000;

export interface HealthOptions extends Pick<Ports, 'storage'> {
  isClosing(): boolean;
  /** What joins several servers; left out where there is one. */
  bus?: { readonly isConnected: boolean };
}

/**
 * `live`: the process answers. `ready`: the database does too, in time, and nothing is closing; its
 * migrations were applied before the port opened. A server that is cut off from the others goes on
 * serving and finds in the database what they did: it says so and stays ready.
 */
export async function healthRoutes(
  fastify: FastifyInstance,
  { storage, isClosing, bus }: HealthOptions,
): Promise<void> {
  fastify.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  fastify.get('/health/live', async () => ({ status: 'ok' }));
  fastify.get('/health/ready', async () => {
    if (isClosing()) throw new CodedError('unavailable');
    try {
      await within(databaseLimitMs, storage.ping());
    } catch (cause) {
      throw new CodedError('unavailable', { cause });
    }
    return { status: 'ok', ...(bus && { redis: bus.isConnected ? 'connected' : 'away' }) };
  });
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
