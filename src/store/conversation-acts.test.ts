import { expect } from '@open-wc/testing';
import { CodedError } from '../protocol/index.js';
import { settled } from '../testing.js';
import { createAgentClient, type AgentClient } from './agent-client.js';
import { memoryStorage } from './storage.js';
import { createOffice, everything, observe, type Office } from './testing.fixture.js';

const one = { id: 'cv_1', contact: { id: 'ct_1', name: 'Vera' }, messages: [{ text: 'Hi' }] };

async function code(act: Promise<unknown>): Promise<string> {
  return act.then(
    () => 'done',
    (error: unknown) => (error instanceof CodedError ? error.code : String(error)),
  );
}

/** A client whose files are there when the test says so. */
function withFiles({ server, clock }: Office): {
  client: AgentClient;
  arrive(): void;
  fail(code: CodedError['code']): void;
} {
  const waiting: { resolve(): void; reject(error: CodedError): void }[] = [];
  const api = server.api({ agentId: 'ag_1' });
  const client = createAgentClient({
    transport: server.agentTransport('ag_1'),
    workspaceId: server.workspace.id,
    storage: memoryStorage(),
    clock,
    files: {
      address: (path) => path,
      getToken: async () => (await api.agentToken()).token,
      async upload(request) {
        await new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }));
        return api.upload(request);
      },
    },
  });
  return {
    client,
    arrive: () => waiting.splice(0).forEach(({ resolve }) => resolve()),
    fail: (reason) => waiting.splice(0).forEach(({ reject }) => reject(new CodedError(reason))),
  };
}

const picture = { name: 'a.png', size: 10, type: 'image/png' };

describe('acts on a conversation', () => {
  it('give it to a group at once, and take that back when refused', async () => {
    const { agent, clock } = createOffice({
      conversations: [one],
      groups: [{ id: 'gr_1', name: 'Sales' }],
    });
    const conversation = agent().conversation('cv_1');
    observe(conversation.$conversation, conversation.$thread);
    await clock.advance(0);
    const done = conversation.assignGroup('gr_1');
    expect(conversation.$conversation.get()?.groupId).to.equal('gr_1');
    await clock.advance(0);
    await done;
    const refused = code(conversation.assignGroup('gr_none'));
    await clock.advance(0);

    expect(await refused).to.equal('group_not_found');
    expect(conversation.$conversation.get()?.groupId).to.equal('gr_1');
    expect(conversation.$thread.get().items.at(-1)?.system?.type).to.equal('grouped');
  });

  it('S3.17 block the contact or also the address, list who is, and lift it', async () => {
    const { agent, clock } = createOffice({ conversations: [one] });
    const client = agent();
    const conversation = client.conversation('cv_1');
    observe(conversation.$contact);
    await clock.advance(0);
    const blocking = conversation.block('address');
    expect(conversation.$contact.get()?.blocked).to.equal('address');
    await clock.advance(0);
    await blocking;
    const asking = client.blockedContacts();
    await clock.advance(0);
    expect((await asking).contacts.map(({ contact }) => contact.id)).to.deep.equal(['ct_1']);
    const lifting = client.liftBlock('ct_1');
    await clock.advance(0);
    await lifting;
    expect(conversation.$contact.get()?.blocked).to.equal(null);
    void conversation.block('contact');
    await clock.advance(0);
    void conversation.unblock();
    await clock.advance(0);

    expect(conversation.$contact.get()?.blocked).to.equal(null);
  });

  it('S3.31 edit every field of a contact, one by one, seen at once', async () => {
    const { agent, clock } = createOffice({
      conversations: [one],
      groups: [{ id: 'gr_1', name: 'Sales' }],
    });
    const [ann, bob] = [agent('ag_1'), agent('ag_2')].map((each) => each.conversation('cv_1'));
    if (!ann || !bob) throw new Error('Two agents are needed.');
    observe(ann.$contact, bob.$contact);
    await clock.advance(0);
    void ann.updateContact({ attributes: { Plan: 'Pro' }, addTags: ['vip'], groupId: 'gr_1' });
    void ann.updateContact({ attributes: { Seats: '5' }, consents: { terms: true } });
    void bob.updateContact({ notes: 'Calls on Mondays', language: 'sv', addTags: ['late'] });
    expect(ann.$contact.get()?.attributes).to.deep.equal([
      { key: 'Plan', value: 'Pro' },
      { key: 'Seats', value: '5' },
    ]);
    await clock.advance(0);

    for (const { $contact } of [ann, bob]) {
      expect($contact.get()).to.include({
        notes: 'Calls on Mondays',
        language: 'sv',
        groupId: 'gr_1',
      });
      expect($contact.get()?.tags).to.have.members(['vip', 'late']);
      expect($contact.get()?.consents[0]).to.include({ name: 'terms', given: true });
    }
    expect(ann.$contact.get()).to.deep.equal(bob.$contact.get());
  });

  it('delete it for everybody who looks at it or lists it', async () => {
    const { agent, clock } = createOffice({ conversations: [one] });
    const [ann, bob] = [agent('ag_1'), agent('ag_2')];
    const list = bob.list(everything);
    const [theirs, hers] = [bob.conversation('cv_1'), ann.conversation('cv_1')];
    observe(list.$list, theirs.$thread, hers.$thread);
    await clock.advance(0);
    const done = hers.remove();
    await clock.advance(0);
    await done;

    for (const { $removed, $thread, $conversation } of [theirs, hers]) {
      expect($removed.get()).to.equal(true);
      expect($thread.get().error?.code).to.equal('conversation_not_found');
      expect($thread.get().items).to.deep.equal([]);
      expect($conversation.get()).to.equal(null);
    }
    expect(list.$list.get().cards).to.deep.equal([]);
    expect(theirs.send('reply', 'Too late')).to.equal(false);
  });

  it('lose what waits to be sent to a conversation that was deleted, in words', async () => {
    const { agent, clock, server } = createOffice({ conversations: [one] });
    const conversation = agent().conversation('cv_1');
    observe(conversation.$thread);
    await clock.advance(0);
    server.cut({ stayDown: true });
    conversation.send('reply', 'Still here?');
    server.acts.deleteConversation('cv_1');
    server.restore();
    await clock.advance(10_000);

    const item = conversation.$thread.get().items.at(-1);
    expect([item?.text, item?.state]).to.deep.equal(['Still here?', 'failed']);
    expect(item?.error?.code).to.equal('conversation_not_found');
  });

  it('say that the conversation was deleted, not that the connection was lost', async () => {
    const { agent, clock } = createOffice({ conversations: [one] });
    const [ann, bob] = [agent('ag_1'), agent('ag_2')];
    const [hers, theirs] = [ann.conversation('cv_1'), bob.conversation('cv_1')];
    observe(hers.$thread, theirs.$thread);
    await clock.advance(0);
    const removed = hers.remove();
    const onItsWay = code(theirs.close());
    await clock.advance(0);
    await removed;
    const afterwards = code(theirs.assign(['ag_2']));
    await clock.advance(0);
    expect([await onItsWay, await afterwards]).to.deep.equal([
      'conversation_not_found',
      'conversation_not_found',
    ]);
  });

  it('show nothing of what was deleted while the connection was lost', async () => {
    const { agent, clock, server } = createOffice({ conversations: [one] });
    const conversation = agent().conversation('cv_1');
    observe(conversation.$thread);
    await clock.advance(0);
    server.cut({ stayDown: true });
    server.acts.deleteConversation('cv_1');
    server.restore();
    await clock.advance(10_000);
    expect(conversation.$removed.get()).to.equal(true);
    expect(conversation.$conversation.get()).to.equal(null);
    expect(conversation.$thread.get().items).to.deep.equal([]);
  });

  it('show earlier conversations, which can be read and not written', async () => {
    const earlier = { ...one, id: 'cv_0', live: false, state: 'closed' as const };
    const { agent, clock } = createOffice({ conversations: [earlier, one] });
    const client = agent();
    const conversation = client.conversation('cv_1');
    observe(conversation.$thread);
    await clock.advance(0);
    const asking = conversation.earlier();
    await clock.advance(0);
    const { conversations, more } = await asking;
    expect([conversations.map(({ id }) => id), more]).to.deep.equal([['cv_0'], false]);
    const before = client.conversation('cv_0');
    observe(before.$thread, before.$conversation);
    await clock.advance(0);
    expect(before.$thread.get().items.map(({ text }) => text)).to.deep.equal(['Hi']);
    expect(before.$conversation.get()?.live).to.equal(false);
    before.markRead();
    before.setTyping('reply', true);

    expect(before.send('comment', 'Hello?')).to.equal(false);
    expect(before.sendWhenReady('reply', 'Hello?')).to.equal(false);
    const refused = code(before.close());
    await clock.advance(0);
    expect(await refused).to.equal('conversation_ended');
    expect(before.$conversation.get()?.state).to.equal('closed');
  });

  it('name agents in a comment, also while it waits to be sent', async () => {
    const { agent, clock } = createOffice({ conversations: [one] });
    const conversation = agent().conversation('cv_1');
    observe(conversation.$thread);
    await clock.advance(0);
    conversation.send('comment', '@Bob please', [], ['ag_2']);
    expect(conversation.$thread.get().items.at(-1)?.mentions).to.deep.equal(['ag_2']);
    conversation.send('reply', 'Not in a reply', [], ['ag_2']);
    await clock.advance(0);

    const { items } = conversation.$thread.get();
    const comment = items.find(({ kind }) => kind === 'comment');
    const reply = items.find(({ text }) => text === 'Not in a reply');
    expect(comment?.mentions).to.deep.equal(['ag_2']);
    expect(comment?.state).to.equal('sent');
    expect(reply?.mentions).to.deep.equal([]);
  });
});

describe('an email', () => {
  it('S3.4 starts a conversation once, however often it is tried', async () => {
    const { agent, clock, server } = createOffice();
    const client = agent();
    observe(client.$me);
    await clock.advance(0);
    const email = { to: { email: 'new@example.com' }, subject: 'Offer', text: 'Hello' };
    server.network.latencyMs = 50;
    const first = code(client.startConversation(email));
    await clock.advance(60);
    server.cut();
    expect(await first).to.equal('connection_lost');
    server.network.latencyMs = 0;
    await clock.advance(5_000);
    const second = client.startConversation({ ...email });
    await clock.advance(0);

    const { id, channel, subject } = await second;
    expect([channel, subject]).to.deep.equal(['email', 'Offer']);
    expect([...server.workspace.conversations.keys()]).to.deep.equal([id]);
    const finding = client.findContacts('new@');
    await clock.advance(0);
    expect((await finding).map((contact) => contact.email)).to.deep.equal(['new@example.com']);
    expect(await client.findContacts(' ')).to.deep.equal([]);
  });

  it('that failed is handed over once more', async () => {
    const { agent, clock, server } = createOffice({
      conversations: [
        {
          ...one,
          channel: 'email',
          subject: 'Offer',
          contact: { id: 'ct_1', email: 'vera@example.com' },
          messages: [{ by: 'ag_1', text: 'Hello', email: { state: 'failed', error: 'No' } }],
        },
      ],
    });
    const conversation = agent().conversation('cv_1');
    observe(conversation.$thread);
    await clock.advance(0);
    const item = conversation.$thread.get().items.find(({ email }) => email);
    expect(item?.email?.state).to.equal('failed');
    const retrying = conversation.retryEmail(item?.id ?? '');
    await clock.advance(0);
    await retrying;
    await clock.advance(10_000);

    expect(server.workspace.conversations.size).to.equal(1);
    expect(conversation.$thread.get().items.find(({ email }) => email)?.email?.state).to.equal(
      'sent',
    );
  });
});

describe('a message whose files are on their way', () => {
  it('waits for them, then goes with them and empties its draft', async () => {
    const office = createOffice({ conversations: [one] });
    const { client, arrive } = withFiles(office);
    const conversation = client.conversation('cv_1');
    observe(conversation.$thread, conversation.$draft);
    await office.clock.advance(0);
    conversation.uploads('reply')?.add([picture]);
    conversation.setDraft({ reply: 'Here it is' });
    expect(conversation.sendWhenReady('reply', 'Here it is')).to.equal(true);
    await office.clock.advance(0);
    expect(conversation.$waiting.get().reply?.text).to.equal('Here it is');
    expect(conversation.$thread.get().items.length).to.equal(1);
    arrive();
    await office.clock.advance(0);

    const item = conversation.$thread.get().items.at(-1);
    expect([item?.text, item?.attachments.length]).to.deep.equal(['Here it is', 1]);
    expect(conversation.$waiting.get().reply).to.equal(null);
    expect(conversation.$draft.get().reply).to.equal('');
    expect(conversation.uploads('reply')?.$uploads.get()).to.deep.equal([]);
  });

  it('is held by a file that failed until it is there or removed', async () => {
    const office = createOffice({ conversations: [one] });
    const { client, fail } = withFiles(office);
    const conversation = client.conversation('cv_1');
    observe(conversation.$thread);
    await office.clock.advance(0);
    const uploads = conversation.uploads('comment');
    uploads?.add([picture]);
    conversation.sendWhenReady('comment', 'Look', ['ag_2']);
    await settled();
    fail('file_type_refused');
    await office.clock.advance(0);
    expect(conversation.$waiting.get().comment?.text).to.equal('Look');
    uploads?.remove(uploads.$uploads.get()[0]?.key ?? '');
    await office.clock.advance(0);

    const item = conversation.$thread.get().items.at(-1);
    expect([item?.text, item?.kind, item?.mentions[0]]).to.deep.equal(['Look', 'comment', 'ag_2']);
  });

  it('is taken back by who goes on writing', async () => {
    const office = createOffice({ conversations: [one] });
    const { client, arrive } = withFiles(office);
    const conversation = client.conversation('cv_1');
    observe(conversation.$thread);
    await office.clock.advance(0);
    conversation.uploads('reply')?.add([picture]);
    conversation.setDraft({ reply: 'Here' });
    conversation.sendWhenReady('reply', 'Here');
    conversation.setDraft({ comment: 'for us' });
    expect(conversation.$waiting.get().reply).not.to.equal(null);
    conversation.setDraft({ reply: 'Here it' });
    expect(conversation.$waiting.get().reply).to.equal(null);
    await settled();
    arrive();
    await office.clock.advance(0);

    expect(conversation.$thread.get().items.length).to.equal(1);
    expect(conversation.$draft.get().reply).to.equal('Here it');
  });

  it('goes at once where nothing is on its way, and not without anything', async () => {
    const office = createOffice({ conversations: [one] });
    const { client } = withFiles(office);
    const conversation = client.conversation('cv_1');
    observe(conversation.$thread);
    await office.clock.advance(0);

    expect(conversation.sendWhenReady('reply', ' ')).to.equal(false);
    expect(conversation.sendWhenReady('reply', 'Now')).to.equal(true);
    expect(conversation.$thread.get().items.at(-1)?.text).to.equal('Now');
    expect(conversation.$waiting.get().reply).to.equal(null);
  });
});
