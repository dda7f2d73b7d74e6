import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SocketConnectOption } from 'phoenix';
import { HeaderLongPoll } from '#kit/transport/phoenix/header-long-poll.js';
import { answer, disconnected, realSocket } from '../src/phoenix/testing/real-client.js';
import { serve } from '../src/phoenix/testing/server.js';

test('the token of a longpoll session stands in no address, where proxies log it', async (t) => {
  const { endpoint, http } = await serve(t);
  const addresses = new Set<string>();
  const named = new Set<string>();
  http.on('request', ({ url = '', method = '', headers }) => {
    addresses.add(url);
    if (headers['x-phoenix-longpoll-token']) named.add(method);
  });
  const transport = HeaderLongPoll as unknown as SocketConnectOption['transport'];
  const socket = realSocket('longpoll', endpoint, { transport });
  socket.connect();
  const channel = socket.channel('room:lobby');
  await answer(channel.join());
  assert.deepEqual(await answer(channel.push('echo', { n: 1 })), { n: 1 });
  await disconnected(socket);
  assert.deepEqual([...addresses], ['/socket/longpoll?vsn=2.0.0']);
  assert.deepEqual([...named].sort(), ['GET', 'POST']);
});
