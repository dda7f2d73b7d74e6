import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { events } from '../protocol/index.js';
import type { TopicSubscription, Transport } from '../transport/transport.js';
import { createOffice, observe } from './testing.fixture.js';
import { memoryStorage } from './storage.js';
import { createVisitorClient } from './visitor-client.js';

type Step =
  | { type: 'visitor' }
  | { type: 'agent'; kind: 'reply' | 'comment' }
  | { type: 'cut'; stayDown: boolean }
  | { type: 'restore' }
  | { type: 'latency'; ms: number }
  | { type: 'wait'; ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Step>({ type: 'visitor' }) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('reply' as const, 'comment' as const)
      .map((kind): Step => ({ type: 'agent', kind })),
  },
  { weight: 3, arbitrary: fc.boolean().map((stayDown): Step => ({ type: 'cut', stayDown })) },
  { weight: 2, arbitrary: fc.constant<Step>({ type: 'restore' }) },
  { weight: 1, arbitrary: fc.nat(150).map((ms): Step => ({ type: 'latency', ms })) },
  { weight: 4, arbitrary: fc.nat(600).map((ms): Step => ({ type: 'wait', ms })) },
);

describe('delivery', () => {
  it('never loses, doubles or reorders what each side wrote, whatever is cut', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const office = createOffice();
        const { clock, server } = office;
        const visitor = office.visitor();
        const written = { visitor: ['v0'], agent: [] as string[] };
        visitor.send('v0');
        await clock.advance(10);
        const id = [...server.workspace.conversations.keys()][0] ?? '';
        const conversation = office.agent().conversation(id);
        observe(conversation.$thread);
        await clock.advance(10);

        let number = 0;
        for (const now of steps) {
          if (now.type === 'visitor') {
            written.visitor.push(`v${++number}`);
            visitor.send(`v${number}`);
          } else if (now.type === 'agent') {
            written.agent.push(`a${++number}`);
            conversation.send(now.kind, `a${number}`);
          } else if (now.type === 'cut') server.cut(now);
          else if (now.type === 'restore') server.restore();
          else if (now.type === 'latency') server.network.latencyMs = now.ms;
          else await clock.advance(now.ms);
        }
        const count = (): number => written.visitor.length + written.agent.length;
        const mine = (): number => conversation.$thread.get().items.filter(({ own }) => own).length;
        // What was written is on the screen from the first moment.
        expect(mine()).to.equal(written.agent.length);
        server.restore();
        await clock.advance(10 * 60_000);

        const stored = server.workspace.conversations.get(id)?.messages ?? [];
        const by = (type: string): string[] =>
          stored.filter((m) => m.author.type === type).map(({ text }) => text);
        expect(by('contact')).to.deep.equal(written.visitor);
        expect(by('agent')).to.deep.equal(written.agent);
        const shown = conversation.$thread.get().items.filter(({ kind }) => kind !== 'system');
        expect(shown.length).to.equal(count());
        expect(shown.every(({ id: stored }) => stored !== null)).to.equal(true);
      }),
      { numRuns: 60 },
    );
  });

  it('survives a reload of the agent’s page while offline', async () => {
    const office = createOffice({ conversations: [{ id: 'cv_1', messages: [{ text: 'Hi' }] }] });
    const { clock, server } = office;
    const storage = memoryStorage();
    const before = office.agent('ag_1', storage);
    const stop = observe(before.conversation('cv_1').$thread);
    await clock.advance(0);
    server.cut({ stayDown: true });
    before.conversation('cv_1').send('reply', 'Hello');
    await clock.advance(0);
    stop();
    before.disconnect();

    server.restore();
    const after = office.agent('ag_1', storage);
    observe(after.$me);
    await clock.advance(60_000);

    const texts = server.workspace.conversations.get('cv_1')?.messages.map(({ text }) => text);
    expect(texts).to.deep.equal(['Hi', '', 'Hello']);
    expect(await storage.entries('outbox/')).to.deep.equal([]);
  });

  it('does not send one agent’s words as another', async () => {
    const office = createOffice({ conversations: [{ id: 'cv_1', messages: [{ text: 'Hi' }] }] });
    const { clock, server } = office;
    const storage = memoryStorage();
    const ann = office.agent('ag_1', storage);
    observe(ann.conversation('cv_1').$thread);
    await clock.advance(0);
    server.cut({ stayDown: true });
    ann.conversation('cv_1').send('reply', 'from Ann');
    await clock.advance(0);
    ann.disconnect();
    server.restore();

    const bob = office.agent('ag_2', storage);
    observe(bob.conversation('cv_1').$thread);
    await clock.advance(60_000);

    const texts = bob
      .conversation('cv_1')
      .$thread.get()
      .items.map(({ text }) => text);
    expect(texts).to.deep.equal(['Hi']);
  });

  it('sends in a conversation that nobody looks at any more', async () => {
    const office = createOffice({ conversations: [{ id: 'cv_1', messages: [{ text: 'Hi' }] }] });
    const { clock, server } = office;
    const agent = office.agent();
    const stop = observe(agent.conversation('cv_1').$thread);
    await clock.advance(0);
    server.cut({ stayDown: true });
    agent.conversation('cv_1').send('reply', 'Hello');
    stop();
    await clock.advance(5_000);
    server.restore();
    await clock.advance(60_000);

    expect(server.workspace.conversations.get('cv_1')?.messages.at(-1)?.text).to.equal('Hello');
  });

  it('shows why a message failed, and sends it again when asked', async () => {
    const office = createOffice({ conversations: [{ id: 'cv_1', messages: [{ text: 'Hi' }] }] });
    const { clock } = office;
    const conversation = office.agent().conversation('cv_1');
    observe(conversation.$thread);
    await clock.advance(0);
    conversation.send('reply', 'x'.repeat(9_000));
    conversation.send('reply', 'short');
    await clock.advance(0);

    const items = conversation.$thread.get().items;
    const failed = items.find(({ state }) => state === 'failed');
    expect(failed?.error?.code).to.equal('message_too_long');
    expect(items.filter(({ own }) => own).map(({ state }) => state)).to.include('sent');
    conversation.discard(failed?.key ?? '');
    expect(conversation.$thread.get().items.some(({ state }) => state === 'failed')).to.equal(
      false,
    );
  });

  it('ignores empty text', async () => {
    const office = createOffice();
    const visitor = office.visitor();
    visitor.send(' \n ');
    await office.clock.advance(100);

    expect(visitor.$thread.get().items).to.deep.equal([]);
    expect(office.server.workspace.contacts.size).to.equal(0);
  });

  it('goes on after a message that the server has, although its answer never comes', async () => {
    const { clock, server } = createOffice();
    const visitor = createVisitorClient({
      transport: (options) => withoutAnswers(server.transport(options), events.messageSend),
      api: server.api(),
      workspaceId: server.workspace.id,
      storage: memoryStorage(),
      clock,
    });
    visitor.send('first');
    visitor.send('second');
    await clock.advance(1_000);

    const items = visitor.$thread.get().items.filter(({ own }) => own);
    expect(items.map(({ text, state }) => `${text} ${state}`)).to.deep.equal([
      'first sent',
      'second sent',
    ]);
    visitor.dispose();
  });
});

/** A way on which pushes of one event arrive and are never answered. */
function withoutAnswers(transport: Transport, silent: string): Transport {
  const subscribe: Transport['subscribe'] = (topic, handlers) => {
    const subscription = transport.subscribe(topic, handlers);
    const push: TopicSubscription['push'] = (event, payload, options) => {
      const answer = subscription.push(event, payload, options);
      return event === silent ? new Promise<never>(() => undefined) : (answer as Promise<never>);
    };
    return Object.create(subscription, { push: { value: push } }) as TopicSubscription;
  };
  return Object.create(transport, { subscribe: { value: subscribe } }) as Transport;
}
