import { expect } from '@open-wc/testing';
import { applyPatch, withFields, type Contact, type ContactPatch } from './index.js';

const vera: Contact = {
  id: 'ct_1',
  name: 'Vera',
  email: null,
  phone: null,
  avatarUrl: null,
  language: 'sv',
  createdAt: 0,
  blocked: null,
  attributes: [
    { key: 'Plan', value: 'Pro' },
    { key: 'Seats', value: '5' },
  ],
  notes: 'Calls on Mondays.',
  tags: ['vip', 'new'],
  groupId: null,
  consents: [{ name: 'terms', given: true, at: 1 }],
  data: [],
  version: 3,
};

describe('a contact’s patch', () => {
  it('changes what it names, trimmed, and nothing else', () => {
    const patch = { name: '  Vera   Lind ', email: 'vera@example.com', groupId: 'gr_1' };
    expect(applyPatch(vera, patch, 9)).to.deep.equal({
      ...vera,
      name: 'Vera Lind',
      email: 'vera@example.com',
      groupId: 'gr_1',
    });
    expect(applyPatch(vera, {}, 9)).to.deep.equal(vera);
  });

  it('stores nothing for an empty line, and keeps line breaks in notes', () => {
    const after = applyPatch(vera, { name: ' ', language: null, notes: 'One\n\nTwo' }, 9);
    expect([after.name, after.language, after.notes]).to.deep.equal([null, null, 'One\n\nTwo']);
  });

  it('sets, adds and takes away attributes one by one, each in its place', () => {
    const patch = { attributes: { Plan: 'Free', Seats: null, 'Customer  since': '2019' } };
    expect(applyPatch(vera, patch, 9).attributes).to.deep.equal([
      { key: 'Plan', value: 'Free' },
      { key: 'Customer since', value: '2019' },
    ]);
  });

  it('adds a tag once and takes away those named', () => {
    const patch = { addTags: ['vip', ' late ', ' '], removeTags: ['new', 'unknown'] };
    expect(applyPatch(vera, patch, 9).tags).to.deep.equal(['vip', 'late']);
  });

  it('keeps the time of a consent that stays as it was', () => {
    const patch = { consents: { terms: true, marketing: false } };
    expect(applyPatch(vera, patch, 9).consents).to.deep.equal([
      { name: 'terms', given: true, at: 1 },
      { name: 'marketing', given: false, at: 9 },
    ]);
    expect(applyPatch(vera, { consents: { terms: false } }, 9).consents).to.deep.equal([
      { name: 'terms', given: false, at: 9 },
    ]);
  });

  it('S3.35 gives the same in both orders where two agents edit different fields', () => {
    const ann: ContactPatch = {
      name: 'Vera Lind',
      attributes: { Plan: null },
      addTags: ['late'],
      consents: { marketing: true },
    };
    const bob: ContactPatch = {
      phone: '+46 70 123',
      notes: '',
      attributes: { Seats: '9' },
      removeTags: ['new'],
      language: 'en',
    };
    const both = applyPatch(applyPatch(vera, ann, 9), bob, 9);
    expect(applyPatch(applyPatch(vera, bob, 9), ann, 9)).to.deep.equal(both);
    expect(both).to.include({ name: 'Vera Lind', phone: '+46 70 123', notes: '', language: 'en' });
    expect(both.attributes).to.deep.equal([{ key: 'Seats', value: '9' }]);
    expect(both.tags).to.deep.equal(['vip', 'late']);
  });

  it('takes a key that names a part of every object', () => {
    const attributes = JSON.parse('{"__proto__": "a", "constructor": "b"}') as ContactPatch;
    const patch = { attributes } as ContactPatch;
    expect(applyPatch({ ...vera, attributes: [] }, patch, 9).attributes).to.deep.equal([
      { key: '__proto__', value: 'a' },
      { key: 'constructor', value: 'b' },
    ]);
  });
});

describe('fields that a page tells of its visitor', () => {
  it('keep their order, and null takes one away', () => {
    const before = [{ key: 'cart', value: '3' }];
    const changes = [
      { key: 'plan', value: 'Pro' },
      { key: 'cart', value: null },
      { key: 'seen', value: ' yes ' },
    ];
    expect(withFields(before, changes)).to.deep.equal([
      { key: 'plan', value: 'Pro' },
      { key: 'seen', value: 'yes' },
    ]);
  });
});
