/** The channel server of this project, with a channel that does what the bare server does. */
import { createServer } from 'node:http';
import { createPhoenixServer, type Channel } from '../../../server/src/phoenix/index.js';
import { measured } from './measure.js';

const room: Channel<object> = {
  join: () => ({ ok: {} }),
  handle(context, event, payload) {
    if (event !== 'shout') return { ok: payload as object };
    context.broadcast('shout', payload as object);
    return { ok: {} };
  },
};

let joined = 0;
const lobby: Channel<object> = {
  ...room,
  presence: true,
  join(context) {
    const key = `member-${++joined}`;
    context.afterJoin(() => context.track(key, { name: key, since: joined }));
    return { ok: {} };
  },
};

const phoenix = createPhoenixServer<object>({
  path: '/socket',
  checkOrigin: () => true,
  connect: () => ({ ok: true, assigns: {} }),
  channels: { 'room:*': room, 'lobby:*': lobby },
});
const server = createServer((request, response) => {
  if (!phoenix.handleRequest(request, response)) response.writeHead(404).end();
});
server.on('upgrade', (request, socket, head) => {
  if (!phoenix.handleUpgrade(request, socket, head)) socket.destroy();
});

await measured(server, () => phoenix.socketCount());
