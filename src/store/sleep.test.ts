import { expect } from '@open-wc/testing';
import type { ClientFrame } from '../transport/memory/network.js';
import { createOffice, everything, observe } from './testing.fixture.js';

const hour = 60 * 60_000;

/** An office whose clients try once a minute, and what they have asked of it since they woke. */
function createSleepyOffice() {
  const office = createOffice({ reconnectMs: 60_000 });
  const { network } = office.server;
  let frames: string[] = [];
  const { dial } = network;
  network.dial = (token, handlers) => {
    const link = dial(token, handlers);
    return {
      ...link,
      send(frame: ClientFrame) {
        const { view } = ('payload' in frame ? frame.payload : {}) as { view?: { name: string } };
        frames.push(
          [frame.type, frame.topic.split(':')[0], 'event' in frame && frame.event, view?.name]
            .filter(Boolean)
            .join(' '),
        );
        link.send(frame);
      },
    };
  };
  return {
    ...office,
    async sleep(): Promise<void> {
      office.server.cut({ stayDown: true });
      await office.clock.advance(hour);
      frames = [];
    },
    async wake(): Promise<readonly string[]> {
      office.server.restore();
      await office.clock.advance(60_000);
      return frames;
    },
  };
}

describe('after an hour asleep', () => {
  it('an inbox shows the right thread, list, counts and dots from one round of requests', async () => {
    const { server, clock, agent, sleep, wake } = createSleepyOffice();
    const open = server.seed({ messages: [{ text: 'Hello' }], assigneeIds: ['ag_1'] });
    const other = server.seed({ messages: [{ text: 'Is it open?' }], assigneeIds: ['ag_1'] });
    const client = agent();
    const { $list } = client.list(everything);
    const { $thread, $conversation } = client.conversation(open);
    observe($list, $thread, $conversation, client.$counts, client.$agents);
    await clock.advance(1_000);

    await sleep();
    const contactOf = (id: string) => server.workspace.conversations.get(id)?.contactId ?? '';
    for (let n = 1; n <= 120; n++) server.say(contactOf(open), `Line ${String(n)}`);
    server.acts.setState(other, 'ag_2', 'closed');
    const fresh = server.seed({ messages: [{ text: 'Somebody new' }] });
    server.answer(open, 'ag_2', 'I have it');
    const frames = await wake();

    expect(frames).to.deep.equal([
      'join inbox all',
      'join conversation',
      // More than a page was missed.
      'push conversation messages:list',
      'push conversation messages:list',
    ]);
    const texts = $thread.get().items.map(({ text }) => text);
    expect(texts.filter((text) => text.startsWith('Line'))).to.deep.equal(
      Array.from({ length: 120 }, (_, index) => `Line ${String(index + 1)}`),
    );
    expect(texts.at(-1)).to.equal('I have it');
    const cards = $list.get().cards.map(({ conversation }) => conversation.id);
    expect([...cards].sort()).to.deep.equal([fresh, open].sort());
    const { dot } = $list.get().cards.find(({ conversation }) => conversation.id === fresh) ?? {};
    expect(dot).to.equal('new');
    expect(client.$counts.get()).to.deep.include({ unassigned: 1, all: 2 });
    expect($conversation.get()?.state).to.equal('open');
  });

  it('the list on screen comes with the join; those that are only counted are asked for', async () => {
    const { clock, agent, sleep, wake } = createSleepyOffice();
    const client = agent();
    const leave = observe(client.list({ ...everything, name: 'unassigned' }).$list);
    observe(client.$badge);
    await clock.advance(1_000);
    leave();
    observe(client.list(everything).$list);
    await clock.advance(1_000);

    await sleep();
    const frames = await wake();

    expect(frames).to.deep.equal([
      'join inbox all',
      'push inbox conversations:list unassigned',
      'push inbox conversations:list mine',
    ]);
  });

  it('a widget shows the right thread and count from one join', async () => {
    const { server, clock, visitor, sleep, wake } = createSleepyOffice();
    const client = visitor();
    client.send('Hello');
    await clock.advance(1_000);
    const [id = ''] = server.workspace.conversations.keys();

    await sleep();
    server.answer(id, 'ag_1', 'Good day');
    server.answer(id, 'ag_1', 'Are you still there?');
    const frames = await wake();

    expect(frames).to.deep.equal(['join visitor', 'push visitor mark']);
    expect(
      client.$thread
        .get()
        .items.map(({ text }) => text)
        .slice(-2),
    ).to.deep.equal(['Good day', 'Are you still there?']);
    expect(client.$unread.get()).to.equal(2);
  });

  it('a widget whose conversation was ended meanwhile shows no line of it', async () => {
    const { server, clock, visitor, sleep, wake } = createSleepyOffice();
    const client = visitor();
    client.send('Hello');
    await clock.advance(1_000);
    const [id = ''] = server.workspace.conversations.keys();

    await sleep();
    const conversation = server.workspace.conversations.get(id);
    if (conversation) conversation.live = false;
    await wake();

    expect(client.$thread.get().items).to.deep.equal([]);
    expect(client.$conversation.get()).to.equal(null);
  });
});
