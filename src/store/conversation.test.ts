import { expect } from '@open-wc/testing';
import { createFakeClock, createMemoryServer } from '../testing.js';
import { createAgentClient } from './agent-client.js';
import { memoryStorage } from './storage.js';
import { createOffice, observe } from './testing.fixture.js';
import { createVisitorClient } from './visitor-client.js';

describe('a visitor and an agent', () => {
  it('talk to each other, and both see the same', async () => {
    const clock = createFakeClock();
    const server = createMemoryServer({ clock });
    const visitor = createVisitorClient({
      transport: server.transport,
      api: server.api(),
      workspaceId: server.workspace.id,
      storage: memoryStorage(),
      clock,
    });
    const agent = createAgentClient({
      transport: server.agentTransport('ag_1'),
      workspaceId: server.workspace.id,
      storage: memoryStorage(),
      clock,
    });
    const list = agent.list({ name: 'all', state: 'open', channel: 'all', order: 'newest' });
    list.$list.listen(() => undefined);
    await clock.advance(0);

    visitor.send('Hello');
    await clock.advance(0);

    const [card] = list.$list.get().cards;
    expect(card?.dot).to.equal('new');
    expect(card?.conversation.lastMessage?.excerpt).to.equal('Hello');

    const conversation = agent.conversation(card?.conversation.id ?? '');
    conversation.$thread.listen(() => undefined);
    await clock.advance(0);
    conversation.send('reply', 'Hi **there**');
    conversation.send('comment', 'secret');
    await clock.advance(0);
    expect(conversation.$thread.get().items.map(({ text }) => text)).to.deep.equal([
      'Hello',
      '',
      'Hi **there**',
      'secret',
    ]);
    expect(visitor.$thread.get().items.map(({ text }) => text)).to.deep.equal([
      'Hello',
      '',
      'Hi **there**',
    ]);
    expect(visitor.$unread.get()).to.equal(1);
    visitor.markRead();
    await clock.advance(0);
    expect(visitor.$unread.get()).to.equal(0);
    expect(conversation.$thread.get().items.at(-2)?.state).to.equal('read');
  });
});

describe('an agent who reads', () => {
  it('tells it again when the first try got no answer', async () => {
    const { agent, clock, server } = createOffice({
      conversations: [{ id: 'cv_1', messages: [{ text: 'Hi' }] }],
    });
    const conversation = agent().conversation('cv_1');
    observe(conversation.$thread);
    await clock.advance(100);
    server.network.latencyMs = 20_000;
    conversation.markRead();
    server.network.latencyMs = 0;
    await clock.advance(11_000);
    const stored = server.workspace.conversations.get('cv_1');
    // As if the first try had never arrived.
    stored?.agentMarks.clear();
    await clock.advance(20_000);
    stored?.agentMarks.clear();
    conversation.markRead();
    await clock.advance(100);

    expect(stored?.agentMarks.get('ag_1')?.read).to.equal(1);
  });
});
