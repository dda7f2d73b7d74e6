import { expect } from '@open-wc/testing';
import { codeOf, follow, watch } from '../contract/bench.js';
import { settled } from '../../testing.js';
import { createProfile } from './profile.fixture.js';
import * as sharing from './sharing.js';

/** What a second tab needs, on its way until told that it came. */
function onItsWay() {
  let arrive = (): void => undefined;
  const coming = new Promise<typeof sharing>((resolve) => (arrive = () => resolve(sharing)));
  let asked = 0;
  return {
    arrive: () => arrive(),
    asked: () => asked,
    loadSharing: () => {
      asked++;
      return coming;
    },
  };
}

const notThere = async (): Promise<never> => {
  throw new TypeError('Failed to fetch dynamically imported module');
};

describe('what only several tabs need', () => {
  it('is never fetched by a tab that stays the only one', async () => {
    const { open, server, clock } = createProfile();
    const { asked, loadSharing } = onItsWay();
    const one = open({ loadSharing });
    const { diary, subscription } = follow(one.transport, 'contract:room');
    await settled(200);
    expect(await subscription.push('echo', { n: 1 })).to.deep.equal({ n: 1 });
    server.cut();
    await clock.advance(20);
    one.tab.change('away');
    await settled();
    one.tab.change('back');
    await settled(200);
    expect(diary.lines).to.deep.equal(['joined {}', 'lost', 'joined {}', 'lost', 'joined {}']);
    expect(asked()).to.equal(0);
  });

  it('keeps what tabs say to the leader while it is on its way', async () => {
    const { open, dials } = createProfile();
    const { asked, arrive, loadSharing } = onItsWay();
    const one = open({ loadSharing });
    const a = follow(one.transport, 'contract:room', () => ({ cursor: 'a' }));
    await settled(200);
    const two = open();
    const b = follow(two.transport, 'contract:room', () => ({ cursor: 'b' }));
    await settled(200);
    expect(await a.subscription.push('echo', { n: 1 })).to.deep.equal({ n: 1 });
    expect(b.diary.lines).to.deep.equal([]);
    arrive();
    await settled(200);
    expect(asked()).to.equal(1);
    expect(dials()).to.equal(1);
    expect(a.diary.lines).to.deep.equal(['joined {"cursor":"a"}']);
    expect(b.diary.lines).to.deep.equal(['joined {"cursor":"b"}']);
    expect(await b.subscription.push('echo', { n: 2 })).to.deep.equal({ n: 2 });
  });

  it('takes over what the leader has joined, with who is there and its pushes under way', async () => {
    const { open, server, clock } = createProfile();
    const { arrive, loadSharing } = onItsWay();
    const one = open({ loadSharing });
    const a = follow(one.transport, 'contract:room', () => ({ as: 'one' }));
    await settled(200);
    server.network.latencyMs = 50;
    const push = a.subscription.push('echo', { n: 1 });
    const two = open();
    const b = follow(two.transport, 'contract:room', () => ({ as: 'two' }));
    await settled(200);
    arrive();
    await clock.advance(200);
    expect(await push).to.deep.equal({ n: 1 });
    expect(a.subscription.joined).to.equal(true);
    expect([...b.present().keys()]).to.deep.equal(['one']);
    server.network.latencyMs = 0;
    await a.subscription.push('burst', { count: 2 });
    await settled();
    for (const { diary } of [a, b]) {
      expect(diary.lines.slice(-2)).to.deep.equal(['tick {"n":1}', 'tick {"n":2}']);
    }
    a.subscription.leave();
    b.subscription.leave();
    await settled();
    expect(await codeOf(b.subscription.push('echo', {}))).to.equal('connection_lost');
  });

  it('takes over a join that is on its way', async () => {
    const { open, server, clock } = createProfile();
    const { arrive, loadSharing } = onItsWay();
    const one = open({ loadSharing });
    await settled(200);
    server.network.latencyMs = 50;
    const a = follow(one.transport, 'contract:room', () => ({ cursor: 'a' }));
    const two = open();
    const b = follow(two.transport, 'contract:room', () => ({ cursor: 'b' }));
    await settled(200);
    arrive();
    await clock.advance(500);
    expect(a.diary.lines).to.deep.equal(['joined {"cursor":"a"}']);
    expect(b.diary.lines).to.deep.equal(['joined {"cursor":"b"}']);
  });

  it('serves no topic that was refused, closed or left before it came', async () => {
    const { open } = createProfile();
    const { arrive, loadSharing } = onItsWay();
    const one = open({ loadSharing });
    await settled(200);
    const refused = follow(one.transport, 'contract:refused', () => ({ refuse: 'forbidden' }));
    const closed = follow(one.transport, 'contract:closed');
    const left = follow(one.transport, 'contract:left');
    await settled(200);
    await codeOf(closed.subscription.push('stop', {}));
    left.subscription.leave();
    const two = open();
    const topics = ['contract:refused', 'contract:closed', 'contract:left'];
    const followed = topics.map((topic) => follow(two.transport, topic));
    await settled(200);
    arrive();
    await settled(400);
    expect(refused.diary.lines.at(-1)).to.match(/^refused forbidden/);
    for (const { diary } of followed) expect(diary.lines).to.deep.equal(['joined {}']);
  });

  it('is missed by the leader: it goes on alone, and the next tab leads', async () => {
    const { open, dials } = createProfile();
    const one = open({ loadSharing: notThere });
    const states = watch(one.transport);
    const a = follow(one.transport, 'contract:room');
    await settled(200);
    const two = open();
    const b = follow(two.transport, 'contract:room');
    await settled(400);
    expect(dials()).to.equal(2);
    expect(a.diary.lines).to.deep.equal(['joined {}']);
    expect(b.diary.lines).to.deep.equal(['joined {}']);
    expect(states.lines).to.deep.equal(['connecting', 'online']);
    for (const { transport } of [one, two]) expect(transport.tabs?.leading).to.equal(true);
  });

  it('is missed by a tab that follows: it has a connection of its own', async () => {
    const { open, dials, server, clock } = createProfile();
    const one = open();
    const a = follow(one.transport, 'contract:room');
    await settled(200);
    const two = open({ loadSharing: notThere });
    const heard: boolean[] = [];
    two.transport.tabs?.onLeading((leading) => heard.push(leading));
    const b = follow(two.transport, 'contract:room');
    await settled(400);
    expect(dials()).to.equal(2);
    expect(heard).to.deep.equal([true]);
    expect(await b.subscription.push('echo', { n: 1 })).to.deep.equal({ n: 1 });
    server.cut();
    await clock.advance(40);
    expect(a.diary.lines).to.deep.equal(['joined {}', 'lost', 'joined {}']);
    expect(b.diary.lines).to.deep.equal(['joined {}', 'lost', 'joined {}']);
  });

  it('is not handed what tabs of another identity said before', async () => {
    const { open, server, clock, setIdentity } = createProfile();
    const { arrive, loadSharing } = onItsWay();
    const one = open({ loadSharing });
    await settled(200);
    const two = open();
    const b = follow(two.transport, 'contract:room');
    await settled(200);
    setIdentity('ag_2');
    server.cut();
    await clock.advance(40);
    const frames: string[] = [];
    server.network.watch((_, { topic }) => frames.push(topic));
    two.tab.kill();
    arrive();
    await settled(200);
    expect(one.transport.connection.state).to.equal('online');
    expect(b.diary.lines).to.deep.equal([]);
    expect(frames).to.deep.equal([]);
  });
});
