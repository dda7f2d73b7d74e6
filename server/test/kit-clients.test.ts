import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { defaultView } from '#kit/domain/index.js';
import { createAgentClient, type AgentClient } from '#kit/store/agent-client.js';
import { memoryStorage } from '#kit/store/storage.js';
import { createVisitorClient, type VisitorClient } from '#kit/store/visitor-client.js';
import { createHttpApi } from '#kit/transport/http-api.js';
import { createPhoenixTransport } from '#kit/transport/phoenix/index.js';
import { startFixture, type Fixture } from './app-fixture.js';

/** What a store shows, in the words of this test. */
interface Watched<T> {
  get(): T;
  subscribe(listener: (value: T) => void): () => void;
}

/** Resolves once the store shows what is wanted. */
function until<T>(store: Watched<T>, wanted: (value: T) => boolean, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`${what} did not come; shown is ${JSON.stringify(store.get())}`));
    }, 5_000);
    let stop = (): void => undefined;
    stop = store.subscribe((value) => {
      if (!wanted(value)) return;
      clearTimeout(timer);
      queueMicrotask(() => stop());
      resolve(value);
    });
  });
}

describe('the kit’s clients on the real server', () => {
  let fixture: Fixture;
  let visitor: VisitorClient;
  let agent: AgentClient;
  let stopObserving: () => void;

  before(async () => {
    fixture = await startFixture();
    const server = fixture.url;
    visitor = createVisitorClient({
      api: createHttpApi({ server }),
      transport: ({ getToken }) =>
        createPhoenixTransport({ url: `${server}/socket`, getToken, socket: WebSocket }),
      workspaceId: fixture.workspace.id,
      storage: memoryStorage(),
    });
    agent = createAgentClient({
      transport: createPhoenixTransport({
        url: `${server}/socket`,
        getToken: () => fixture.agentToken(),
        socket: WebSocket,
      }),
      workspaceId: fixture.workspace.id,
      storage: memoryStorage(),
    });
    stopObserving = agent.$me.listen(() => undefined);
  });

  after(async () => {
    stopObserving();
    visitor.dispose();
    agent.disconnect();
    await fixture.close();
  });

  it('bring a message to the list, an answer back, and marks both ways', async () => {
    visitor.start();
    await until(visitor.$settings, (settings) => settings !== null, 'the configuration');
    visitor.send('Hello');
    const list = agent.list(defaultView);
    const { cards } = await until(list.$list, (shown) => shown.cards.length === 1, 'the card');
    assert.equal(cards[0]?.dot, 'new');
    assert.equal(cards[0]?.conversation.lastMessage?.excerpt, 'Hello');

    const conversation = agent.conversation(cards[0]?.conversation.id ?? '');
    const stop = conversation.$thread.listen(() => undefined);
    await until(conversation.$thread, ({ status }) => status === 'ready', 'the thread');
    conversation.send('comment', 'a regular');
    conversation.send('reply', 'Hi **there**');
    await until(
      visitor.$thread,
      ({ items }) => items.some(({ text }) => text === 'Hi **there**'),
      'the reply',
    );
    assert.equal(
      visitor.$thread.get().items.some(({ text }) => text === 'a regular'),
      false,
    );
    await until(visitor.$unread, (unread) => unread === 1, 'the unread count');
    visitor.markRead();
    await until(
      conversation.$thread,
      ({ items }) => items.findLast(({ kind }) => kind === 'reply')?.state === 'read',
      'the receipt of the agent',
    );
    conversation.markRead();
    await until(
      visitor.$thread,
      ({ items }) => items[0]?.state === 'read',
      'the receipt of the visitor',
    );
    stop();
  });

  it('edit, delete, assign, close and reopen', async () => {
    const list = agent.list({ ...defaultView, name: 'all' });
    const { cards } = await until(list.$list, (shown) => shown.cards.length === 1, 'the card');
    const conversation = agent.conversation(cards[0]?.conversation.id ?? '');
    const stop = conversation.$thread.listen(() => undefined);
    const { items } = await until(
      conversation.$thread,
      (thread) => thread.items.some(({ own }) => own),
      'the thread',
    );
    const reply = items.findLast(({ kind }) => kind === 'reply')?.id ?? '';
    await conversation.edit(reply, 'Hi again');
    await until(
      visitor.$thread,
      (thread) => thread.items.some(({ text }) => text === 'Hi again'),
      'the edit',
    );
    await conversation.delete(reply);
    await until(
      visitor.$thread,
      (thread) => thread.items.some(({ deletedAt }) => deletedAt !== null),
      'the tombstone',
    );
    await conversation.assign([]);
    assert.deepEqual(conversation.$conversation.get()?.assigneeIds, []);
    await conversation.close();
    await until(visitor.$conversation, (shown) => shown?.state === 'closed', 'the closing');
    await conversation.reopen();
    await until(visitor.$conversation, (shown) => shown?.state === 'open', 'the reopening');
    await conversation.updateContact({ name: 'Vera' });
    assert.equal(conversation.$contact.get()?.name, 'Vera');
    await assert.rejects(conversation.updateContact({ email: 'nonsense' }), {
      code: 'invalid_email',
    });
    stop();
  });

  it('show who types', async () => {
    const id = visitor.$conversation.get()?.id ?? '';
    const conversation = agent.conversation(id);
    const stop = conversation.$thread.listen(() => undefined);
    await until(conversation.$thread, ({ status }) => status === 'ready', 'the thread');
    visitor.setTyping(true);
    await until(conversation.$typing, (typists) => typists.length === 1, 'the typing visitor');
    visitor.setTyping(false);
    await until(conversation.$typing, (typists) => typists.length === 0, 'the end of it');
    conversation.setTyping('reply', true);
    await until(visitor.$typing, (typists) => typists.length === 1, 'the typing agent');
    stop();
  });

  it('search, share groups and texts, choose how to work, and tell of the page', async () => {
    const id = visitor.$conversation.get()?.id ?? '';
    const conversation = agent.conversation(id);
    const search = agent.search();
    const stops = [conversation.$contact, conversation.$thread, search.$search].map((store) =>
      store.listen(() => undefined),
    );
    await until(conversation.$thread, ({ status }) => status === 'ready', 'the thread');

    visitor.setContactData({ Plan: 'Pro', Basket: 3 });
    visitor.updateContactData({ Basket: null });
    await until(
      conversation.$contact,
      (contact) => JSON.stringify(contact?.data) === '[{"key":"Plan","value":"Pro"}]',
      'what the page knows',
    );
    const patch = { addTags: ['vip'], attributes: { Seats: '5' }, consents: { terms: true } };
    await conversation.updateContact({ ...patch, notes: 'Calls on Mondays', language: 'sv' });
    const { tags, attributes, notes } = conversation.$contact.get() ?? {};
    assert.deepEqual([tags, notes], [['vip'], 'Calls on Mondays']);
    assert.deepEqual(attributes, [{ key: 'Seats', value: '5' }]);

    search.search('hel');
    // What was written is found within about a second.
    const again = search.$search.listen(({ status, results: found }) => {
      if (status !== 'ready' || found.length > 0) return;
      queueMicrotask(() => {
        search.search('');
        search.search('hel');
      });
    });
    stops.push(again);
    const { results } = await until(
      search.$search,
      ({ status, results: found }) => status === 'ready' && found.length > 0,
      'the results',
    );
    again();
    assert.equal(results[0]?.conversation.id, id);
    assert.equal(results[0].matches[0]?.excerpt, 'Hello');

    const group = { name: 'Sales', names: { sv: 'Sälj' }, private: false, memberIds: [] };
    const { id: groupId } = await agent.saveGroup(group);
    await conversation.assignGroup(groupId);
    assert.equal(conversation.$conversation.get()?.groupId, groupId);
    await agent.deleteGroup(groupId);
    await until(conversation.$conversation, (shown) => shown?.groupId === null, 'no group');
    assert.deepEqual(agent.$groups.get(), []);

    const reply = await agent.saveReply({ shortcut: 'hi', text: 'Hi!', shared: true });
    await until(agent.$replies, (replies) => replies[0]?.id === reply.id, 'the saved reply');
    await agent.deleteReply(reply.id);
    const template = await agent.saveTemplate({ name: 'Offer', subject: 'Our offer', body: '' });
    await until(agent.$templates, ([first]) => first?.id === template.id, 'the template');
    await agent.setPreferences({ desktop: 'all', enterSends: false });
    await agent.setHours({ timeZone: 'Europe/Stockholm', week: week(), goOffline: false });
    assert.equal(agent.$me.get()?.preferences.enterSends, false);
    assert.deepEqual(agent.$me.get()?.hours?.week[0], [[540, 1020]]);
    assert.equal(agent.$mail.get()?.configured, false);
    for (const stop of stops) stop();
  });

  it('close many, block and lift, and delete', async () => {
    const id = visitor.$conversation.get()?.id ?? '';
    const conversation = agent.conversation(id);
    const stops = [conversation.$contact, conversation.$thread].map((store) =>
      store.listen(() => undefined),
    );
    await until(conversation.$thread, ({ status }) => status === 'ready', 'the thread');
    assert.deepEqual(await agent.closeConversations([id]), [id]);
    await until(conversation.$conversation, (shown) => shown?.state === 'closed', 'the closing');
    assert.deepEqual(await agent.reopenConversations([id]), [id]);
    await conversation.block('contact');
    const contactId = conversation.$contact.get()?.id ?? '';
    const { contacts } = await agent.blockedContacts();
    assert.equal(contacts[0]?.contact.id, contactId);
    await agent.liftBlock(contactId);
    await until(conversation.$contact, (contact) => contact?.blocked === null, 'the lifting');
    assert.deepEqual(
      (await agent.findContacts('Ver')).map(({ name }) => name),
      ['Vera'],
    );
    assert.deepEqual((await conversation.earlier()).conversations, []);

    await conversation.remove();
    assert.equal(conversation.$removed.get(), true);
    await until(visitor.$conversation, (shown) => shown === null, 'an empty widget');
    for (const stop of stops) stop();
  });
});

/** Mondays from nine to five. */
function week(): [number, number][][] {
  return [[[540, 1020]], [], [], [], [], [], []];
}
