import { expect } from '@open-wc/testing';
import type { ServerFrame } from '../testing.js';
import { memoryStorage } from './storage.js';
import { createOffice, observe } from './testing.fixture.js';

function texts(visitor: ReturnType<ReturnType<typeof createOffice>['visitor']>): string[] {
  return visitor.$thread.get().items.map(({ text }) => text);
}

describe('visitor client: consent (S5.11)', () => {
  it('stores nothing and opens no socket until the visitor acts', async () => {
    const { visitor, clock, server } = createOffice();
    const storage = memoryStorage();
    const client = visitor(storage);
    client.start();
    client.pageView({ url: 'https://shop.example/', title: 'Shop' });
    client.setDraft('half');
    await clock.advance(10_000);

    expect(client.$settings.get()?.workspaceName).to.equal('Example');
    expect(client.$availability.get()?.mode).to.equal('live');
    expect(client.$connection.get().state).to.equal('idle');
    expect(client.$thread.get().status).to.equal('empty');
    expect(server.workspace.contacts.size).to.equal(0);
    expect(await storage.entries('')).to.deep.equal([]);
  });

  it('takes a token, connects and tells the page after consent', async () => {
    const { visitor, clock, server } = createOffice();
    const storage = memoryStorage();
    const client = visitor(storage);
    client.start();
    client.pageView({ url: 'https://shop.example/a', title: 'A' });
    client.consent();
    await clock.advance(100);

    expect(client.$connection.get().state).to.equal('online');
    expect(client.$thread.get().status).to.equal('empty');
    const [visit] = server.workspace.visits.values();
    expect(visit?.pages.map(({ title }) => title)).to.deep.equal(['A']);
    expect((await storage.entries('visitor/')).length).to.equal(1);
    client.pageView({ url: 'https://shop.example/b', title: 'B' });
    await clock.advance(100);
    expect(server.workspace.visits.values().next().value?.pages.length).to.equal(2);
  });

  it('connects at the start where this browser is known', async () => {
    const { visitor, clock, server } = createOffice();
    const storage = memoryStorage();
    const before = visitor(storage);
    before.send('Hello');
    await clock.advance(100);
    before.dispose();

    const after = visitor(storage);
    after.start();
    await clock.advance(100);
    expect(texts(after)).to.deep.equal(['Hello']);
    expect(server.workspace.contacts.size).to.equal(1);
  });

  it('becomes a new visitor where the server knows the old one no more', async () => {
    const { visitor, clock, server } = createOffice();
    const storage = memoryStorage();
    await storage.set(`visitor/${server.workspace.id}`, 'visitor|ct_gone');
    const client = visitor(storage);
    client.start();
    client.send('Hello');
    await clock.advance(100);

    expect(client.$connection.get().state).to.equal('online');
    expect(client.$thread.get().items[0]?.state).to.equal('sent');
    expect(await storage.get(`visitor/${server.workspace.id}`)).not.to.equal('visitor|ct_gone');
  });

  it('leaves nothing running after dispose', async () => {
    const { visitor, clock, server } = createOffice();
    const client = visitor();
    client.start();
    client.send('Hello');
    await clock.advance(100);
    client.setTyping(true);
    server.answer([...server.workspace.conversations.keys()][0] ?? '', 'ag_2', 'Hi');
    client.dispose();
    await clock.advance(10_000);

    expect(clock.pending).to.equal(0);
    expect(client.$connection.get().state).to.equal('closed');
  });
});

describe('visitor client: the conversation', () => {
  it('keeps what was written before the first connection', async () => {
    const { visitor, clock, server } = createOffice();
    server.cut({ stayDown: true });
    const client = visitor();
    client.send('one');
    client.send('two');
    await clock.advance(1_000);
    expect(client.$thread.get().items.map(({ state }) => state)).to.deep.equal([
      'queued',
      'queued',
    ]);
    server.restore();
    await clock.advance(60_000);

    expect(texts(client)).to.deep.equal(['one', 'two']);
    expect(client.$thread.get().items.every(({ state }) => state === 'sent')).to.equal(true);
  });

  it('keeps the key of a message from typing to storage', async () => {
    const { visitor, clock } = createOffice();
    const client = visitor();
    client.send('Hello');
    const key = client.$thread.get().items[0]?.key;
    await clock.advance(100);

    expect(client.$thread.get().items.map((item) => item.key)).to.deep.equal([key]);
  });

  it('counts replies that were not read, and tells what was', async () => {
    const { visitor, agent, clock, server } = createOffice();
    const client = visitor();
    client.send('Hello');
    await clock.advance(100);
    const id = client.$conversation.get()?.id ?? '';
    const conversation = agent().conversation(id);
    observe(conversation.$thread);
    await clock.advance(0);
    conversation.send('reply', 'Hi');
    conversation.send('comment', 'a regular');
    await clock.advance(100);
    expect(client.$unread.get()).to.equal(1);
    const reply = () => conversation.$thread.get().items.find(({ text }) => text === 'Hi');
    expect(reply()?.state).to.equal('delivered');
    client.markRead();
    expect(client.$unread.get()).to.equal(0);
    await clock.advance(0);
    expect(reply()?.state).to.equal('read');
    conversation.markRead();
    await clock.advance(0);
    expect(client.$thread.get().items[0]?.state).to.equal('read');
    expect(server.workspace.conversations.get(id)?.contactMark.read).to.equal(3);
  });

  it('tells after a cut what was read during it', async () => {
    const { visitor, clock, server } = createOffice();
    const client = visitor();
    client.send('Hello');
    await clock.advance(100);
    const id = client.$conversation.get()?.id ?? '';
    server.answer(id, 'ag_2', 'Hi');
    await clock.advance(0);
    server.cut({ stayDown: true });
    client.markRead();
    await clock.advance(100);
    server.restore();
    await clock.advance(100);

    expect(server.workspace.conversations.get(id)?.contactMark.read).to.equal(3);
    expect(client.$unread.get()).to.equal(0);
  });

  it('tells again what was read when the first try got no answer', async () => {
    const { visitor, clock, server } = createOffice();
    const client = visitor();
    client.send('Hello');
    await clock.advance(100);
    const id = client.$conversation.get()?.id ?? '';
    server.answer(id, 'ag_2', 'Hi');
    await clock.advance(100);
    server.network.latencyMs = 20_000;
    client.markRead();
    server.network.latencyMs = 0;
    await clock.advance(11_000);
    const mark = server.workspace.conversations.get(id)?.contactMark;
    if (mark) mark.read = 0;
    client.markRead();
    await clock.advance(100);

    expect(server.workspace.conversations.get(id)?.contactMark.read).to.equal(3);
  });

  it('does not take back a mark that it was shown', async () => {
    const { visitor, clock, server } = createOffice();
    const client = visitor();
    client.send('Hello');
    await clock.advance(100);
    const { id = '' } = client.$conversation.get() ?? {};
    const [contactId = ''] = server.workspace.contacts.keys();
    const read = (position: number): void => {
      const agentMark = { delivered: position, read: position };
      const contactMark = { delivered: 0, read: 0 };
      const payload = { conversationId: id, contactMark, agentMark };
      server.network.broadcast(`visitor:${contactId}`, 'marks', payload);
    };
    read(2);
    read(1);
    await clock.advance(0);

    expect(client.$conversation.get()?.agentMark.read).to.equal(2);
  });

  it('marks where the new messages begin after a reload', async () => {
    const { visitor, clock, server } = createOffice();
    const storage = memoryStorage();
    const before = visitor(storage);
    before.send('Hello');
    await clock.advance(100);
    before.dispose();
    server.answer([...server.workspace.conversations.keys()][0] ?? '', 'ag_2', 'Hi');
    const after = visitor(storage);
    after.start();
    await clock.advance(100);

    expect(after.$unread.get()).to.equal(1);
    expect(after.$thread.get().newAfter).to.equal(0);
  });

  it('begins anew when the conversation ended, and hears nothing of the old one', async () => {
    const { visitor, clock, server } = createOffice();
    const client = visitor();
    client.send('old');
    await clock.advance(100);
    const old = client.$conversation.get()?.id ?? '';
    server.acts.end(old);
    await clock.advance(0);
    expect(client.$thread.get().status).to.equal('empty');
    server.acts.raiseMark(old, { agentId: 'ag_2' }, { read: 1 });
    client.send('new');
    await clock.advance(1_000);

    expect(texts(client)).to.deep.equal(['new']);
    expect(client.$conversation.get()?.id).not.to.equal(old);
  });

  it('begins anew when the conversation ended while it was away', async () => {
    const { visitor, clock, server } = createOffice();
    const client = visitor();
    client.send('old');
    await clock.advance(100);
    const { id = '', contactId = '' } = [...server.workspace.conversations.values()][0] ?? {};
    server.cut({ stayDown: true });
    server.acts.end(id);
    server.say(contactId, 'from another device');
    server.restore();
    await clock.advance(1_000);

    expect(texts(client)).to.deep.equal(['from another device']);
  });

  it('gets nothing of comments, nor numbers that would count them', async () => {
    const { visitor, clock, server } = createOffice();
    const frames: ServerFrame[] = [];
    server.network.watch((caller, frame) => caller.type === 'visitor' && frames.push(frame));
    const client = visitor();
    client.send('Hello');
    await clock.advance(100);
    const id = client.$conversation.get()?.id ?? '';
    const before = frames.length;
    for (let n = 0; n < 5; n++) server.answer(id, 'ag_2', `secret ${n}`, 'comment');
    server.acts.raiseMark(id, { agentId: 'ag_2' }, { read: 6 });
    await clock.advance(100);
    const quiet = frames.slice(before).filter((frame) => JSON.stringify(frame).includes('secret'));
    expect(quiet).to.deep.equal([]);
    server.answer(id, 'ag_2', 'Hi');
    await clock.advance(100);

    const seqs = client.$thread.get().items.map(({ position }) => position);
    expect(seqs).to.deep.equal([1, 2, 3]);
    const versions = frames.flatMap((frame) =>
      frame.type === 'event' && frame.event === 'conversation:changed'
        ? [(frame.payload as { conversation: { version: number } }).conversation.version]
        : [],
    );
    expect(versions).to.deep.equal(versions.map((_, index) => (versions[0] ?? 0) + index));
  });
});

describe('visitor client: typing (S5.3)', () => {
  it('shows an agent who writes, until the message, the end or its time', async () => {
    const { visitor, agent, clock } = createOffice();
    const client = visitor();
    client.send('Hello');
    await clock.advance(100);
    const conversation = agent().conversation(client.$conversation.get()?.id ?? '');
    observe(conversation.$thread);
    await clock.advance(0);
    const names = (): (string | null)[] => client.$typing.get().map(({ name }) => name);

    conversation.setTyping('reply', true);
    await clock.advance(0);
    expect(names()).to.deep.equal(['Ann']);
    await clock.advance(5_999);
    expect(names()).to.deep.equal(['Ann']);
    await clock.advance(1);
    expect(names()).to.deep.equal([]);

    conversation.setTyping('reply', true);
    await clock.advance(0);
    conversation.setTyping('reply', false);
    await clock.advance(0);
    expect(names()).to.deep.equal([]);

    conversation.setTyping('reply', true);
    conversation.send('reply', 'Hi');
    await clock.advance(0);
    expect(names()).to.deep.equal([]);

    conversation.setTyping('comment', true);
    await clock.advance(0);
    expect(names()).to.deep.equal([]);
  });

  it('is told at once and then at most every 3 s', async () => {
    const { visitor, clock, server } = createOffice();
    const client = visitor();
    client.send('Hello');
    await clock.advance(100);
    let told = 0;
    server.network.watch((caller, { type }) => {
      if (caller.type === 'visitor' && type === 'reply') told++;
    });
    for (let key = 0; key < 60; key++) {
      client.setTyping(true);
      await clock.advance(100);
    }
    expect(told).to.equal(2);
    client.setTyping(false);
    client.setTyping(false);
    await clock.advance(0);
    expect(told).to.equal(3);
  });
});
