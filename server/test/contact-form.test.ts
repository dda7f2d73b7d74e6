import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type * as p from '#kit/protocol/payloads.js';
import { blockContact } from '../src/usecases/block-contact.js';
import { updateContact } from '../src/usecases/update-contact.js';
import { startFixture, type Fixture } from './app-fixture.js';
import { refusedWith } from './security-fixture.js';
import { form, widgetScenes } from './widget-scene.js';

const answers = {
  values: { name: ' Ada  Lovelace ', email: 'ADA@Shop.Example', 'Order number': ' 17 ' },
  consents: { terms: true, marketing: false },
};
const everything = ['name', 'email', 'Order number', 'terms', 'marketing'];

describe('the contact form', () => {
  let fixture: Fixture;
  const { scene, close } = widgetScenes(() => fixture);

  before(async () => {
    fixture = await startFixture();
  });
  after(async () => {
    await close();
    await fixture.close();
  });

  it('comes before the first message: answers are stored as an agent would, and told to all devices', async () => {
    const { set, storage, lines, device, desk, ...shop } = await scene();
    await set('form', form);
    const person = await fixture.visitor(shop.workspace.id);
    const [phone, laptop] = [await device(person), await device(person)];
    assert.deepEqual(phone.joined.contact.given, []);
    await assert.rejects(phone.write('Hello'), refusedWith('form_required'));
    // One question after the other is an answer too.
    await phone.push('form:submit', { values: { name: 'Ada' }, consents: {} });
    await assert.rejects(phone.write('Hello'), refusedWith('form_required'));
    const { contact } = await phone.push<p.VisitorContactReply>('form:submit', answers);
    assert.deepEqual(
      [contact.name, contact.email, contact.given],
      ['Ada', 'ada@shop.example', everything],
    );
    for (const page of [phone, laptop]) {
      const told = await page.next<p.VisitorContactReply>(
        'contact:changed',
        (changed) => changed.contact.given.length === everything.length,
      );
      assert.deepEqual(told.contact, contact);
    }
    const stored = await storage.contacts.get(person.caller.contactId);
    assert.deepEqual(stored?.attributes, [{ key: 'Order number', value: '17' }]);
    const at = fixture.clock.now();
    assert.deepEqual(stored?.consents, [
      { name: 'terms', given: true, at },
      { name: 'marketing', given: false, at },
    ]);

    const { conversationId, seq } = await phone.write('Hello');
    assert.equal(seq, 1);
    assert.deepEqual(await lines(conversationId), [{ type: 'form', given: everything }]);
    const frames = phone.socket.frames.join('');
    assert.doesNotMatch(frames, /"type":"form"/);
    const { conversation } = await desk.next<p.ConversationReply>(
      shop.inbox,
      'conversation:changed',
    );
    assert.equal(conversation.contact.name, 'Ada');
  });

  it('comes after it: agents read a line of each part, and nothing that was given changes', async () => {
    const { set, visitor, lines, agent, ports, desk } = await scene();
    await set('form', { ...form, when: 'after' });
    const page = await visitor();
    const { conversationId } = await page.write('Hello');
    const thread = `conversation:${conversationId}`;
    await desk.join(thread);
    await updateContact(ports, agent, conversationId, { name: 'Countess' });
    await page.next<p.VisitorContactReply>('contact:changed', ({ contact }) =>
      contact.given.includes('name'),
    );
    await page.push('form:submit', answers);
    const { contact } = await page.push<p.VisitorContactReply>('form:submit', {
      values: { email: 'another@shop.example', phone: '+46 70 123 45 67', 'Order number': ' ' },
      consents: { terms: false },
    });
    assert.deepEqual(
      [contact.name, contact.email, contact.phone],
      ['Countess', 'ada@shop.example', '+46 70 123 45 67'],
    );
    await page.push('form:submit', answers);
    assert.deepEqual(await lines(conversationId), [
      { type: 'form', given: ['email', 'Order number', 'terms', 'marketing'] },
      { type: 'form', given: ['phone'] },
    ]);
    const seen = await desk.next<p.ContactReply>(
      thread,
      'contact:changed',
      (changed) => changed.contact.phone !== null,
    );
    assert.equal(seen.contact.consents.find(({ name }) => name === 'terms')?.given, true);
  });

  it('what it does not ask, what cannot be, and what comes from the blocked is refused, and changes nothing', async () => {
    const { set, visitor, storage, agent, ports } = await scene();
    const page = await visitor();
    const submit = (values: object, consents: object = {}) =>
      page.push('form:submit', { values, consents });
    await assert.rejects(submit({ name: 'Ada' }), refusedWith('invalid_payload'));
    await submit({});
    await set('form', { ...form, when: 'after' });
    const before = await storage.contacts.get(page.caller.contactId);
    const bad: [object, object, string][] = [
      [{ Plan: 'Pro' }, {}, 'invalid_payload'],
      [{ notes: 'x' }, {}, 'invalid_payload'],
      [{ ['__proto__']: 'x' }, {}, 'invalid_payload'],
      [{ 'a\nb': 5 }, {}, 'invalid_payload'],
      [{}, { cookies: true }, 'invalid_payload'],
      [{}, { terms: 'yes' }, 'invalid_payload'],
      [{ email: 'nobody' }, {}, 'invalid_email'],
      [{ phone: 'call me' }, {}, 'invalid_payload'],
      [{ name: 'x'.repeat(201) }, {}, 'invalid_payload'],
      [{ name: 'Ada', email: 'nobody' }, { terms: true }, 'invalid_email'],
    ];
    for (const [values, consents, code] of bad) {
      await assert.rejects(submit(values, consents), refusedWith(code), JSON.stringify(values));
    }
    assert.deepEqual(await storage.contacts.get(page.caller.contactId), before);
    const { conversationId } = await page.write('Hello');
    await blockContact(ports, agent, conversationId, { address: false });
    await assert.rejects(submit({ name: 'Ada' }), refusedWith('message_refused'));
  });

  it('is not asked of those who have written, nor of others where nothing is required', async () => {
    const { set, visitor } = await scene();
    const page = await visitor();
    await page.write('Before there was a form');
    await set('form', form);
    await page.write('And after');
    const fields = form.fields.map((field) => ({ ...field, required: false }));
    await set('form', { ...form, fields, consents: [] });
    await (await visitor()).write('Hello');
    await set('form', { ...form, when: 'offline' });
    await (await visitor()).write('Hello');
  });

  it('tells what is given whenever something else is asked, and nothing else that agents note', async () => {
    const { set, visitor, agent, ports } = await scene();
    const page = await visitor();
    const { conversationId } = await page.write('Hello');
    await updateContact(ports, agent, conversationId, {
      attributes: { Plan: 'Pro' },
      notes: 'Be kind',
    });
    await set('form', {
      ...form,
      fields: [{ key: 'Plan', labels: { en: 'Plan' }, required: true }],
    });
    const told = await page.next<p.VisitorContactReply>('contact:changed');
    assert.deepEqual(told.contact.given, ['Plan']);
    await updateContact(ports, agent, conversationId, { notes: 'Be kinder', addTags: ['vip'] });
    await page.push('snapshot:get');
    assert.equal(page.socket.of(page.topic, 'contact:changed').length, 1);
    assert.doesNotMatch(page.socket.frames.join(''), /Be kind|vip|"Pro"/);
  });
});
