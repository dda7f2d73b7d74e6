import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerParent } from '../answering.js';

export const BACKLOG = 4_096;
const SETTLE_MS = 60;

/** Opens a port for a server under measurement and tells the parent what it costs. */
export async function measured(server: Server, socketCount: () => number): Promise<void> {
  await new Promise<void>((resolve) => {
    server.listen({ port: 0, host: '127.0.0.1', backlog: BACKLOG }, resolve);
  });
  answerParent({
    port: () => (server.address() as AddressInfo).port,
    sockets: socketCount,
    /** CPU time so far, in seconds. */
    cpu: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6;
    },
    /** Resident bytes after everything that can go is gone. */
    memory: async () => {
      for (let round = 0; round < 6; round++) {
        globalThis.gc?.();
        await sleep(SETTLE_MS);
      }
      return process.memoryUsage().rss;
    },
  });
}
