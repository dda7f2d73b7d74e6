import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from './config.js';

/** Listens for a moment where the server would. Rejects as listening does, such as `EADDRINUSE`. */
export async function tryPort({ host, port }: Pick<Config, 'host' | 'port'>): Promise<void> {
  const server = createServer();
  server.listen(port, host);
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}
