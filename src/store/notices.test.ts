import { expect } from '@open-wc/testing';
import { createFakeTabs, type FakeTab } from '../testing.js';
import { createTabTransport } from '../transport/tabs/index.js';
import * as sharing from '../transport/tabs/sharing.js';
import type { Preferences } from '../domain/index.js';
import { createAgentClient, type AgentClient, type Notice } from './agent-client.js';
import { memoryStorage } from './storage.js';
import { createOffice, everything, observe } from './testing.fixture.js';

const mine = { id: 'cv_1', contact: { id: 'ct_1', name: 'Vera' }, assigneeIds: ['ag_1'] };
const nobodys = { id: 'cv_2', contact: { id: 'ct_2', name: 'Bo' } };
const others = { id: 'cv_3', contact: { id: 'ct_3', name: 'Cy' }, assigneeIds: ['ag_2'] };

function told(client: AgentClient): string[] {
  const notices: string[] = [];
  client.onNotice(({ kind, conversation }: Notice) => notices.push(`${kind} ${conversation.id}`));
  return notices;
}

/** An agent whose inbox is joined, with what they are told. */
async function present(preferences: Partial<Preferences> = { desktop: 'mine' }) {
  const office = createOffice({ conversations: [mine, nobodys, others] });
  const client = office.agent();
  const notices = told(client);
  let rings = 0;
  client.onRing(() => rings++);
  observe(client.$me);
  await office.clock.advance(1_000);
  const saved = client.setPreferences(preferences);
  await office.clock.advance(1_000);
  await saved;
  return { ...office, client, notices, rings: () => rings };
}

describe('desktop notifications', () => {
  for (const [scope, heard] of [
    ['none', []],
    ['mine', ['message cv_1']],
    ['unassigned', ['message cv_1', 'message cv_2']],
    ['all', ['message cv_1', 'message cv_2', 'message cv_3']],
  ] as const) {
    it(`tell of messages in the scope ${scope}, each once`, async () => {
      const { clock, server, notices } = await present({ desktop: scope });
      for (const contact of ['ct_1', 'ct_2', 'ct_3']) server.say(contact, 'Hello');
      await clock.advance(0);
      server.acts.raiseMark('cv_1', { agentId: 'ag_2' }, { read: 1 });
      await clock.advance(1_000);

      expect(notices).to.deep.equal(heard);
    });
  }

  it('tell of each message of several conversations, and none of one’s own replies', async () => {
    const { clock, server, client, notices } = await present();
    server.say('ct_1', 'One');
    await clock.advance(1_000);
    client.conversation('cv_1').send('reply', 'Yes?');
    await clock.advance(1_000);
    server.answer('cv_1', 'ag_2', 'I am here too');
    server.say('ct_1', 'Two');
    await clock.advance(1_000);

    expect(notices).to.deep.equal(['message cv_1', 'message cv_1']);
  });

  it('tell that somebody else assigned a conversation, not that one took it', async () => {
    const { clock, server, client, notices } = await present();
    server.acts.assign('cv_2', 'ag_2', ['ag_1']);
    await clock.advance(1_000);
    expect(notices).to.deep.equal(['assigned cv_2']);
    void client.conversation('cv_3').assign(['ag_1', 'ag_2']);
    await clock.advance(1_000);
    expect(notices).to.deep.equal(['assigned cv_2']);
    server.acts.assign('cv_2', 'ag_2', []);
    await clock.advance(1_000);
    client.conversation('cv_2').send('reply', 'Mine again');
    await clock.advance(1_000);

    expect(notices).to.deep.equal(['assigned cv_2']);
  });

  it('S3.16 tell who was assigned by an agent that never joined, and several may be', async () => {
    const { agent, clock, client, notices } = await present();
    const mineView = { ...everything, name: 'mine' as const };
    const list = client.list(mineView);
    observe(list.$list);
    const bob = agent('ag_2');
    observe(bob.$me);
    await clock.advance(1_000);
    void bob.conversation('cv_2').assign(['ag_1', 'ag_2']);
    await clock.advance(1_000);

    expect(notices).to.deep.equal(['assigned cv_2']);
    const ids = list.$list.get().cards.map(({ conversation }) => conversation.id);
    expect(ids).to.have.members(['cv_1', 'cv_2']);
    expect(
      list.$list.get().cards.map(({ conversation }) => conversation.assigneeIds),
    ).to.deep.include(['ag_1', 'ag_2']);
  });

  it('S3.29 tell who was named by @ in a comment, which agents alone get', async () => {
    const { agent, clock, client, notices } = await present();
    const bob = agent('ag_2');
    observe(bob.$me, bob.conversation('cv_3').$thread);
    await clock.advance(1_000);
    bob.conversation('cv_3').send('comment', '@Ann, what do you think?', [], ['ag_1']);
    await clock.advance(1_000);
    expect(notices).to.deep.equal(['mentioned cv_3']);
    const conversation = client.conversation('cv_3');
    observe(conversation.$thread);
    await clock.advance(1_000);

    expect(conversation.$thread.get().items.at(-1)?.mentions).to.deep.equal(['ag_1']);
    expect(conversation.$conversation.get()?.mentions['ag_1']).to.be.greaterThan(0);
  });

  it('tell of a conversation that was assigned while there was no connection', async () => {
    const { clock, server, notices } = await present();
    server.cut({ stayDown: true });
    server.acts.assign('cv_3', 'ag_2', ['ag_1']);
    server.restore();
    await clock.advance(1_000);

    expect(notices).to.deep.equal(['assigned cv_3']);
  });

  it('tell of a comment that names the agent, once', async () => {
    const { clock, server, notices } = await present();
    const mention = (clientId: string, mentions: string[]): void => {
      server.acts.agentWrites('cv_3', 'ag_2', {
        clientId,
        kind: 'comment',
        text: '@Ann',
        mentions,
      });
    };
    mention('00000000-0000-7000-8000-0000000000a1', ['ag_1']);
    await clock.advance(1_000);
    mention('00000000-0000-7000-8000-0000000000a2', []);
    server.acts.raiseMark('cv_3', { agentId: 'ag_2' }, { read: 1 });
    await clock.advance(1_000);

    expect(notices).to.deep.equal(['mentioned cv_3']);
  });

  it('S4.1 say nothing while the agent is offline, by sound or on the desktop, nor later', async () => {
    const { clock, server, client, notices, rings } = await present();
    void client.setStatus('offline');
    await clock.advance(1_000);
    server.say('ct_1', 'Hello?');
    server.acts.assign('cv_2', 'ag_2', ['ag_1']);
    await clock.advance(1_000);
    void client.setStatus('online');
    await clock.advance(1_000);
    server.acts.raiseMark('cv_1', { agentId: 'ag_2' }, { read: 1 });
    await clock.advance(1_000);
    expect([notices, rings()]).to.deep.equal([[], 0]);
    server.say('ct_1', 'There you are');
    await clock.advance(1_000);

    expect([notices, rings()]).to.deep.equal([['message cv_1'], 1]);
  });

  it('begin with the choice: nothing that was before is told', async () => {
    const { clock, server, client, notices } = await present({ desktop: 'none' });
    server.say('ct_1', 'Before');
    await clock.advance(1_000);
    void client.setPreferences({ desktop: 'all' });
    await clock.advance(1_000);
    server.acts.raiseMark('cv_1', { agentId: 'ag_2' }, { read: 1 });
    await clock.advance(1_000);
    expect(notices).to.deep.equal([]);
    server.say('ct_1', 'After');
    await clock.advance(1_000);

    expect(notices).to.deep.equal(['message cv_1']);
  });
});

describe('attention over several tabs', () => {
  function tabs() {
    const { server, clock } = createOffice({ conversations: [mine, nobodys, others] });
    const browser = createFakeTabs();
    const storage = memoryStorage();
    const notices: string[] = [];
    let killed: FakeTab | null = null;
    const agent = server.workspace.agents.get('ag_1');
    if (agent) agent.preferences = { ...agent.preferences, desktop: 'mine' };
    return {
      server,
      clock,
      notices,
      kill(tab: FakeTab): void {
        killed = tab;
        tab.kill();
      },
      async open(): Promise<{ tab: FakeTab; client: AgentClient }> {
        const tab = browser.tab();
        const api = server.api({ agentId: 'ag_1' });
        const client = createAgentClient({
          transport: createTabTransport({
            name: server.workspace.id,
            getToken: async () => (await api.agentToken()).token,
            identity: () => 'ag_1',
            transport: server.transport,
            browser: tab,
            loadSharing: async () => sharing,
            clock,
          }),
          workspaceId: server.workspace.id,
          storage,
          clock,
        });
        client.onNotice(({ kind, conversation }) => {
          if (tab !== killed) notices.push(`${kind} ${conversation.id}`);
        });
        observe(client.$me, client.list(everything).$list);
        await clock.advance(2_000);
        return { tab, client };
      },
    };
  }

  it('S3.36 one tab tells, and the one that leads after it tells nothing twice', async () => {
    const { server, clock, notices, open, kill } = tabs();
    const first = await open();
    await open();
    server.say('ct_1', 'Hello');
    await clock.advance(1_000);
    expect(notices).to.deep.equal(['message cv_1']);
    kill(first.tab);
    await clock.advance(40_000);
    server.acts.raiseMark('cv_1', { agentId: 'ag_2' }, { read: 1 });
    await open();
    await clock.advance(1_000);
    expect(notices).to.deep.equal(['message cv_1']);
    server.say('ct_1', 'Again');
    await clock.advance(1_000);

    expect(notices).to.deep.equal(['message cv_1', 'message cv_1']);
  });

  it('does not tell of what the agent took in another tab', async () => {
    const { clock, notices, open } = tabs();
    await open();
    const second = await open();
    void second.client.conversation('cv_3').assign(['ag_1']);
    await clock.advance(1_000);

    expect(notices).to.deep.equal([]);
  });
});

describe('the badge', () => {
  it('counts conversations with a dot within the scope that was chosen', async () => {
    const { clock, server, client } = await present({ badge: 'mine' });
    observe(client.$badge);
    await clock.advance(0);
    for (const contact of ['ct_1', 'ct_2', 'ct_3']) server.say(contact, 'Hello');
    await clock.advance(20);
    expect(client.$badge.get()).to.equal(1);
    void client.setPreferences({ badge: 'unassigned' });
    await clock.advance(20);
    expect(client.$badge.get()).to.equal(2);
    void client.setPreferences({ badge: 'all' });
    await clock.advance(31_000);
    expect(client.$badge.get()).to.equal(3);
    void client.setPreferences({ badge: 'none' });
    await clock.advance(20);

    expect(client.$badge.get()).to.equal(0);
  });

  it('counts no further than to a hundred', async () => {
    const conversations = Array.from({ length: 130 }, (_, n) => ({
      contact: { id: `ct_${n}` },
      messages: [{ text: 'Hello', agoMs: n * 1_000 }],
    }));
    const { agent, clock } = createOffice({ conversations });
    const client = agent();
    observe(client.$badge);
    await clock.advance(100);

    expect(client.$badge.get()).to.equal(100);
  });
});
