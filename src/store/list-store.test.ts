import { expect } from '@open-wc/testing';
import type { View } from '../domain/index.js';
import type { ConversationSeed } from '../testing.js';
import type { ListStore } from './agent-client.js';
import { createOffice, everything, observe } from './testing.fixture.js';

const mine: View = { ...everything, name: 'mine' };
const unassigned: View = { ...everything, name: 'unassigned' };

function seeds(count: number, patch: Partial<ConversationSeed> = {}): ConversationSeed[] {
  return Array.from({ length: count }, (_, n) => ({
    id: `cv_${n}`,
    contact: { id: `ct_${n}` },
    messages: [{ text: `message ${n}`, agoMs: (count - n) * 60_000 }],
    ...patch,
  }));
}

function ids(list: ListStore): string[] {
  return list.$list.get().cards.map(({ conversation }) => conversation.id);
}

function dots(list: ListStore): string[] {
  return list.$list.get().cards.map(({ conversation, dot }) => `${conversation.id} ${dot}`);
}

describe('list', () => {
  it('is loading until the inbox is joined, then shows the view in its order', async () => {
    const { agent, clock } = createOffice({ conversations: seeds(3) });
    const client = agent();
    const newest = client.list(everything);
    const oldest = client.list({ ...everything, order: 'oldest' });
    observe(newest.$list, oldest.$list);
    expect(newest.$list.get().status).to.equal('loading');
    await clock.advance(0);

    expect(newest.$list.get().status).to.equal('ready');
    expect(ids(newest)).to.deep.equal(['cv_2', 'cv_1', 'cv_0']);
    expect(ids(oldest)).to.deep.equal(['cv_0', 'cv_1', 'cv_2']);
    expect(client.list({ ...everything })).to.equal(newest);
  });

  it('moves the card of a new message to the top', async () => {
    const { agent, clock, server } = createOffice({ conversations: seeds(3) });
    const list = agent().list(everything);
    observe(list.$list);
    await clock.advance(1_000);
    server.say('ct_0', 'again');
    await clock.advance(0);

    expect(ids(list)).to.deep.equal(['cv_0', 'cv_2', 'cv_1']);
    expect(list.$list.get().cards[0]?.conversation.lastMessage?.excerpt).to.equal('again');
  });

  it('loads more, and a card beyond the window stays out until then', async () => {
    const { agent, clock, server } = createOffice({ conversations: seeds(120) });
    const list = agent().list(everything);
    observe(list.$list);
    await clock.advance(0);
    expect(ids(list).length).to.equal(50);
    expect(list.$list.get().more).to.equal(true);
    // Reading changes the snapshot of an old conversation, not its place.
    server.acts.raiseMark('cv_0', { agentId: 'ag_2' }, { read: 1 });
    await clock.advance(0);
    expect(ids(list).length).to.equal(50);

    list.loadMore();
    expect(list.$list.get().loadingMore).to.equal(true);
    await clock.advance(0);
    list.loadMore();
    await clock.advance(0);
    expect(ids(list).length).to.equal(120);
    expect(ids(list).at(-1)).to.equal('cv_0');
    expect(list.$list.get().more).to.equal(false);
  });

  it('is fetched anew after a cut, as far as it was loaded', async () => {
    const { agent, clock, server } = createOffice({ conversations: seeds(80) });
    const list = agent().list(everything);
    observe(list.$list);
    await clock.advance(0);
    list.loadMore();
    await clock.advance(0);
    server.cut({ stayDown: true });
    server.say('ct_7', 'while away');
    server.acts.setState('cv_9', 'ag_2', 'closed');
    expect(ids(list)[0]).to.equal('cv_79');
    server.restore();
    await clock.advance(100);

    expect(ids(list)[0]).to.equal('cv_7');
    expect(ids(list)).not.to.include('cv_9');
    expect(ids(list).length).to.equal(79);
  });

  it('drops what left the view, but holds the conversation that is open (S3.14)', async () => {
    const { agent, clock, server } = createOffice({ conversations: seeds(2) });
    const list = agent().list(unassigned);
    observe(list.$list);
    await clock.advance(0);
    list.hold('cv_0');
    server.acts.assign('cv_0', 'ag_2', ['ag_2']);
    server.acts.assign('cv_1', 'ag_2', ['ag_2']);
    await clock.advance(0);
    expect(ids(list)).to.deep.equal(['cv_0']);

    server.cut();
    await clock.advance(100);
    expect(ids(list)).to.deep.equal(['cv_0']);
    list.hold(null);
    expect(ids(list)).to.deep.equal([]);
  });

  it('takes up what came into the view', async () => {
    const { agent, clock, server } = createOffice({ conversations: seeds(2) });
    const list = agent().list(mine);
    observe(list.$list);
    await clock.advance(0);
    expect(ids(list)).to.deep.equal([]);
    server.acts.assign('cv_0', 'ag_2', ['ag_1']);
    await clock.advance(0);

    expect(ids(list)).to.deep.equal(['cv_0']);
  });

  it('keeps the cards while offline', async () => {
    const { agent, clock, server } = createOffice({ conversations: seeds(2) });
    const list = agent().list(everything);
    observe(list.$list);
    await clock.advance(0);
    server.cut({ stayDown: true });
    list.loadMore();
    list.retry();
    await clock.advance(100);

    expect(ids(list)).to.deep.equal(['cv_1', 'cv_0']);
  });

  it('gives a card that did not change the same identity', async () => {
    const { agent, clock, server } = createOffice({ conversations: seeds(2) });
    const list = agent().list(everything);
    observe(list.$list);
    await clock.advance(0);
    const before = list.$list.get().cards[0];
    server.say('ct_0', 'again');
    await clock.advance(0);

    expect(list.$list.get().cards[1]).to.equal(before);
  });
});

describe('dots (S2.5)', () => {
  const assigned: ConversationSeed = { id: 'cv_1', contact: { id: 'ct_1' }, assigneeIds: ['ag_1'] };

  it('turn red 30 s after the message, at the second, and not before', async () => {
    const { agent, clock, server } = createOffice({ conversations: [assigned] });
    const list = agent().list(everything);
    observe(list.$list);
    await clock.advance(60_000);
    server.say('ct_1', 'Anybody there?');
    await clock.advance(0);
    expect(dots(list)).to.deep.equal(['cv_1 new']);

    await clock.advance(29_999);
    expect(dots(list)).to.deep.equal(['cv_1 new']);
    await clock.advance(1);
    expect(dots(list)).to.deep.equal(['cv_1 missed']);
  });

  it('follow the clock of the server', async () => {
    const { agent, clock, server } = createOffice({ conversations: [assigned] });
    const list = agent().list(everything);
    server.workspace.now = () => clock.now() + 3_600_000;
    observe(list.$list);
    await clock.advance(60_000);
    server.say('ct_1', 'Hello');
    await clock.advance(29_999);
    expect(dots(list)).to.deep.equal(['cv_1 new']);
    await clock.advance(1);
    expect(dots(list)).to.deep.equal(['cv_1 missed']);
  });

  it('turn red at once when the assigned agent goes offline', async () => {
    const { agent, clock, server } = createOffice({
      conversations: [{ ...assigned, assigneeIds: ['ag_2'] }],
    });
    const list = agent().list(everything);
    observe(list.$list);
    server.say('ct_1', 'Hello');
    await clock.advance(0);
    expect(dots(list)).to.deep.equal(['cv_1 none']);
    server.acts.setStatus('ag_2', 'offline');
    await clock.advance(0);

    expect(dots(list)).to.deep.equal(['cv_1 missed']);
  });

  it('clear with a reply, not with a comment', async () => {
    const { agent, clock, server } = createOffice({ conversations: [assigned] });
    const list = agent().list(everything);
    observe(list.$list);
    await clock.advance(60_000);
    server.say('ct_1', 'Hello');
    await clock.advance(30_000);
    server.answer('cv_1', 'ag_2', 'who takes this?', 'comment');
    await clock.advance(0);
    expect(dots(list)).to.deep.equal(['cv_1 missed']);
    server.answer('cv_1', 'ag_2', 'Hi');
    await clock.advance(0);

    expect(dots(list)).to.deep.equal(['cv_1 none']);
  });

  it('clear with closing', async () => {
    const { agent, clock, server } = createOffice({ conversations: [assigned] });
    const client = agent();
    const list = client.list(everything);
    observe(list.$list);
    server.say('ct_1', 'Hello');
    await clock.advance(0);
    list.hold('cv_1');
    await Promise.all([client.conversation('cv_1').close(), clock.advance(0)]);

    expect(dots(list)).to.deep.equal(['cv_1 none']);
  });

  it('end for the agent who opened the conversation, at once', async () => {
    const { agent, clock } = createOffice({ conversations: seeds(1) });
    const [ann, bob] = [agent('ag_1'), agent('ag_2')];
    const [annsList, bobsList] = [ann.list(everything), bob.list(everything)];
    observe(annsList.$list, bobsList.$list, ann.conversation('cv_0').$thread);
    await clock.advance(0);
    expect(dots(annsList)).to.deep.equal(['cv_0 new']);
    ann.conversation('cv_0').markRead();
    expect(dots(annsList)).to.deep.equal(['cv_0 none']);
    await clock.advance(0);

    expect(dots(bobsList)).to.deep.equal(['cv_0 new']);
    expect(dots(annsList)).to.deep.equal(['cv_0 none']);
  });

  it('follow the workspace’s limit when it changes', async () => {
    const { agent, clock, server } = createOffice({ conversations: [assigned] });
    const list = agent().list(everything);
    observe(list.$list);
    await clock.advance(60_000);
    server.say('ct_1', 'Hello');
    await clock.advance(10_000);
    server.network.broadcast(`inbox:${server.workspace.id}`, 'settings', {
      workspace: { id: server.workspace.id, name: 'Example' },
      missedAfterMs: 5_000,
      version: 2,
    });
    await clock.advance(0);

    expect(dots(list)).to.deep.equal(['cv_1 missed']);
  });

  it('set one timer for the earliest', async () => {
    const { agent, clock, server } = createOffice({
      conversations: seeds(20, { assigneeIds: ['ag_1'], messages: [] }),
    });
    const list = agent().list(everything);
    observe(list.$list);
    await clock.advance(60_000);
    const before = clock.pending;
    for (let n = 0; n < 20; n++) server.say(`ct_${n}`, 'Hello');
    await clock.advance(16);

    expect(clock.pending - before).to.equal(1);
  });
});

describe('a long list', () => {
  it('shows what was done at once, and many changes together, once a frame', async () => {
    const { agent, clock, server } = createOffice({ conversations: seeds(60) });
    const list = agent().list(everything);
    let shown = 0;
    list.$list.listen(() => shown++);
    await clock.advance(1_000);
    shown = 0;
    for (let n = 0; n < 60; n++) server.say(`ct_${n}`, 'again');
    await clock.advance(0);
    expect(shown).to.equal(8);
    await clock.advance(16);

    expect(shown).to.equal(9);
    expect(ids(list)[0]).to.equal('cv_9');
    expect(list.$list.get().cards.filter((card) => card.dot === 'new').length).to.equal(60);
  });

  it('is fetched anew page by page, as far as it was loaded', async () => {
    const { agent, clock, server } = createOffice({ conversations: seeds(620) });
    const list = agent().list(everything);
    observe(list.$list);
    await clock.advance(0);
    for (let page = 0; page < 3; page++) {
      list.loadMore();
      await clock.advance(0);
    }
    expect(ids(list).length).to.equal(400);
    server.cut({ stayDown: true });
    server.acts.setState('cv_400', 'ag_2', 'closed');
    server.say('ct_0', 'from far below');
    server.restore();
    await clock.advance(100);

    expect(ids(list).length).to.equal(400);
    expect(ids(list)).not.to.include('cv_400');
    expect(ids(list)[0]).to.equal('cv_0');
    expect(list.$list.get().more).to.equal(true);
  });

  it('S3.13 holds all that was loaded, however much that is', async () => {
    const { agent, clock, server } = createOffice();
    server.fillConversations(5_000);
    const list = agent().list(everything);
    observe(list.$list);
    await clock.advance(0);
    for (let page = 0; page < 40 && list.$list.get().more; page++) {
      list.loadMore();
      await clock.advance(0);
    }

    expect(new Set(ids(list)).size).to.equal(5_000);
  });

  it('loses what was deleted, also the card that is held', async () => {
    const { agent, clock, server } = createOffice({ conversations: seeds(3) });
    const list = agent().list(everything);
    observe(list.$list);
    await clock.advance(0);
    list.hold('cv_1');
    server.network.broadcast(`inbox:${server.workspace.id}`, 'conversation:removed', {
      conversationId: 'cv_1',
    });
    await clock.advance(0);

    expect(ids(list)).to.deep.equal(['cv_2', 'cv_0']);
  });
});
