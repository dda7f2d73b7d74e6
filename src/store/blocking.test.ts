import { expect } from '@open-wc/testing';
import { events, topics, type ContactReply } from '../protocol/index.js';
import { createOffice, observe } from './testing.fixture.js';

describe('a blocked contact', () => {
  it('can write no more, is not told so, and can be let in again', async () => {
    const { server, clock, agent, visitor } = createOffice();
    const client = visitor();
    client.send('Buy my watches');
    await clock.advance(500);
    const [id = ''] = server.workspace.conversations.keys();
    const store = agent().conversation(id);
    observe(store.$thread, store.$contact);
    const other = server.agentTransport('ag_2');
    const topic = other.subscribe(topics.conversation(id), {
      joinPayload: () => ({}),
      onJoin: () => undefined,
      onEvent: () => undefined,
      onRefused: () => undefined,
    });
    other.connect();
    await clock.advance(500);

    const blocking = topic.push<ContactReply>(events.contactBlock, { address: false });
    await clock.advance(50);
    expect((await blocking).contact.blocked).to.equal('contact');
    expect(store.$contact.get()?.blocked).to.equal('contact');
    expect(store.$thread.get().items.at(-1)?.system?.type).to.equal('blocked');
    client.send('Cheap watches');
    await clock.advance(500);
    const refused = client.$thread.get().items.at(-1);
    expect([refused?.state, refused?.error?.code]).to.deep.equal(['failed', 'message_refused']);
    expect(client.$thread.get().items.some(({ system }) => system !== null)).to.equal(false);

    const lifting = topic.push<ContactReply>(events.contactUnblock, {});
    await clock.advance(50);
    expect((await lifting).contact.blocked).to.equal(null);
    client.retry(refused?.key ?? '');
    await clock.advance(500);
    expect(client.$thread.get().items.at(-1)?.state).to.equal('sent');
  });
});
