import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type * as p from '#kit/protocol/payloads.js';
import { blockContact } from '../src/usecases/block-contact.js';
import { removeDeleted } from '../src/usecases/remove-deleted.js';
import { deleteConversation } from '../src/usecases/delete-conversation.js';
import { closeConversation } from '../src/usecases/set-conversation-state.js';
import { clientId, startFixture, type Fixture } from './app-fixture.js';
import { refusedWith } from './security-fixture.js';
import { form, widgetScenes } from './widget-scene.js';

describe('what visitors do besides writing', () => {
  let fixture: Fixture;
  const { scene, close } = widgetScenes(() => fixture);

  before(async () => {
    fixture = await startFixture();
  });
  after(async () => {
    await close();
    await fixture.close();
  });

  it('a rating is on the card, changeable, told to all devices, and a line for each change', async () => {
    const { workspace, device, lines, desk, inbox, agent, ports } = await scene();
    const person = await fixture.visitor(workspace.id);
    const [phone, laptop] = [await device(person), await device(person)];
    const rate = (score: number, comment: string | null = null) =>
      phone.push<p.VisitorConversationChanged>('rating:set', { score, comment });
    await assert.rejects(rate(5), refusedWith('conversation_not_found'));
    const { conversationId } = await phone.write('Hello');
    await closeConversation(ports, agent, conversationId);
    const { conversation } = await rate(2, '  Slow,\n but kind ');
    const at = fixture.clock.now();
    const first = { score: 2, comment: 'Slow,\n but kind', at };
    assert.deepEqual([conversation?.rating, conversation?.state], [first, 'closed']);
    await rate(2, 'Slow,\n but kind');
    await rate(5, ' ');
    const last = { score: 5, comment: null, at };
    for (const page of [phone, laptop]) {
      await page.next<p.VisitorConversationChanged>(
        'conversation:changed',
        (changed) => changed.conversation?.rating?.score === 5,
      );
    }
    const card = await desk.next<p.ConversationReply>(
      inbox,
      'conversation:changed',
      (changed) => changed.conversation.rating?.score === 5,
    );
    assert.deepEqual(card.conversation.rating, last);
    const rejoined = await device(person);
    assert.deepEqual(rejoined.joined.conversation?.rating, last);
    assert.deepEqual((await lines(conversationId)).slice(1), [
      { type: 'rated', score: 2, comment: first.comment },
      { type: 'rated', score: 5, comment: null },
    ]);
    assert.doesNotMatch(phone.socket.frames.join(''), /"type":"(?:rated|closed)"/);
  });

  it('a rating right after the visitor’s own message reaches their other devices', async () => {
    const { workspace, device } = await scene();
    const person = await fixture.visitor(workspace.id);
    const [phone, laptop] = [await device(person), await device(person)];
    for (const text of ['One', 'Two', 'Three']) await phone.write(text);
    await phone.push('rating:set', { score: 3, comment: null });
    await laptop.next<p.VisitorConversationChanged>(
      'conversation:changed',
      (changed) => changed.conversation?.rating?.score === 3,
    );
    await phone.push('conversation:restart');
    await laptop.next<p.VisitorConversationChanged>(
      'conversation:changed',
      (changed) => changed.conversation === null,
    );
  });

  it('a rating is refused that is none, that is not asked for, or by whom is blocked', async () => {
    const { set, visitor, agent, ports, storage } = await scene();
    const page = await visitor();
    const { conversationId } = await page.write('Hello');
    const rate = (payload: object) => page.push('rating:set', { comment: null, ...payload });
    for (const score of [0, 6, 2.5, '5', null]) {
      await assert.rejects(rate({ score }), refusedWith('invalid_payload'));
    }
    const comment = 'x'.repeat(2_001);
    await assert.rejects(rate({ score: 5, comment }), refusedWith('invalid_payload'));
    await set('askRating', false);
    await assert.rejects(rate({ score: 5 }), refusedWith('forbidden'));
    await set('askRating', true);
    await blockContact(ports, agent, conversationId, { address: false });
    await assert.rejects(rate({ score: 5 }), refusedWith('message_refused'));
    await assert.rejects(page.push('conversation:restart'), refusedWith('message_refused'));
    await assert.rejects(
      page.push('group:choose', { groupId: null }),
      refusedWith('message_refused'),
    );
    const { rating, live } = (await storage.conversations.get(conversationId)) ?? {};
    assert.deepEqual([rating, live], [null, true]);
  });

  it('nothing of a rating is left once a conversation was deleted', async () => {
    const { visitor, agent, ports, storage, workspace } = await scene();
    const page = await visitor();
    const { conversationId } = await page.write('Hello');
    await page.push('rating:set', { score: 1, comment: 'My street is Elm Street' });
    await deleteConversation(ports, agent, conversationId);
    fixture.clock.advance(1_000);
    await removeDeleted(ports, 1_000);
    const kept: string[] = [];
    await storage.archive.snapshot(async (snapshot) => {
      for (const table of snapshot.tables) {
        for await (const row of snapshot.rows(table)) kept.push(row);
      }
    });
    assert.ok(kept.some((row) => row.includes(workspace.id)));
    assert.ok(!kept.some((row) => row.includes('Elm Street')));
  });

  it('exports tell ratings, and what waits for the next conversation', async () => {
    const { visitor, storage, workspace, group, set } = await scene();
    await set('form', { ...form, when: 'offline' });
    const sales = await group('Sales');
    const rated = await visitor();
    const { conversationId } = await rated.write('Hello');
    await rated.push('rating:set', { score: 4, comment: 'Good' });
    const waiting = await visitor();
    await waiting.push('group:choose', { groupId: sales.id });
    await waiting.push('form:submit', { values: { name: 'Ada' }, consents: {} });
    const found: Record<string, unknown>[] = [];
    await storage.archive.snapshot(async (snapshot) => {
      for await (const line of snapshot.exported(workspace.id)) {
        if (line.type === 'line') found.push(JSON.parse(line.json) as Record<string, unknown>);
      }
    });
    const of = (id: string) => found.find((line) => line['id'] === id);
    const at = fixture.clock.now();
    assert.deepEqual(of(conversationId)?.['rating'], { score: 4, comment: 'Good', at });
    const contact = of(waiting.caller.contactId);
    assert.deepEqual([contact?.['chosenGroupId'], contact?.['formAnswered']], [sales.id, ['name']]);
  });

  it('a group is chosen for the next conversation, which is routed within it', async () => {
    const { group, visitor, lines, storage, workspace, ports, set } = await scene();
    const [ann, bo] = [
      await fixture.agent('Ann', workspace.id),
      await fixture.agent('Bo', workspace.id),
    ];
    for (const { id } of [ann, bo]) await ports.roster.connect(workspace.id, id);
    await set('routing', 'least_busy');
    const sales = await group('Sales', { memberIds: [bo.id] });
    const support = await group('Support', { memberIds: [ann.id] });
    const page = await visitor();
    await page.push('group:choose', { groupId: support.id });
    await page.push('group:choose', { groupId: null });
    await page.push('group:choose', { groupId: sales.id });
    const { conversationId } = await page.write('How much is it?');
    const record = await storage.conversations.get(conversationId);
    assert.deepEqual([record?.groupId, record?.assigneeIds], [sales.id, [bo.id]]);
    const chosen = { type: 'grouped', byId: null, byName: null } as const;
    const [first, second] = await lines(conversationId);
    assert.deepEqual(first, { ...chosen, groupId: sales.id, groupName: 'Sales' });
    assert.equal(second?.type, 'assigned');
    // The one after it begins without.
    await page.push('conversation:restart');
    const next = await page.write('Something else');
    assert.equal((await storage.conversations.get(next.conversationId))?.groupId, null);
    assert.doesNotMatch(page.socket.frames.join(''), /gr_|grouped/);
  });

  it('a group is chosen within a conversation, and routes it where nobody has it', async () => {
    const { group, visitor, lines, storage, workspace, ports, set } = await scene();
    await set('form', { ...form, when: 'after' });
    const page = await visitor();
    const { conversationId } = await page.write('Hello');
    await page.push('form:submit', { values: { name: 'Ada' }, consents: {} });
    const bo = await fixture.agent('Bo', workspace.id);
    await ports.roster.connect(workspace.id, bo.id);
    await set('routing', 'round_robin');
    const sales = await group('Sales', { memberIds: [bo.id] });
    const choose = (groupId: string | null) => page.push('group:choose', { groupId });
    await choose(sales.id);
    await choose(sales.id);
    const record = await storage.conversations.get(conversationId);
    assert.deepEqual([record?.groupId, record?.assigneeIds], [sales.id, [bo.id]]);
    await choose(null);
    const chosen = { type: 'grouped', byId: null, byName: 'Ada' } as const;
    assert.deepEqual(
      (await lines(conversationId)).filter(({ type }) => type === 'grouped'),
      [
        { ...chosen, groupId: sales.id, groupName: 'Sales' },
        { ...chosen, groupId: null, groupName: null },
      ],
    );
  });

  it('no visitor chooses a group that is private, unknown or another workspace’s, nor one that became so', async () => {
    const { group, visitor, storage, desk, inbox } = await scene();
    const stranger = await (await scene()).group('Foreign');
    const hidden = await group('Hidden', { private: true });
    const sales = await group('Sales');
    const page = await visitor();
    for (const groupId of [hidden.id, stranger.id, 'gr_unknown']) {
      await assert.rejects(page.push('group:choose', { groupId }), refusedWith('group_not_found'));
    }
    await page.push('group:choose', { groupId: sales.id });
    await group('Sales', { id: sales.id, private: true });
    const { conversationId } = await page.write('Hello');
    assert.equal((await storage.conversations.get(conversationId))?.groupId, null);
    const other = await visitor();
    const support = await group('Support');
    await other.push('group:choose', { groupId: support.id });
    await desk.push(inbox, 'group:delete', { id: support.id });
    await other.write('Hello');
  });

  it('beginning anew ends the conversation for all devices; agents keep it as an earlier one', async () => {
    const { workspace, device, lines, desk, inbox, ports } = await scene();
    const person = await fixture.visitor(workspace.id);
    const [phone, laptop] = [await device(person), await device(person)];
    await phone.push('conversation:restart');
    const first = await phone.write('Hello');
    await phone.push('conversation:restart');
    for (const page of [phone, laptop]) {
      await page.next<p.VisitorConversationChanged>(
        'conversation:changed',
        (changed) => changed.conversation === null,
      );
    }
    const { conversation } = await desk.next<p.ConversationReply>(
      inbox,
      'conversation:changed',
      (changed) => !changed.conversation.live,
    );
    assert.deepEqual(
      [conversation.id, conversation.state, conversation.waitingSince],
      [first.conversationId, 'closed', null],
    );
    assert.deepEqual(await lines(first.conversationId), [{ type: 'restarted' }]);
    assert.equal((await ports.storage.conversations.counts(workspace.id)).all, 0);
    await assert.rejects(
      phone.push('rating:set', { score: 5, comment: null }),
      refusedWith('conversation_not_found'),
    );
    fixture.clock.advance(1);
    const second = await laptop.write('Once more');
    assert.notEqual(second.conversationId, first.conversationId);
    const thread = `conversation:${second.conversationId}`;
    await desk.join(thread);
    const earlier = await desk.push<p.ConversationWindow>(thread, 'contact:earlier');
    assert.deepEqual(
      earlier.conversations.map(({ id }) => id),
      [first.conversationId],
    );
    assert.doesNotMatch(phone.socket.frames.join(''), /restarted/);
  });

  it('what two devices do at the same moment leaves one live conversation and loses no message', async () => {
    const { workspace, device, storage, group } = await scene();
    const sales = await group('Sales');
    for (let turn = 0; turn < 5; turn++) {
      const person = await fixture.visitor(workspace.id);
      const [phone, laptop] = [await device(person), await device(person)];
      await phone.write('Hello');
      const [first, second] = await Promise.all([
        phone.write('From the phone'),
        laptop.write('From the laptop'),
        phone.push('conversation:restart'),
        laptop.push('conversation:restart'),
        laptop.push('group:choose', { groupId: sales.id }),
      ]);
      for (const { id, conversationId } of [first, second]) {
        assert.equal((await storage.messages.get(id))?.conversationId, conversationId);
      }
      const { conversationId } = await phone.write('And now?');
      const live = await storage.conversations.live(person.caller.contactId, 'chat');
      assert.equal(live?.id, conversationId);
    }
    const { all } = await storage.conversations.counts(workspace.id);
    assert.equal(all, 5);
  });

  it('what the page showed by itself stands before the message, once, in public numbers', async () => {
    const { set, workspace, device, desk, inbox } = await scene();
    const action = { type: 'message', texts: { en: 'May I help?' } };
    const target = { id: 'help', active: true, when: 'either', match: 'all', conditions: [] };
    await set('targeted', [{ ...target, action, repeat: 'once' }]);
    const person = await fixture.visitor(workspace.id);
    const [phone, laptop] = [await device(person), await device(person)];
    const sent = {
      clientId: clientId(),
      text: 'Yes please',
      shown: [
        { text: '  May I help?\0 ', targetedId: 'help' },
        { text: ' ', targetedId: null },
        { text: 'Or not?', targetedId: 'forged' },
      ],
    };
    const { message } = await phone.push<p.MessageStored>('message:send', sent);
    const again = await phone.push<p.MessageStored>('message:send', sent);
    assert.deepEqual([message.seq, again.message.id], [3, message.id]);
    await laptop.next<p.MessageStored>(
      'message:changed',
      (changed) => changed.message.id === message.id,
    );
    const pushed = laptop.socket.of(
      laptop.topic,
      'message:changed',
    ) as unknown as p.MessageStored[];
    const shown = [
      { type: 'shown', text: 'May I help?', targetedId: 'help' },
      { type: 'shown', text: 'Or not?', targetedId: null },
    ];
    assert.deepEqual(
      pushed.map((push) => [push.message.seq, push.message.system]),
      [
        [1, shown[0]],
        [2, shown[1]],
        [3, null],
      ],
    );
    const thread = `conversation:${message.conversationId}`;
    const joined = await desk.join<p.ConversationJoined>(thread);
    assert.deepEqual(
      joined.messages.messages.map(({ system, author }) => [system, author.type]),
      [
        [shown[0], 'system'],
        [shown[1], 'system'],
        [null, 'contact'],
      ],
    );
    const { conversation } = await desk.next<p.ConversationReply>(inbox, 'conversation:changed');
    assert.equal(conversation.lastMessage?.excerpt, 'Yes please');

    const bad = [
      Array.from({ length: 6 }, () => ({ text: 'x', targetedId: null })),
      [{ text: 'x'.repeat(1_001), targetedId: null }],
      [{ text: '', targetedId: null }],
    ];
    for (const lines of bad) {
      await assert.rejects(phone.write('x', { shown: lines }), refusedWith('invalid_payload'));
    }
  });
});
