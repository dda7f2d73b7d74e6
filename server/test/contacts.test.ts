import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type * as p from '#kit/protocol/payloads.js';
import { limits } from '#kit/protocol/limits.js';
import { startFixture, type Fixture } from './app-fixture.js';
import { RawSocket } from './raw-socket.js';
import { Browser, refusedWith, signJwt, visitorSecret } from './security-fixture.js';
import { updateSetting } from '../src/usecases/update-settings.js';

describe('what agents keep of a contact', () => {
  let fixture: Fixture;
  let ann: RawSocket;
  let bob: RawSocket;
  let inbox: string;

  before(async () => {
    fixture = await startFixture({ environment: { TRUST_PROXY: '1' } });
    await updateSetting(fixture.app.ports, fixture.workspace.id, 'visitorAuth', {
      secrets: [visitorSecret],
    });
    inbox = `inbox:${fixture.workspace.id}`;
    ann = await RawSocket.open(fixture.url, await fixture.agentToken());
    bob = await RawSocket.open(fixture.url, await fixture.agentToken(await fixture.agent('Bob')));
  });
  after(async () => {
    await ann.close();
    await bob.close();
    await fixture.close();
  });

  let addresses = 0;

  /** A visitor who wrote, and two agents who look. */
  const converse = async () => {
    const address = `198.51.100.${(addresses += 1)}`;
    const browser = new Browser(fixture, { 'x-forwarded-for': address });
    const { conversationId } = await browser.write('Hello');
    const thread = `conversation:${conversationId}`;
    await ann.join(thread);
    await bob.join(thread);
    const update = async (agent: RawSocket, patch: object) =>
      (await agent.push<p.ContactReply>(thread, 'contact:update', patch)).contact;
    return { browser, thread, conversationId, update };
  };
  const read = async (thread: string) =>
    (await ann.push<p.ConversationJoined>(thread, 'snapshot:get')).contact;

  it('S3.31 every field is filled by hand and told to whoever looks', async () => {
    const { thread, update } = await converse();
    const groups = await fixture.storage.groups.save({
      id: 'gr_vip',
      workspaceId: fixture.workspace.id,
      name: 'VIP',
      names: {},
      private: false,
      memberIds: [],
    });
    fixture.clock.advance(5);
    const contact = await update(ann, {
      name: '  Zoë   Ng ',
      email: 'Zoe@Shop.Example',
      phone: '+46 (8) 123 45-67',
      language: 'pt_br',
      notes: 'Calls on\nMondays',
      groupId: groups.id,
      attributes: { Plan: 'gold', ' Since  ': '2019' },
      addTags: ['vip', ' early  bird '],
      consents: { marketing: true },
    });
    const at = fixture.clock.now();
    assert.deepEqual(
      { ...contact, id: '', version: 0, createdAt: 0 },
      {
        id: '',
        name: 'Zoë Ng',
        email: 'zoe@shop.example',
        phone: '+46 (8) 123 45-67',
        avatarUrl: null,
        language: 'pt-BR',
        createdAt: 0,
        blocked: null,
        attributes: [
          { key: 'Plan', value: 'gold' },
          { key: 'Since', value: '2019' },
        ],
        notes: 'Calls on\nMondays',
        tags: ['vip', 'early bird'],
        groupId: groups.id,
        consents: [{ name: 'marketing', given: true, at }],
        data: [],
        version: 0,
      },
    );
    const told = await bob.next<p.ContactReply>(thread, 'contact:changed');
    assert.deepEqual(told.contact, contact);
    assert.deepEqual(await read(thread), contact);
    fixture.clock.advance(5);
    const emptied = await update(bob, {
      name: '',
      email: null,
      phone: '  ',
      language: null,
      notes: '',
      groupId: null,
      attributes: { Plan: null },
      removeTags: ['vip'],
      consents: { marketing: true },
    });
    assert.deepEqual(
      [emptied.name, emptied.email, emptied.phone, emptied.language, emptied.groupId],
      [null, null, null, null, null],
    );
    assert.deepEqual(emptied.attributes, [{ key: 'Since', value: '2019' }]);
    assert.deepEqual(emptied.tags, ['early bird']);
    assert.deepEqual(emptied.consents, [{ name: 'marketing', given: true, at }]);
    assert.equal(emptied.notes, '');
  });

  it('S3.35 agents who edit different fields at once both keep theirs', async () => {
    const { thread, update } = await converse();
    await Promise.all([
      update(ann, { name: 'Zoe' }),
      update(bob, { phone: '112' }),
      ...Array.from({ length: 10 }, (_, n) => update(ann, { attributes: { [`a${n}`]: 'ann' } })),
      ...Array.from({ length: 10 }, (_, n) => update(bob, { attributes: { [`b${n}`]: 'bob' } })),
      update(ann, { addTags: ['one'] }),
      update(bob, { addTags: ['two'] }),
      update(ann, { consents: { terms: true } }),
      update(bob, { consents: { marketing: false } }),
      update(ann, { notes: 'Noted' }),
      update(bob, { language: 'sv' }),
    ]);
    const contact = await read(thread);
    assert.deepEqual(
      [contact.name, contact.phone, contact.notes, contact.language],
      ['Zoe', '112', 'Noted', 'sv'],
    );
    assert.equal(contact.attributes.length, 20);
    assert.deepEqual(contact.tags.toSorted(), ['one', 'two']);
    assert.deepEqual(contact.consents.map(({ name }) => name).toSorted(), ['marketing', 'terms']);
  });

  it('what is none is refused, and nothing of that edit is kept', async () => {
    const { thread, update } = await converse();
    const before = await read(thread);
    const refusals: [object, string][] = [
      [{ name: 'Zoe', email: 'zoe at shop' }, 'invalid_email'],
      [{ name: 'Zoe', phone: 'call me' }, 'invalid_payload'],
      [{ name: 'Zoe', language: 'swedish language' }, 'invalid_payload'],
      [{ name: 'Zoe', groupId: 'gr_none' }, 'group_not_found'],
      [{ name: 'Zoe', blocked: 'contact' }, 'invalid_payload'],
      [{ notes: 'x'.repeat(limits.notesLength + 1) }, 'invalid_payload'],
    ];
    for (const [patch, code] of refusals) {
      await assert.rejects(update(ann, patch), refusedWith(code), JSON.stringify(patch));
    }
    assert.deepEqual(await read(thread), before);
    const some = (from: number) =>
      Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`key ${from + n}`, 'x']));
    await update(ann, { attributes: some(0) });
    await assert.rejects(update(bob, { attributes: some(60) }), refusedWith('limit_reached'));
    assert.equal((await read(thread)).attributes.length, 60);
  });

  it('visitors never get any of it', async () => {
    const { browser, update } = await converse();
    const { socket, topic } = await browser.join();
    await update(ann, {
      notes: 'SECRETNOTE',
      attributes: { SECRETKEY: 'SECRETVALUE' },
      addTags: ['SECRETTAG'],
      consents: { SECRETCONSENT: true },
    });
    const joined = await socket.push<p.VisitorJoined>(topic, 'snapshot:get');
    assert.deepEqual(Object.keys(joined.contact).toSorted(), [
      'avatarUrl',
      'email',
      'given',
      'id',
      'language',
      'name',
      'phone',
      'version',
    ]);
    assert.ok(!socket.frames.some((frame) => frame.includes('SECRET')));
    await socket.close();
  });

  it('comes along when the visitor turns out to be somebody known', async () => {
    const known = await converse();
    await known.browser.come(await signJwt(fixture, { sub: 'known-1' }));
    await known.update(ann, {
      attributes: { plan: 'gold' },
      addTags: ['vip'],
      notes: 'Known since 2019',
      consents: { terms: false },
    });
    const anonymous = await converse();
    fixture.clock.advance(5);
    await anonymous.update(ann, {
      attributes: { plan: 'none', shoe: '42' },
      addTags: ['vip', 'new'],
      notes: 'Asked for a chair',
      phone: '112',
      consents: { terms: true },
    });
    await anonymous.browser.come(await signJwt(fixture, { sub: 'known-1' }));
    const contact = await read(known.thread);
    assert.deepEqual(contact.attributes, [
      { key: 'plan', value: 'gold' },
      { key: 'shoe', value: '42' },
    ]);
    assert.deepEqual(contact.tags, ['vip', 'new']);
    assert.equal(contact.notes, 'Known since 2019\n\nAsked for a chair');
    assert.equal(contact.phone, '112');
    assert.deepEqual(
      contact.consents.map(({ name, given }) => [name, given]),
      [['terms', true]],
    );
  });

  it('S3.17 who is blocked is listed, the latest first, and lifted with the address', async () => {
    await ann.join(inbox);
    const first = await converse();
    const second = await converse();
    const third = await converse();
    for (const { thread } of [first, second, third]) {
      fixture.clock.advance(1_000);
      await ann.push(thread, 'contact:block', { address: true });
    }
    const page = await ann.push<p.BlockedContacts>(inbox, 'contacts:blocked', { limit: 2 });
    const last = page.contacts.at(-1);
    assert.ok(last);
    const rest = await ann.push<p.BlockedContacts>(inbox, 'contacts:blocked', {
      limit: 2,
      before: { blockedAt: last.blockedAt, id: last.contact.id },
    });
    assert.deepEqual([page.more, rest.more], [true, false]);
    const listed = [...page.contacts, ...rest.contacts];
    const ids = await Promise.all(
      [third, second, first].map(async (each) => (await read(each.thread)).id),
    );
    assert.deepEqual(
      listed.map(({ contact }) => contact.id),
      ids,
    );
    assert.equal(listed[0]?.blockedAt, fixture.clock.now());
    assert.deepEqual(new Set(listed.map(({ byName }) => byName)), new Set([fixture.owner.name]));
    assert.deepEqual(new Set(listed.map(({ contact }) => contact.blocked)), new Set(['address']));

    const refused = await third.browser.ask();
    assert.equal(refused.status, 403);
    await ann.push(inbox, 'contact:lift', { contactId: ids[0] });
    await third.browser.write('Thank you');
    const left = await ann.push<p.BlockedContacts>(inbox, 'contacts:blocked');
    assert.deepEqual(
      left.contacts.map(({ contact }) => contact.id),
      ids.slice(1),
    );
    const { messages } = await ann.push<p.MessagePage>(third.thread, 'messages:list', {
      conversationId: third.conversationId,
    });
    assert.deepEqual(
      messages.flatMap(({ system }) => system?.type ?? []),
      ['blocked', 'unblocked'],
    );
    await assert.rejects(
      ann.push(inbox, 'contact:lift', { contactId: 'ct_none' }),
      refusedWith('contact_not_found'),
    );
  });
});
