import { LongPoll, Socket, type Channel, type SocketConnectOption } from 'phoenix';
import { WebSocket } from 'ws';
import type { TransportName } from '../index.js';

/** The npm `phoenix` client; on Node its longpoll uses the global fetch. */
export function realSocket(
  transport: TransportName,
  endpoint: string,
  options: Partial<SocketConnectOption> = {},
): Socket {
  return new Socket(endpoint, {
    transport: transport === 'websocket' ? WebSocket : LongPoll,
    reconnectAfterMs: () => 20,
    rejoinAfterMs: () => 20,
    ...options,
  });
}

/** Resolves with the response of a join or a push; rejects with that of a refusal. */
export function answer(push: ReturnType<Channel['join']>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    push
      .receive('ok', resolve)
      .receive('error', (response: unknown) => reject(new Error(JSON.stringify(response))))
      .receive('timeout', () => reject(new Error('timeout')));
  });
}

/** The next payload of an event. */
export function nextEvent(channel: Channel, event: string): Promise<unknown> {
  return new Promise((resolve) => {
    const ref = channel.on(event, (payload: unknown) => {
      channel.off(event, ref);
      resolve(payload);
    });
  });
}

export function disconnected(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.disconnect(resolve));
}
