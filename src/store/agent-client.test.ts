import { expect } from '@open-wc/testing';
import { CodedError } from '../protocol/index.js';
import { settled } from '../testing.js';
import { createAgentClient } from './agent-client.js';
import { memoryStorage } from './storage.js';
import { createOffice, everything, observe } from './testing.fixture.js';

const one = { id: 'cv_1', contact: { id: 'ct_1', name: 'Vera' }, messages: [{ text: 'Hi' }] };

async function refusal(act: Promise<void>): Promise<string> {
  return act.then(
    () => 'done',
    (error: unknown) => (error instanceof CodedError ? error.code : String(error)),
  );
}

describe('agent client: work', () => {
  it('does none before the first subscriber, not even for a get', async () => {
    const { agent, clock } = createOffice({ conversations: [one] });
    const client = agent();
    client.list(everything).$list.get();
    client.conversation('cv_1').$thread.get();
    client.$me.get();
    await clock.advance(5_000);

    expect(client.$connection.get().state).to.equal('idle');
    expect(clock.pending).to.equal(0);
  });

  it('ends after the last subscriber', async () => {
    const { agent, clock, server } = createOffice({ conversations: [one] });
    const client = agent();
    const list = client.list(everything);
    const conversation = client.conversation('cv_1');
    const stop = observe(list.$list, conversation.$thread, conversation.$typing);
    server.contactTypes('ct_1', true);
    await clock.advance(100);
    stop();
    await clock.advance(2_000);
    expect(client.$connection.get().state).to.equal('closed');
    const cards = list.$list.get().cards;
    server.say('ct_1', 'unheard');
    await clock.advance(5_000);

    expect(list.$list.get().cards).to.equal(cards);
    expect(clock.pending).to.equal(0);
  });

  it('goes on while screens are swapped', async () => {
    const { agent, clock, server } = createOffice({ conversations: [one] });
    const client = agent();
    const joins: string[] = [];
    server.network.watch((_, frame) => frame.type === 'reply' && joins.push(frame.topic));
    const stop = observe(client.conversation('cv_1').$thread);
    await clock.advance(100);
    stop();
    await clock.advance(500);
    observe(client.conversation('cv_1').$conversation);
    await clock.advance(5_000);

    expect(joins).to.deep.equal([`inbox:${server.workspace.id}`, 'conversation:cv_1']);
  });

  it('begins again with what it missed', async () => {
    const { agent, clock, server } = createOffice({ conversations: [one] });
    const client = agent();
    const conversation = client.conversation('cv_1');
    const stop = observe(conversation.$thread);
    await clock.advance(100);
    stop();
    await clock.advance(2_000);
    server.say('ct_1', 'still there?');
    observe(conversation.$thread);
    await clock.advance(100);

    expect(conversation.$thread.get().items.map(({ text }) => text)).to.deep.equal([
      'Hi',
      'still there?',
    ]);
    expect(conversation.$thread.get().newAfter).to.equal(0);
  });

  it('connects and disconnects when told', async () => {
    const { agent, clock } = createOffice();
    const client = agent();
    client.connect();
    await clock.advance(0);
    expect(client.$connection.get().state).to.equal('online');
    client.disconnect();
    observe(client.$me);
    await clock.advance(1_000);

    expect(client.$connection.get().state).to.equal('closed');
  });

  it('tells a refusal of the token', async () => {
    const { agent, clock, server } = createOffice();
    server.refuse('unauthorized');
    const client = agent();
    observe(client.$me);
    await clock.advance(100);

    expect(client.$connection.get()).to.deep.equal({ state: 'refused', code: 'unauthorized' });
  });
});

describe('agent client: the workspace', () => {
  it('says in each list that the workspace is another’s', async () => {
    const { clock, server } = createOffice();
    const client = createAgentClient({
      transport: server.agentTransport('ag_1'),
      workspaceId: 'ws_other',
      storage: memoryStorage(),
      clock,
    });
    const list = client.list(everything);
    observe(list.$list);
    await clock.advance(100);

    expect(list.$list.get().error?.code).to.equal('forbidden');
  });

  it('knows oneself, colleagues, groups and counts', async () => {
    const { agent, clock, server } = createOffice({
      conversations: [one, { id: 'cv_2', assigneeIds: ['ag_1'] }],
    });
    const client = agent();
    observe(client.$me, client.$agents, client.$counts);
    await clock.advance(0);

    expect(client.$workspace.get()).to.deep.equal({ id: server.workspace.id, name: 'Example' });
    expect(client.$me.get()?.name).to.equal('Ann');
    expect([...client.$agents.get().keys()]).to.deep.equal(['ag_1', 'ag_2']);
    expect(client.$counts.get()).to.deep.equal({ unassigned: 1, all: 2, byAgent: { ag_1: 1 } });
    server.acts.assign('cv_1', 'ag_2', ['ag_2']);
    await clock.advance(0);
    expect(client.$counts.get()?.unassigned).to.equal(0);
  });

  it('shows one’s own status at once, and takes it back when refused', async () => {
    const { agent, clock, server } = createOffice();
    const client = agent();
    observe(client.$me);
    await clock.advance(0);
    const done = client.setStatus('invisible');
    expect(client.$me.get()?.status).to.equal('invisible');
    await clock.advance(0);
    await done;
    expect(server.workspace.agents.get('ag_1')?.status).to.equal('invisible');

    const lost = refusal(client.setStatus('offline'));
    server.cut();
    await clock.advance(0);
    expect(await lost).to.equal('connection_lost');
    expect(client.$me.get()?.status).to.equal('invisible');
  });

  it('drops an agent’s event of a lower version', async () => {
    const { agent, clock, server } = createOffice();
    const client = agent();
    observe(client.$agents);
    await clock.advance(0);
    const bob = client.$agents.get().get('ag_2');
    const topic = `inbox:${server.workspace.id}`;
    server.network.broadcast(topic, 'agent:changed', {
      agent: { ...bob, name: 'Stale', version: 0 },
    });
    await clock.advance(0);

    expect(client.$agents.get().get('ag_2')?.name).to.equal('Bob');
  });
});

describe('agent client: a conversation', () => {
  it('shows an assignment at once everywhere, and takes it back when refused', async () => {
    const { agent, clock } = createOffice({ conversations: [one] });
    const client = agent();
    const conversation = client.conversation('cv_1');
    const list = client.list({ ...everything, name: 'unassigned' });
    observe(conversation.$conversation, list.$list);
    await clock.advance(0);
    const done = refusal(conversation.assign(['ag_nobody']));
    expect(conversation.$conversation.get()?.assigneeIds).to.deep.equal(['ag_nobody']);
    expect(list.$list.get().cards.length).to.equal(0);
    await clock.advance(0);

    expect(await done).to.equal('agent_not_found');
    expect(conversation.$conversation.get()?.assigneeIds).to.deep.equal([]);
    expect(list.$list.get().cards.length).to.equal(1);
  });

  it('is closed and reopened', async () => {
    const { agent, clock, server } = createOffice({ conversations: [one] });
    const conversation = agent().conversation('cv_1');
    observe(conversation.$conversation);
    await clock.advance(0);
    const closed = conversation.close();
    expect(conversation.$conversation.get()?.state).to.equal('closed');
    await clock.advance(0);
    await closed;
    expect(server.workspace.conversations.get('cv_1')?.state).to.equal('closed');
    const reopened = conversation.reopen();
    await clock.advance(0);
    await reopened;

    expect(conversation.$conversation.get()?.state).to.equal('open');
  });

  it('is closed from the list, without being open in a thread (S3.9)', async () => {
    const { agent, clock, server } = createOffice({ conversations: [one] });
    const client = agent();
    const list = client.list(everything);
    observe(list.$list);
    await clock.advance(0);
    const done = client.conversation('cv_1').close();
    expect(list.$list.get().cards.length).to.equal(0);
    await clock.advance(0);
    await done;

    expect(server.workspace.conversations.get('cv_1')?.state).to.equal('closed');
  });

  it('takes back a closing while offline', async () => {
    const { agent, clock, server } = createOffice({ conversations: [one] });
    const client = agent();
    const list = client.list(everything);
    observe(list.$list);
    await clock.advance(0);
    server.cut({ stayDown: true });

    expect(await refusal(client.conversation('cv_1').close())).to.equal('connection_lost');
    expect(list.$list.get().cards.length).to.equal(1);
  });

  it('keeps the edits of two agents in different fields (S3.35)', async () => {
    const { agent, clock } = createOffice({ conversations: [one] });
    const [ann, bob] = [agent('ag_1'), agent('ag_2')].map((c) => c.conversation('cv_1'));
    if (!ann || !bob) throw new Error('Two agents are needed.');
    observe(ann.$contact, bob.$contact);
    await clock.advance(0);
    const both = Promise.all([
      ann.updateContact({ email: 'vera@example.com' }),
      bob.updateContact({ phone: '123' }),
    ]);
    expect(ann.$contact.get()?.email).to.equal('vera@example.com');
    await clock.advance(0);
    await both;

    for (const { $contact } of [ann, bob]) {
      expect($contact.get()?.email).to.equal('vera@example.com');
      expect($contact.get()?.phone).to.equal('123');
      expect($contact.get()?.name).to.equal('Vera');
    }
  });

  it('takes back a contact’s field that is refused', async () => {
    const { agent, clock } = createOffice({ conversations: [one] });
    const conversation = agent().conversation('cv_1');
    observe(conversation.$contact);
    await clock.advance(0);
    const done = refusal(conversation.updateContact({ email: 'nonsense' }));
    await clock.advance(0);

    expect(await done).to.equal('invalid_email');
    expect(conversation.$contact.get()?.email).to.equal(null);
  });

  it('says why it cannot be shown, and tries again when asked', async () => {
    const { agent, clock, server } = createOffice();
    const conversation = agent().conversation('cv_later');
    observe(conversation.$thread);
    await clock.advance(0);
    expect(conversation.$thread.get().error?.code).to.equal('conversation_not_found');
    server.seed({ ...one, id: 'cv_later' });
    conversation.reload();
    await clock.advance(0);

    expect(conversation.$thread.get().status).to.equal('ready');
    expect(conversation.$thread.get().error).to.equal(null);
  });

  it('takes no text that it could not keep for its author', async () => {
    const { agent, clock } = createOffice({ conversations: [one] });
    const storage = memoryStorage();
    const client = agent('ag_1', storage);
    const conversation = client.conversation('cv_1');
    observe(conversation.$thread);

    const early = conversation.send('reply', 'before anybody is known');
    await clock.advance(0);
    const later = conversation.send('reply', 'after');
    await settled();

    expect([early, later]).to.deep.equal([false, true]);
    expect(conversation.$thread.get().items.map(({ text }) => text)).not.to.include(
      'before anybody is known',
    );
  });

  it('edits and deletes one’s own message', async () => {
    const { agent, clock } = createOffice({ conversations: [one] });
    const conversation = agent().conversation('cv_1');
    observe(conversation.$thread);
    await clock.advance(0);
    conversation.send('comment', 'first');
    await clock.advance(0);
    const id = conversation.$thread.get().items.at(-1)?.id ?? '';
    void conversation.edit(id, 'second');
    await clock.advance(0);
    expect(conversation.$thread.get().items.at(-1)?.text).to.equal('second');
    void conversation.delete(id);
    await clock.advance(0);

    expect(conversation.$thread.get().items.at(-1)?.deletedAt).not.to.equal(null);
  });

  it('shows who else looks at it and types in it (S3.30)', async () => {
    const { agent, clock } = createOffice({ conversations: [one] });
    const [ann, bob] = [agent('ag_1'), agent('ag_2')].map((c) => c.conversation('cv_1'));
    if (!ann || !bob) throw new Error('Two agents are needed.');
    observe(ann.$thread, ann.$viewers, ann.$typing);
    const stop = observe(bob.$thread);
    await clock.advance(0);
    bob.setTyping('comment', true);
    await clock.advance(0);
    expect(ann.$viewers.get()).to.deep.equal(['ag_2']);
    expect(ann.$typing.get().map(({ name }) => name)).to.deep.equal(['Bob']);
    stop();
    await clock.advance(6_000);

    expect(ann.$viewers.get()).to.deep.equal([]);
    expect(ann.$typing.get()).to.deep.equal([]);
  });

  it('keeps a draft over a reload, apart for each agent (S3.28)', async () => {
    const { agent, clock } = createOffice({ conversations: [one] });
    const storage = memoryStorage();
    const before = agent('ag_1', storage).conversation('cv_1');
    const stop = observe(before.$draft);
    await clock.advance(0);
    before.setDraft({ reply: 'half a sen' });
    before.setDraft({ kind: 'comment' });
    await clock.advance(1_000);
    stop();

    const after = agent('ag_1', storage).conversation('cv_1');
    const others = agent('ag_2', storage).conversation('cv_1');
    observe(after.$draft, others.$draft);
    await clock.advance(0);
    expect(after.$draft.get()).to.deep.equal({ kind: 'comment', reply: 'half a sen', comment: '' });
    expect(others.$draft.get().reply).to.equal('');
    after.setDraft({ reply: '' });
    await clock.advance(1_000);
    expect(await storage.entries('draft/')).to.deep.equal([]);
  });

  it('loads older messages without moving any', async () => {
    const messages = Array.from({ length: 120 }, (_, n) => ({ text: `${n}` }));
    const { agent, clock } = createOffice({ conversations: [{ ...one, messages }] });
    const conversation = agent().conversation('cv_1');
    observe(conversation.$thread);
    await clock.advance(0);
    expect(conversation.$thread.get().items.length).to.equal(50);
    expect(conversation.$thread.get().hasOlder).to.equal(true);
    for (let page = 0; page < 2; page++) {
      conversation.loadOlder();
      conversation.loadOlder();
      await clock.advance(0);
    }

    const texts = conversation.$thread.get().items.map(({ text }) => text);
    expect(texts).to.deep.equal(messages.map(({ text }) => text));
    expect(conversation.$thread.get().hasOlder).to.equal(false);
  });
});
