import { EventEmitter } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import {
  createPhoenixServer,
  type Channel,
  type Limits,
  type PhoenixOptions,
  type PhoenixServer,
} from '../index.js';

export interface Assigns {
  readonly name: string;
}

export interface RunningServer {
  readonly phoenix: PhoenixServer;
  readonly http: Server;
  readonly port: number;
  /** The endpoint without a transport, for example `http://127.0.0.1:4000/socket`. */
  readonly endpoint: string;
  /** What was logged as an error, for tests that expect a crash. */
  readonly errors: string[];
  /** Resolves when the next request arrives. */
  requested(): Promise<void>;
  /** Resolves when the next connection is gone. */
  disconnected(): Promise<void>;
  stop(): Promise<void>;
}

export type TestOptions = Partial<Omit<PhoenixOptions<Assigns>, 'limits'>> & {
  readonly limits?: Partial<Limits>;
};

/** Answers every push with what was pushed, and does what the events below say. */
export const roomChannel: Channel<Assigns> = {
  join: (_context, payload) => ({ ok: { joined: payload } }),
  handle(context, event, payload) {
    switch (event) {
      case 'shout':
        context.broadcast('shout', payload as object);
        return { ok: {} };
      case 'shout-others':
        context.broadcastFrom('shout', payload as object);
        return { ok: {} };
      case 'refuse':
        return { error: { reason: 'refused' } };
      case 'quiet':
        return undefined;
      case 'crash':
        throw new Error('asked to crash');
      case 'stop':
        context.stop();
        return { ok: { stopping: true } };
      default:
        return { ok: payload as object };
    }
  },
};

/** A server on a free port with the channel above on `room:*`. */
export async function startServer(options: TestOptions = {}): Promise<RunningServer> {
  const errors: string[] = [];
  const phoenix = createPhoenixServer<Assigns>({
    path: '/socket',
    checkOrigin: () => true,
    connect: ({ params }) => ({
      ok: true,
      assigns: { name: params['name'] ?? 'nobody' },
      id: params['name'],
    }),
    channels: { 'room:*': roomChannel },
    log: { warn: () => undefined, error: (_fields, message) => errors.push(message) },
    ...options,
    limits: { terminateTimeoutMs: 200, ...options.limits },
  });
  const http = createServer((request, response) => {
    if (!phoenix.handleRequest(request, response)) response.writeHead(404).end();
  });
  http.on('upgrade', (request, socket, head) => {
    if (!phoenix.handleUpgrade(request, socket, head)) socket.destroy();
  });
  const gone = new EventEmitter();
  http.on('connection', (socket) => socket.once('close', () => gone.emit('close')));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    phoenix,
    http,
    port,
    endpoint: `http://127.0.0.1:${port}/socket`,
    errors,
    requested: () => new Promise((resolve) => http.once('request', () => resolve())),
    disconnected: () => new Promise((resolve) => gone.once('close', resolve)),
    async stop() {
      await phoenix.close();
      const closed = new Promise((resolve) => http.close(resolve));
      http.closeAllConnections();
      await closed;
    },
  };
}

/** A server that stops with the test. */
export async function serve(t: TestContext, options: TestOptions = {}): Promise<RunningServer> {
  const server = await startServer(options);
  t.after(() => server.stop());
  return server;
}
