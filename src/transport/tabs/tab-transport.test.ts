import { expect } from '@open-wc/testing';
import { codeOf, follow, watch } from '../contract/bench.js';
import { settled } from '../../testing.js';
import { createProfile, twoTabs } from './profile.fixture.js';

describe('tabs of one identity', () => {
  it('hold one connection, and each gets a reply for its own cursor', async () => {
    const { dials, a, b, one, two } = await twoTabs();
    expect(dials()).to.equal(1);
    expect(one.transport.tabs?.leading).to.equal(true);
    expect(two.transport.tabs?.leading).to.equal(false);
    expect(a.diary.lines).to.deep.equal(['joined {"cursor":"a"}']);
    expect(b.diary.lines).to.deep.equal(['joined {"cursor":"b"}']);
    expect(two.transport.connection.state).to.equal('online');
  });

  it('all hear what the server says, once and in its order', async () => {
    const { a, b } = await twoTabs();
    await a.subscription.push('burst', { count: 3 });
    await settled();
    const ticks = ['tick {"n":1}', 'tick {"n":2}', 'tick {"n":3}'];
    expect(a.diary.lines.slice(1)).to.deep.equal(ticks);
    expect(b.diary.lines.slice(1)).to.deep.equal(ticks);
  });

  it('join again after a cut with one join, each from its cursor', async () => {
    const { server, clock, dials, a, b } = await twoTabs();
    const joins: string[] = [];
    server.network.watch((_, frame) => {
      if (frame.type === 'reply') joins.push(frame.topic);
    });
    server.cut();
    await clock.advance(20);
    expect(dials()).to.equal(2);
    expect(a.diary.lines.slice(1)).to.deep.equal(['lost', 'joined {"cursor":"a"}']);
    expect(b.diary.lines.slice(1)).to.deep.equal(['lost', 'joined {"cursor":"b"}']);
    expect(joins).to.have.length(2);
  });

  it('tabs at the same cursor share the reply of one join', async () => {
    const { server, clock, open } = createProfile();
    const followed = [open(), open(), open()].map(({ transport }) =>
      follow(transport, 'contract:same'),
    );
    await settled(200);
    let replies = 0;
    server.network.watch((_, frame) => {
      if (frame.type === 'reply') replies++;
    });
    server.cut();
    await clock.advance(20);
    expect(replies).to.equal(1);
    for (const { diary } of followed) {
      expect(diary.lines).to.deep.equal(['joined {}', 'lost', 'joined {}']);
    }
  });

  it('a leader that dies is followed at once, and its pushes under way are lost', async () => {
    const { dials, one, two, b } = await twoTabs();
    const states = watch(two.transport);
    const push = codeOf(b.subscription.push('silence', {}));
    await settled();
    one.tab.kill();
    await settled(200);
    expect(await push).to.equal('connection_lost');
    expect(two.transport.tabs?.leading).to.equal(true);
    expect(dials()).to.equal(2);
    expect(b.diary.lines.slice(1)).to.deep.equal(['lost', 'joined {"cursor":"b"}']);
    expect(states.lines).to.deep.equal(['online', 'reconnecting', 'online']);
    expect(await b.subscription.push('echo', { n: 1 })).to.deep.equal({ n: 1 });
  });

  it('a tab that dies is missed on no topic', async () => {
    const { server, two, a } = await twoTabs();
    const watched = follow(server.agentTransport('ag_1'), 'contract:who');
    expect(watched.subscription.joined).to.equal(false);
    follow(two.transport, 'contract:lonely');
    await settled(200);
    two.tab.kill();
    await settled(200);
    // The connection left the topic: what it says is answered as on a topic not joined.
    const lines: string[] = [];
    server.network.watch((_, frame) => lines.push(frame.topic));
    server.network.broadcast('contract:lonely', 'heard', {});
    server.network.broadcast('contract:room', 'heard', {});
    await settled();
    expect(lines).to.deep.equal(['contract:room']);
    expect(a.diary.lines.at(-1)).to.equal('heard {}');
  });

  it('a hidden leader yields to a tab that somebody looks at', async () => {
    const { one, two, a, b } = await twoTabs();
    two.tab.setVisible(false);
    one.tab.setVisible(false);
    await settled();
    expect(one.transport.tabs?.leading).to.equal(true);
    two.tab.setVisible(true);
    await settled(200);
    expect(one.transport.tabs?.leading).to.equal(false);
    expect(two.transport.tabs?.leading).to.equal(true);
    expect(a.diary.lines.at(-1)).to.equal('joined {"cursor":"a"}');
    expect(b.diary.lines.at(-1)).to.equal('joined {"cursor":"b"}');
  });

  it('yields only after what is under way was answered', async () => {
    const { server, clock, one, two, b } = await twoTabs();
    server.network.latencyMs = 50;
    const push = b.subscription.push('echo', { n: 1 });
    await settled();
    one.tab.setVisible(false);
    await settled();
    expect(one.transport.tabs?.leading).to.equal(true);
    await clock.advance(100);
    expect(await push).to.deep.equal({ n: 1 });
    await clock.advance(0);
    expect(two.transport.tabs?.leading).to.equal(true);
  });

  for (const role of ['leads', 'follows'] as const) {
    it(`a tab that ${role} and is put away leaves, and comes back with the page`, async () => {
      const { one, two, a, b } = await twoTabs();
      const [gone, stays] = role === 'leads' ? [one, two] : [two, one];
      const [goneDiary, staysDiary] = role === 'leads' ? [a.diary, b.diary] : [b.diary, a.diary];
      gone.tab.change('away');
      await settled(200);
      expect(stays.transport.tabs?.leading).to.equal(true);
      expect(stays.transport.connection.state).to.equal('online');
      expect(staysDiary.lines.at(-1)).to.match(/^joined/);
      expect(gone.transport.connection.state).to.equal('reconnecting');
      expect(goneDiary.lines.at(-1)).to.equal('lost');
      gone.tab.change('back');
      await settled(200);
      expect(gone.transport.connection.state).to.equal('online');
      expect(goneDiary.lines.at(-1)).to.match(/^joined/);
    });
  }

  it('a leader that hangs loses the lead to a tab that waits for it in vain', async () => {
    const { clock, one, two, b } = await twoTabs();
    one.tab.hang(true);
    const push = codeOf(b.subscription.push('echo', {}));
    await clock.advance(12_000);
    expect(await push).to.equal('timeout');
    await clock.advance(5_000);
    expect(two.transport.tabs?.leading).to.equal(true);
    expect(b.diary.lines.at(-1)).to.equal('joined {"cursor":"b"}');
    one.tab.hang(false);
    await settled(200);
    expect(one.transport.tabs?.leading).to.equal(false);
    expect(one.transport.connection.state).to.equal('online');
    expect(two.transport.tabs?.leading).to.equal(true);
  });

  it('a new tab finds a leader that hangs, and takes over', async () => {
    const { clock, open, one, two } = await twoTabs();
    one.tab.hang(true);
    two.tab.kill();
    const third = open();
    const { diary } = follow(third.transport, 'contract:room');
    await clock.advance(5_000);
    expect(third.transport.tabs?.leading).to.equal(true);
    expect(diary.lines).to.deep.equal(['joined {}']);
  });

  it('a tab whose leader was refused has it try again: somebody signed in here', async () => {
    const { server, clock, open, one } = await twoTabs();
    server.refuse('unauthorized');
    server.cut();
    await clock.advance(20);
    expect(one.transport.connection.state).to.equal('refused');
    server.refuse(null);
    const third = open();
    await clock.advance(20);
    expect(third.transport.connection.state).to.equal('online');
    expect(one.transport.connection.state).to.equal('online');
  });

  it('share nothing with tabs of another identity, and part when theirs changes', async () => {
    const { clock, server, setIdentity, open, dials, one, two } = await twoTabs();
    setIdentity('ag_2');
    const other = open();
    await settled(200);
    expect(other.transport.tabs?.leading).to.equal(true);
    expect(dials()).to.equal(2);
    // The next token of the old identity's tabs is of the new one: they go where it leads.
    server.cut();
    await clock.advance(40);
    expect([one, two, other].filter(({ transport }) => transport.tabs?.leading)).to.have.length(1);
    for (const { transport } of [one, two, other]) {
      expect(transport.connection.state).to.equal('online');
    }
  });

  it('tell each other what clients say', async () => {
    const { one, two } = await twoTabs();
    const heard: object[] = [];
    two.transport.tabs?.onHeard((message) => heard.push(message));
    one.transport.tabs?.say({ draft: 'Hello' });
    await settled();
    expect(heard).to.deep.equal([{ draft: 'Hello' }]);
  });

  it('a tab that disconnects leaves nothing behind', async () => {
    const { tabs, one, two } = await twoTabs();
    one.transport.disconnect();
    two.transport.disconnect();
    await settled(200);
    expect(tabs.interested('')).to.equal(0);
  });
});
