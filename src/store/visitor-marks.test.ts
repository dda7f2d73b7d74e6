import { expect } from '@open-wc/testing';
import { events } from '../protocol/index.js';
import type { Transport } from '../transport/transport.js';
import { memoryStorage } from './storage.js';
import { createOffice } from './testing.fixture.js';
import { createVisitorClient } from './visitor-client.js';

/** As the transport, but snapshots of the conversation come when they are let go. */
function withLateSnapshots(inner: Transport) {
  const held: (() => void)[] = [];
  const transport: Transport = {
    get connection() {
      return inner.connection;
    },
    onConnection: (listener) => inner.onConnection(listener),
    connect: () => inner.connect(),
    disconnect: () => inner.disconnect(),
    subscribe: (topic, handlers) =>
      inner.subscribe(topic, {
        joinPayload: () => handlers.joinPayload(),
        onJoin: (reply: never) => handlers.onJoin(reply),
        onRefused: (code, message) => handlers.onRefused(code, message),
        onEvent(event, payload) {
          if (event !== events.conversationChanged) handlers.onEvent(event, payload);
          else held.push(() => handlers.onEvent(event, payload));
        },
      }),
  };
  return { transport, letGo: () => held.splice(0).forEach((deliver) => deliver()) };
}

describe('a visitor’s marks', () => {
  it('outlive the first snapshot of the conversation, which comes after them', async () => {
    const { clock, server } = createOffice();
    let letGo = (): void => undefined;
    const client = createVisitorClient({
      transport(options) {
        const late = withLateSnapshots(server.transport(options));
        letGo = late.letGo;
        return late.transport;
      },
      api: server.api(),
      workspaceId: server.workspace.id,
      storage: memoryStorage(),
      clock,
      random: () => 0.5,
    });
    client.send('Hello');
    await clock.advance(100);
    const [id = ''] = server.workspace.conversations.keys();
    server.network.latencyMs = 50;
    server.answer(id, 'ag_2', 'Hi');
    await clock.advance(60);
    expect(client.$unread.get()).to.equal(1);
    // What was received is still being told: what was read waits for its turn.
    client.markRead();
    letGo();
    await clock.advance(1_000);

    expect(client.$unread.get()).to.equal(0);
    expect(server.workspace.conversations.get(id)?.contactMark.read).to.equal(3);
    client.dispose();
  });
});
