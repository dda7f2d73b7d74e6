import { expect } from '@open-wc/testing';
import type { View } from '../../domain/index.js';
import { createFakeClock } from '../../testing/fake-clock.js';
import { createMemoryServer, type MemoryServer } from './memory-server.js';
import { conversationSnapshot } from './snapshots.js';
import { windowOf } from './windows.js';

const all: View = { name: 'all', state: 'open', channel: 'all', order: 'newest' };

function createOffice(): MemoryServer {
  return createMemoryServer({
    clock: createFakeClock(),
    agents: [
      { id: 'ag_1', name: 'Ann', role: 'owner' },
      { id: 'ag_2', name: 'Bob' },
    ],
  });
}

const snapshot = ({ workspace }: MemoryServer, id: string) => {
  const conversation = workspace.conversations.get(id);
  if (!conversation) throw new Error(`There is no ${id}.`);
  return conversationSnapshot(workspace, conversation);
};

describe('a memory server’s seeds', () => {
  it('hold earlier conversations of the same contact', () => {
    const office = createOffice();
    const contact = { id: 'ct_1', name: 'Maja' };
    const old = office.seed({ contact, live: false, messages: [{ text: 'Old', agoMs: 60_000 }] });
    const live = office.seed({ contact: { id: 'ct_1' }, messages: [{ text: 'New' }] });
    expect(office.workspace.contacts.size).to.equal(1);
    expect([snapshot(office, old).live, snapshot(office, live).live]).to.deep.equal([false, true]);
    expect(snapshot(office, old).createdAt).to.equal(office.workspace.now() - 60_000);
    const window = windowOf(office.workspace, all, 'ag_1', null, 10);
    expect(window.conversations.map(({ id }) => id)).to.deep.equal([live]);
  });

  it('hold emails in every state, and comments that name agents', () => {
    const office = createOffice();
    const id = office.seed({
      channel: 'email',
      subject: 'Invoice',
      contact: { email: 'jun@tanaka.example' },
      messages: [
        { text: 'Where is it?' },
        { by: 'ag_1', text: 'Here', email: { state: 'failed', error: '550' } },
        { by: 'ag_1', kind: 'comment', text: '@Bob?', mentions: ['ag_2'] },
        { by: 'ag_1', text: 'Wrong', deleted: true },
      ],
      contactHas: 'received',
    });
    const conversation = office.workspace.conversations.get(id);
    expect(conversation?.messages.map(({ email }) => email?.state ?? null)).to.deep.equal([
      null,
      null,
      'failed',
      null,
      'sent',
    ]);
    const { subject, mentions, lastMessage } = snapshot(office, id);
    expect([subject, mentions]).to.deep.equal(['Invoice', { ag_2: 4 }]);
    expect(lastMessage?.excerpt).to.equal('@Bob?');
    expect(conversation?.contactMark).to.deep.equal({ delivered: 6, read: 0 });
  });

  it('are filled with very many, in order and counted', () => {
    const office = createOffice();
    const ids = office.fillConversations(3_000);
    const { conversations, more } = windowOf(office.workspace, all, 'ag_1', null, 50);
    expect(more).to.equal(true);
    expect(conversations.map(({ id }) => id)).to.deep.equal(ids.slice(-50).reverse());
    const { all: counted, unassigned } = office.workspace.tally.counts();
    expect([counted, unassigned]).to.deep.equal([3_000, 1_000]);

    const last = conversations.at(-1);
    const next = windowOf(office.workspace, all, 'ag_1', last ?? null, 50);
    expect(next.conversations.map(({ id }) => id)).to.deep.equal(ids.slice(-100, -50).reverse());
  });

  it('put very many messages of both sides before what a conversation holds', () => {
    const office = createOffice();
    const id = office.seed({
      assigneeIds: ['ag_1'],
      messages: [{ text: 'First' }, { by: 'ag_1', text: 'Last' }],
      contactHas: 'read',
    });
    office.fillMessages(id, 500);
    const conversation = office.workspace.conversations.get(id);
    const messages = conversation?.messages ?? [];
    expect(messages.slice(-2).map(({ text }) => text)).to.deep.equal(['First', 'Last']);
    expect(messages.length).to.equal(502);
    expect(conversation?.lastContactPosition).to.equal(501);
    expect(conversation?.contactMark.read).to.equal(502);
    expect(messages.every(({ position }, index) => position === index + 1)).to.equal(true);
    const times = messages.map(({ createdAt }) => createdAt);
    expect(times).to.deep.equal([...times].sort((a, b) => a - b));
    expect(new Set(messages.map(({ author }) => author.type)).size).to.equal(2);
  });
});

describe('a memory server without an agent', () => {
  it('gives up what they had', () => {
    const office = createOffice();
    const id = office.seed({ assigneeIds: ['ag_2'], messages: [{ text: 'Hello' }] });
    const group = { name: 'Sales', names: {}, private: false, memberIds: ['ag_1', 'ag_2'] };
    const { id: groupId } = office.acts.saveGroup('ag_1', group);
    office.acts.removeAgent('ag_2');
    expect(snapshot(office, id).assigneeIds).to.deep.equal([]);
    expect(office.workspace.groups.get(groupId)?.memberIds).to.deep.equal(['ag_1']);
    expect(office.workspace.tally.counts().byAgent).to.deep.equal({});
  });
});
