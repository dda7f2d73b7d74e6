import type { Server } from './server.js';

const allowed = new WeakMap<Server, Set<string>>();

/** One more site that the chat may stand on; those of other specs stay. */
export async function allowOrigin(server: Server, origin: string): Promise<void> {
  const origins = (allowed.get(server) ?? new Set()).add(origin);
  allowed.set(server, origins);
  await server.command('settings', 'set', `allowedOrigins=${[...origins].join(',')}`);
}
