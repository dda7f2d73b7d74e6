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

describe('a list that loads more', () => {
  it('keeps what came into the view while the page was on its way', async () => {
    const { clock, server } = createOffice({
      conversations: Array.from({ length: 60 }, (_, n) => ({
        id: `cv_${n}`,
        messages: [{ text: 'Hi', agoMs: 60_000 * (60 - n) }],
      })),
    });
    const transport = server.agentTransport('ag_1');
    const client = createAgentClient({
      // The server reads a page, and tells of a change before it answers.
      transport: {
        ...transport,
        get connection() {
          return transport.connection;
        },
        subscribe(topic, handlers) {
          const subscription = transport.subscribe(topic, handlers);
          return {
            get joined() {
              return subscription.joined;
            },
            leave: subscription.leave,
            async push<Reply>(event: string, payload: object) {
              const reply = await subscription.push<Reply>(event, payload);
              await new Promise<void>((resolve) => clock.after(50, resolve));
              return reply;
            },
          };
        },
      },
      workspaceId: server.workspace.id,
      storage: memoryStorage(),
      clock,
    });
    const list = client.list({ ...everything, order: 'oldest' });
    observe(list.$list);
    await clock.advance(100);
    list.loadMore();
    await clock.advance(10);
    server.seed({ id: 'cv_new', messages: [{ text: 'Hello' }] });
    await clock.advance(1_000);

    expect(list.$list.get().more).to.equal(false);
    expect(list.$list.get().cards.at(-1)?.conversation.id).to.equal('cv_new');
  });
});
