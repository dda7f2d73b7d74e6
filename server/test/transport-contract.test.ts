import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { CodedError, toWireError, type ErrorCode } from '#kit/protocol/index.js';
import { createContractChannel, type ContractChannel } from '#kit/transport/contract/channel.js';
import { createPhoenixTransport } from '#kit/transport/phoenix/index.js';
import { transportContract, type TransportHarness } from '#kit/transport/transport.contract.js';
import type { Transport } from '#kit/transport/transport.js';
import { createPhoenixServer } from '../src/phoenix/index.js';

/** The phoenix transport over real sockets of a real channel server, cut at the TCP level. */
async function createHarness(auth: 'token' | 'join'): Promise<TransportHarness> {
  let refusal: ErrorCode | null = null;
  let reachable = true;
  const clients: Transport[] = [];
  const connections = new Set<Socket>();
  const http = createServer((_request, response) => response.writeHead(404).end());
  const channel = createContractChannel();
  const phoenix = createPhoenixServer<object>({
    path: '/socket',
    checkOrigin: () => true,
    connect: ({ authToken }) =>
      auth === 'join' || authToken === 'secret' ? { ok: true, assigns: {} } : { ok: false },
    channels: { 'contract:*': auth === 'join' ? askForToken(channel) : channel },
  });
  http.on('connection', (connection: Socket) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
    if (!reachable) connection.destroy();
  });
  http.on('upgrade', (request, socket, head) => {
    if (!phoenix.handleUpgrade(request, socket, head)) socket.destroy();
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;

  const cut = (): void => {
    for (const connection of connections) connection.resetAndDestroy();
  };
  return {
    client() {
      const transport = createPhoenixTransport({
        url: `http://127.0.0.1:${port}/socket`,
        async getToken() {
          if (refusal) throw new CodedError(refusal);
          return 'secret';
        },
        auth,
        socket: WebSocket,
        random: () => 0.05,
        timeoutMs: 300,
      });
      clients.push(transport);
      return transport;
    },
    cut,
    setReachable(next) {
      reachable = next;
    },
    refuse(code) {
      refusal = code;
    },
    async close() {
      for (const client of clients) client.disconnect();
      await phoenix.close();
      cut();
      http.close();
    },
  };
}

/** As servers before Phoenix 1.8 do: the token comes with each join. */
function askForToken(channel: ContractChannel): ContractChannel {
  return {
    ...channel,
    join(context, payload) {
      const { token, ...rest } = payload as { token?: string };
      return token === 'secret'
        ? channel.join(context, rest)
        : { error: toWireError(new CodedError('token_invalid')) };
    },
  };
}

transportContract({ describe, it }, 'phoenix', () => createHarness('token'));
transportContract({ describe, it }, 'phoenix, token in joins', () => createHarness('join'));
