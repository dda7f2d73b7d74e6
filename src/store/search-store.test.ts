import { expect } from '@open-wc/testing';
import type { SearchStore } from './list.js';
import { createOffice, observe } from './testing.fixture.js';

const conversations = [
  {
    id: 'cv_1',
    contact: { id: 'ct_1', name: 'Vera Ångström', email: 'vera@example.com' },
    messages: [{ text: 'Where is my parcel?', agoMs: 2_000 }],
  },
  {
    id: 'cv_2',
    contact: { id: 'ct_2', name: 'Bo Berg' },
    assigneeIds: ['ag_1'],
    messages: [{ text: 'The parcel is broken', agoMs: 1_000 }],
  },
];

const ids = ({ $search }: SearchStore): string[] =>
  $search.get().results.map(({ conversation }) => conversation.id);

describe('search', () => {
  it('S3.11 finds names, addresses and words of messages, and says where', async () => {
    const { agent, clock } = createOffice({ conversations });
    const search = agent().search();
    observe(search.$search);
    await clock.advance(0);
    expect(search.$search.get().status).to.equal('idle');
    search.search('parc');
    expect(search.$search.get()).to.include({ status: 'loading', query: 'parc' });
    await clock.advance(200);
    expect(search.$search.get().status).to.equal('ready');
    expect(ids(search)).to.deep.equal(['cv_2', 'cv_1']);
    const match = search.$search.get().results[1]?.matches[0];
    expect(match?.field).to.equal('message');
    const [from = 0, to = 0] = match?.ranges[0] ?? [];
    expect(match?.excerpt.slice(from, to)).to.match(/^parc/);

    search.search('angstrom');
    await clock.advance(200);
    expect(ids(search)).to.deep.equal(['cv_1']);
    search.search('vera@exam');
    await clock.advance(200);
    expect(ids(search)).to.deep.equal(['cv_1']);
    search.search('nothing like it');
    await clock.advance(200);
    expect(search.$search.get()).to.deep.include({ status: 'ready', results: [] });
  });

  it('asks once the typing pauses, and drops answers to what was typed before', async () => {
    const { agent, clock, server } = createOffice({ conversations });
    const search = agent().search();
    observe(search.$search);
    await clock.advance(0);
    let answers = 0;
    server.network.watch((_, { type }) => {
      if (type === 'reply') answers++;
    });
    for (const query of ['p', 'pa', 'par']) {
      search.search(query);
      await clock.advance(100);
    }
    await clock.advance(100);
    expect(answers).to.equal(1);

    const shown: string[] = [];
    search.$search.listen(({ status, query }) => status === 'ready' && shown.push(query));
    server.network.latencyMs = 500;
    search.search('parcel');
    await clock.advance(300);
    search.search('broken');
    await clock.advance(2_000);
    expect(ids(search)).to.deep.equal(['cv_2']);
    expect(shown).to.deep.equal(['broken']);
  });

  it('is cleared by blank text, at once', async () => {
    const { agent, clock } = createOffice({ conversations });
    const search = agent().search();
    observe(search.$search);
    await clock.advance(0);
    search.search('parcel');
    await clock.advance(200);
    search.search('parcels');
    search.search('  ');

    expect(search.$search.get()).to.deep.include({ status: 'idle', query: '', results: [] });
    await clock.advance(500);
    expect(search.$search.get().status).to.equal('idle');
  });

  it('follows what changes in what was found, and loses what was deleted', async () => {
    const { agent, clock, server } = createOffice({ conversations });
    const client = agent();
    const search = client.search();
    observe(search.$search);
    await clock.advance(60_000);
    search.search('parcel');
    await clock.advance(200);
    const before = search.$search.get().results[1];
    server.say('ct_2', 'And late');
    await clock.advance(0);
    expect(search.$search.get().results[0]?.conversation.lastMessage?.excerpt).to.equal('And late');
    expect(search.$search.get().results[1]).to.equal(before);
    expect(search.$search.get().results[0]?.dot).to.equal('missed');
    server.acts.deleteConversation('cv_2');
    await clock.advance(0);

    expect(ids(search)).to.deep.equal(['cv_1']);
  });

  it('loads more after the last, which may have moved meanwhile', async () => {
    const many = Array.from({ length: 70 }, (_, n) => ({
      id: `cv_${n}`,
      contact: { id: `ct_${n}` },
      messages: [{ text: 'parcel', agoMs: (n + 1) * 1_000 }],
    }));
    const { agent, clock, server } = createOffice({ conversations: many });
    const search = agent().search();
    observe(search.$search);
    await clock.advance(0);
    search.search('parcel');
    await clock.advance(200);
    expect(search.$search.get().more).to.equal(true);
    server.say('ct_49', 'moved');
    await clock.advance(0);
    search.loadMore();
    expect(search.$search.get().loadingMore).to.equal(true);
    await clock.advance(0);

    expect(ids(search)).to.deep.equal(many.map(({ id }) => id));
    expect(search.$search.get()).to.include({ more: false, loadingMore: false });
  });

  it('says that it is offline, and asks again by itself', async () => {
    const { agent, clock, server } = createOffice({ conversations });
    const client = agent();
    const search = client.search();
    observe(search.$search);
    await clock.advance(0);
    server.cut({ stayDown: true });
    search.search('parcel');
    await clock.advance(300);
    expect(search.$search.get().error?.code).to.equal('connection_lost');
    server.restore();
    await clock.advance(1_000);

    expect(search.$search.get().status).to.equal('ready');
    expect(ids(search).length).to.equal(2);
  });
});
