import { expect } from '@open-wc/testing';
import { createAgentClient } from './agent-client.js';
import { memoryStorage } from './storage.js';
import { createOffice, everything, observe } from './testing.fixture.js';

describe('an inbox that was refused', () => {
  function refused() {
    const { clock, server } = createOffice();
    const client = createAgentClient({
      transport: server.agentTransport('ag_1'),
      workspaceId: 'ws_other',
      storage: memoryStorage(),
      clock,
    });
    return { client, clock };
  }

  it('is asked again by a retry, which does not load for ever', async () => {
    const { client, clock } = refused();
    const list = client.list(everything);
    observe(list.$list);
    await clock.advance(100);
    list.retry();
    expect(list.$list.get().status).to.equal('loading');
    await clock.advance(100);

    expect(list.$list.get().error?.code).to.equal('forbidden');
  });

  it('says so in a list that is opened afterwards', async () => {
    const { client, clock } = refused();
    observe(client.list(everything).$list);
    await clock.advance(100);
    const later = client.list({ ...everything, name: 'mine' });
    observe(later.$list);
    await clock.advance(100);

    expect(later.$list.get().error?.code).to.equal('forbidden');
  });
});

describe('a list that is opened again', () => {
  it('is fetched again by itself when the first answer did not come', async () => {
    const { agent, clock, server } = createOffice({
      conversations: [{ id: 'cv_1', contact: { id: 'ct_1' }, messages: [{ text: 'Hi' }] }],
    });
    const client = agent();
    const list = client.list(everything);
    observe(client.$me);
    const stop = observe(list.$list);
    await clock.advance(100);
    stop();
    await clock.advance(5_000);
    server.seed({ id: 'cv_2', messages: [{ text: 'Hello' }] });
    await clock.advance(100);
    server.network.latencyMs = 20_000;
    const close = observe(list.$list);
    await clock.advance(15_000);
    server.network.latencyMs = 0;
    await clock.advance(60_000);

    const ids = list.$list.get().cards.map(({ conversation }) => conversation.id);
    expect(ids).to.deep.equal(['cv_2', 'cv_1']);
    close();
  });

  it('asks no more once nobody looks at it', async () => {
    const { agent, clock, server } = createOffice({ conversations: [{ id: 'cv_1' }] });
    const client = agent();
    const list = client.list(everything);
    observe(client.$me);
    observe(list.$list)();
    await clock.advance(5_000);
    const stop = observe(list.$list);
    await clock.advance(100);
    stop();
    await clock.advance(5_000);
    server.network.latencyMs = 20_000;
    const close = observe(list.$list);
    await clock.advance(11_000);
    close();
    await clock.advance(12_000);
    let frames = 0;
    server.network.watch(() => frames++);
    server.network.latencyMs = 0;
    await clock.advance(20_000);

    expect(frames).to.equal(0);
  });
});
