import { expect } from '@open-wc/testing';
import type { Marks } from '../protocol/index.js';
import { createFakeTabs, settled, type FakeTab } from '../testing.js';
import { createTabTransport } from '../transport/tabs/index.js';
import * as sharing from '../transport/tabs/sharing.js';
import { createAgentClient, type AgentClient } from './agent-client.js';
import { memoryStorage, type KeyValue } from './storage.js';
import { createOffice, everything, observe } from './testing.fixture.js';
import { createVisitorClient, type VisitorClient } from './visitor-client.js';

interface OpenTab<Client> {
  tab: FakeTab;
  client: Client;
  rings: () => number;
}

/** A browser profile with tabs of one visitor and of one agent, on one memory server. */
function createProfile(shared: () => KeyValue = once(memoryStorage())) {
  const { server, clock } = createOffice();
  const workspaceId = server.workspace.id;
  const tabs = createFakeTabs();
  let dials = 0;
  const { dial } = server.network;
  server.network.dial = (token, handlers) => {
    dials++;
    return dial(token, handlers);
  };
  const counted = <Client extends VisitorClient | AgentClient>(
    tab: FakeTab,
    client: Client,
  ): OpenTab<Client> => {
    let count = 0;
    client.onRing(() => count++);
    return { tab, client, rings: () => count };
  };
  return {
    server,
    clock,
    dials: () => dials,
    /** Locks that a tab holds or waits for. */
    interested: () => tabs.interested(''),
    visitor(): OpenTab<VisitorClient> {
      const tab = tabs.tab();
      const client = createVisitorClient({
        transport: (options) =>
          createTabTransport({
            ...options,
            name: workspaceId,
            transport: server.transport,
            browser: tab,
            loadSharing: async () => sharing,
            clock,
          }),
        api: server.api(),
        workspaceId,
        storage: shared(),
        clock,
      });
      client.consent();
      return counted(tab, client);
    },
    agent(): OpenTab<AgentClient> {
      const tab = tabs.tab();
      const api = server.api({ agentId: 'ag_1' });
      const client = createAgentClient({
        transport: createTabTransport({
          name: workspaceId,
          getToken: async () => (await api.agentToken()).token,
          identity: () => 'ag_1',
          transport: server.transport,
          browser: tab,
          loadSharing: async () => sharing,
          clock,
        }),
        workspaceId,
        storage: shared(),
        clock,
      });
      return counted(tab, client);
    },
  };
}

function once(storage: KeyValue): () => KeyValue {
  return () => storage;
}

const texts = (client: VisitorClient): string[] =>
  client.$thread.get().items.map(({ text, state }) => `${text} ${state ?? ''}`.trim());

describe('tabs of one visitor', () => {
  async function twoTabs(storage?: () => KeyValue) {
    const profile = createProfile(storage);
    const one = profile.visitor();
    await profile.clock.advance(20);
    const two = profile.visitor();
    await profile.clock.advance(20);
    const contactId = [...profile.server.workspace.contacts.keys()].at(-1) ?? '';
    return { ...profile, one, two, contactId };
  }

  it('show one conversation over one connection', async () => {
    const { one, two, clock, dials } = await twoTabs();
    one.client.send('Hello');
    two.client.send('Anybody there?');
    await clock.advance(500);
    expect(dials()).to.equal(1);
    expect(texts(one.client)).to.deep.equal(['Hello sent', 'Anybody there? sent']);
    expect(texts(two.client)).to.deep.equal(texts(one.client));
  });

  it('what waits is shown in all of them, and sent in the order of writing', async () => {
    const { server, one, two, clock } = await twoTabs();
    server.cut({ stayDown: true });
    await clock.advance(20);
    one.client.send('First');
    await clock.advance(5);
    two.client.send('Second');
    await clock.advance(5);
    one.client.send('Third');
    await settled();
    const shown = ({ client }: OpenTab<VisitorClient>) =>
      client.$thread.get().items.map(({ text }) => text);
    expect(shown(one)).to.deep.equal(['First', 'Second', 'Third']);
    expect(shown(two)).to.deep.equal(['First', 'Second', 'Third']);
    server.restore();
    await clock.advance(40_000);
    expect(texts(two.client)).to.deep.equal(['First sent', 'Second sent', 'Third sent']);
    const [conversation] = server.workspace.conversations.values();
    expect(conversation?.messages.filter(({ kind }) => kind === 'reply')).to.have.length(3);
  });

  for (const [kept, storage] of [
    ['shared storage', undefined],
    ['the memory of each tab alone', memoryStorage],
  ] as const) {
    it(`lose nothing when the leader dies while it sends, with ${kept}`, async () => {
      // A tab alone with its memory is another contact: there the writer survives.
      const { server, one, two, clock } = await twoTabs(storage && once(storage()));
      server.network.latencyMs = 100;
      two.client.send('Will this arrive?');
      await clock.advance(50);
      one.tab.kill();
      server.network.latencyMs = 0;
      await clock.advance(40_000);
      expect(texts(two.client)).to.deep.equal(['Will this arrive? sent']);
      const [conversation] = server.workspace.conversations.values();
      expect(conversation?.messages.filter(({ kind }) => kind === 'reply')).to.have.length(1);
    });
  }

  it('a refused message is tried again or discarded from any of them', async () => {
    const { server, one, two, clock } = await twoTabs();
    two.client.send('x'.repeat(20_000));
    await clock.advance(500);
    const failed = (client: VisitorClient) =>
      client.$thread.get().items.filter(({ state }) => state === 'failed');
    expect(failed(one.client)).to.have.length(1);
    expect(failed(two.client)).to.have.length(1);
    const key = failed(two.client)[0]?.key ?? '';
    two.client.retry(key);
    await clock.advance(500);
    expect(failed(one.client)).to.have.length(1);
    one.client.discard(key);
    await clock.advance(500);
    expect(texts(two.client)).to.deep.equal([]);
    expect(server.workspace.conversations.size).to.equal(0);
  });

  it('what was sent does not come back in a tab that opens', async () => {
    const profile = await twoTabs();
    profile.two.client.send('Hello');
    await profile.clock.advance(500);
    const third = profile.visitor();
    await profile.clock.advance(500);
    expect(texts(third.client)).to.deep.equal(['Hello sent']);
  });

  it('show what is typed in one of them, and not over what is typed here', async () => {
    const { one, two, clock } = await twoTabs();
    one.client.setDraft('Do you have');
    await settled();
    expect(two.client.$draft.get()).to.equal('Do you have');
    two.client.setDraft('Do you have it in blue?');
    one.client.setDraft('Do you');
    await settled();
    expect(two.client.$draft.get()).to.equal('Do you have it in blue?');
    await clock.advance(1_000);
    one.client.setDraft('');
    await settled();
    expect(two.client.$draft.get()).to.equal('');
  });

  it('what is read in one is read in all', async () => {
    const { server, one, two, contactId, clock } = await twoTabs();
    const id = server.say(contactId, 'Hello');
    server.answer(id, 'ag_1', 'Good day');
    await clock.advance(50);
    expect([one.client.$unread.get(), two.client.$unread.get()]).to.deep.equal([1, 1]);
    two.client.markRead();
    await clock.advance(50);
    expect([one.client.$unread.get(), two.client.$unread.get()]).to.deep.equal([0, 0]);
  });

  it('tell what was delivered once', async () => {
    const { server, contactId, clock } = await twoTabs();
    const id = server.say(contactId, 'Hello');
    const delivered: unknown[] = [];
    server.network.watch((_, frame) => {
      if (frame.type !== 'reply' || !('ok' in frame.reply)) return;
      const { contactMark } = frame.reply.ok as Partial<Marks>;
      if (contactMark) delivered.push(contactMark.delivered);
    });
    server.answer(id, 'ag_1', 'Good day');
    await clock.advance(50);
    // The line that Ann joined, and what she wrote.
    expect(delivered).to.deep.equal([2, 3]);
  });

  it('a client that is disposed leaves neither lock nor timer, however often', async () => {
    const profile = createProfile();
    await profile.clock.advance(60_000);
    const before = profile.clock.pending;
    for (let n = 0; n < 100; n++) {
      const { client } = profile.visitor();
      await profile.clock.advance(20);
      client.setDraft('Hel');
      client.setTyping(true);
      client.dispose();
    }
    await profile.clock.advance(60_000);
    expect(profile.interested()).to.equal(0);
    expect(profile.clock.pending).to.equal(before);
  });

  it('ring once for each message, also when the leader dies', async () => {
    const { server, one, two, contactId, clock } = await twoTabs();
    const id = server.say(contactId, 'Hello');
    await clock.advance(50);
    expect([one.rings(), two.rings()]).to.deep.equal([0, 0]);
    server.answer(id, 'ag_1', 'Good day');
    await clock.advance(50);
    expect([one.rings(), two.rings()]).to.deep.equal([1, 0]);
    one.tab.kill();
    await clock.advance(50);
    expect(two.rings()).to.equal(0);
    server.answer(id, 'ag_1', 'How can I help?');
    await clock.advance(50);
    expect(two.rings()).to.equal(1);
  });

  it('a message that came while nobody led rings once, by who leads next', async () => {
    const { server, one, two, contactId, clock } = await twoTabs();
    const id = server.say(contactId, 'Hello');
    await clock.advance(50);
    server.cut({ stayDown: true });
    one.tab.kill();
    await clock.advance(50);
    server.answer(id, 'ag_1', 'Good day');
    server.restore();
    await clock.advance(40_000);
    expect(two.rings()).to.equal(1);
    expect(texts(two.client).at(-1)).to.equal('Good day');
  });
});

describe('tabs of one agent', () => {
  it('show one inbox over one connection, ring once, and read in all', async () => {
    const { server, clock, agent, dials } = createProfile();
    const id = server.seed({ messages: [{ text: 'Hello' }] });
    const [one, two] = [agent(), agent()];
    const lists = [one, two].map(({ client }) => client.list(everything));
    observe(...lists.map(({ $list }) => $list));
    await clock.advance(100);
    expect(dials()).to.equal(1);
    const contactId = server.workspace.conversations.get(id)?.contactId ?? '';
    server.say(contactId, 'Are you there?');
    await clock.advance(100);
    expect(one.rings() + two.rings()).to.equal(1);
    for (const { $list } of lists) {
      expect($list.get().cards[0]?.conversation.lastMessage?.excerpt).to.equal('Are you there?');
    }
    const thread = two.client.conversation(id);
    observe(thread.$thread);
    await clock.advance(100);
    thread.send('reply', 'Yes, I am.');
    thread.markRead();
    await clock.advance(500);
    expect(thread.$thread.get().items.at(-1)?.state).to.equal('sent');
    for (const { $list } of lists) {
      expect($list.get().cards[0]?.conversation.reads['ag_1']).to.be.greaterThan(1);
    }
  });
});
