/**
 * The measure: as little as a server over `ws` can do and still speak these frames. It checks
 * nothing, survives nothing and stops nothing.
 */
import { createServer } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { measured } from './measure.js';

type Frame = [joinRef: string, ref: string, topic: string, event: string, payload: unknown];

const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
const topics = new Map<string, Set<WebSocket>>();

function subscribe(socket: WebSocket, topic: string): void {
  const subscribers = topics.get(topic);
  if (subscribers) subscribers.add(socket);
  else topics.set(topic, new Set([socket]));
  socket.once('close', () => {
    const left = topics.get(topic);
    left?.delete(socket);
    if (left?.size === 0) topics.delete(topic);
  });
}

sockets.on('connection', (socket) => {
  socket.on('error', () => undefined);
  socket.on('message', (bytes: Buffer) => {
    const [joinRef, ref, topic, event, payload] = JSON.parse(bytes.toString()) as Frame;
    const reply = (response: unknown): void => {
      const answer = { status: 'ok', response };
      socket.send(JSON.stringify([joinRef, ref, topic, 'phx_reply', answer]));
    };
    switch (event) {
      case 'phx_join':
        subscribe(socket, topic);
        reply({});
        break;
      case 'heartbeat':
        reply({});
        break;
      case 'shout':
        for (const subscriber of topics.get(topic) ?? []) {
          subscriber.send(JSON.stringify([null, null, topic, event, payload]));
        }
        reply({});
        break;
      default:
        reply(payload);
    }
  });
});

await measured(server, () => sockets.clients.size);
