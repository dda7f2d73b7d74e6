import {
  events,
  type BlockedContacts,
  type ContactReply,
  type ContactsFound,
  type ConversationWindow,
  type VisitorJoined,
} from '../../protocol/index.js';
import { check, same } from './bench.js';
import { nextWord, type ServerTest } from './cast.js';

/** What is known of people, and who may not write. */
export function contactsContract(test: ServerTest): void {
  test('two agents who change different fields both keep their change', async (cast) => {
    const { write } = await cast.visitor();
    const id = await write('Hello');
    const [owner, agent] = await Promise.all([
      cast.conversation(id, 'owner'),
      cast.conversation(id, 'agent'),
    ]);
    await Promise.all([
      owner.push(events.contactUpdate, {
        name: 'Vera Lind',
        attributes: { Plan: 'Pro' },
        addTags: ['vip'],
        notes: 'Calls on Mondays.\nAlways.',
      }),
      agent.push(events.contactUpdate, {
        language: 'sv',
        attributes: { Seats: '5' },
        addTags: ['late'],
        consents: { marketing: true },
      }),
    ]);
    const { contact } = await owner.push<ContactReply>(events.contactUpdate, {
      removeTags: ['vip'],
      attributes: { Plan: null },
    });
    same([contact.name, contact.language, contact.tags], ['Vera Lind', 'sv', ['late']]);
    same(contact.attributes, [{ key: 'Seats', value: '5' }]);
    same(contact.notes, 'Calls on Mondays.\nAlways.');
    same(
      contact.consents.map(({ name, given }) => [name, given]),
      [['marketing', true]],
    );
    const told = await agent.heard<ContactReply>(
      events.contactChanged,
      (changed) => changed.contact.version === contact.version,
    );
    same(told.contact.attributes, contact.attributes);
  });

  test('refuses what is no address and no group', async (cast) => {
    const { write } = await cast.visitor();
    const { refusal } = await cast.conversation(await write('Hello'));
    same(await refusal(events.contactUpdate, { email: 'nobody' }), 'invalid_email');
    same(await refusal(events.contactUpdate, { groupId: 'gr_unknown' }), 'group_not_found');
  });

  test('what the page tells keeps its order; the visitor reads nothing of agents', async (cast) => {
    const { wire, write } = await cast.visitor();
    const { heard, push } = await cast.conversation(await write('Hello'));
    await push(events.contactUpdate, { notes: 'Secret', addTags: ['vip'] });
    const first = [
      { key: 'Cart', value: '3' },
      { key: 'Plan', value: 'Free' },
    ];
    same(await wire.push(events.contactData, { how: 'set', data: first }), {});
    const update = [
      { key: 'Plan', value: 'Pro' },
      { key: 'Cart', value: null },
      { key: 'Seen', value: 'yes' },
    ];
    await wire.push(events.contactData, { how: 'update', data: update });
    const { contact } = await heard<ContactReply>(
      events.contactChanged,
      (changed) => changed.contact.data.length === 2 && changed.contact.data[1]?.key === 'Seen',
    );
    same(contact.data, [
      { key: 'Plan', value: 'Pro' },
      { key: 'Seen', value: 'yes' },
    ]);
    const joined = await wire.push<VisitorJoined>(events.snapshotGet, {});
    same(Object.keys(joined.contact).sort(), [
      'avatarUrl',
      'email',
      'given',
      'id',
      'language',
      'name',
      'phone',
      'version',
    ]);
    check(!JSON.stringify(wire.heardSoFar).includes('Secret'), 'A visitor was told a note.');
  });

  test('is found by the beginning of a name or an address', async (cast) => {
    const [first, last] = [nextWord(), nextWord()];
    const { contactId, write } = await cast.visitor();
    const [inbox, thread] = await Promise.all([
      cast.inbox(),
      write('Hello').then((id) => cast.conversation(id)),
    ]);
    const email = `${first}@example.com`;
    await thread.push(events.contactUpdate, { name: `${first} ${last}`, email });
    await cast.harness.indexed();
    const found = async (query: string): Promise<string[]> =>
      (await inbox.push<ContactsFound>(events.contactsFind, { query })).contacts.map(
        ({ id }) => id,
      );
    same(await found(`${first}@`), [contactId]);
    same(await found(first.toUpperCase()), [contactId]);
    same(await found(`${first} ${last.slice(0, -1)}`), [contactId]);
    same(await found(nextWord()), []);
  });

  test('one who is blocked is listed, and lifted from the list', async (cast) => {
    const { contactId, wire, write } = await cast.visitor();
    const [inbox, thread] = await Promise.all([
      cast.inbox(),
      write('Hello').then((id) => cast.conversation(id, 'agent')),
    ]);
    await thread.push(events.contactBlock, { address: false });
    const listed = async (): Promise<string[]> =>
      (await inbox.push<BlockedContacts>(events.contactsBlocked, {})).contacts.map(
        ({ contact }) => contact.id,
      );
    check((await listed()).includes(contactId), 'The contact should be listed.');
    const message = { clientId: '01970000-0000-7000-8000-000000000001', text: 'Hello?' };
    same(await wire.refusal(events.messageSend, message), 'message_refused');
    same(await inbox.push(events.contactLift, { contactId }), {});
    check(!(await listed()).includes(contactId), 'The contact should be listed no more.');
    await thread.heard<ContactReply>(
      events.contactChanged,
      ({ contact }) => contact.blocked === null && contact.version > 2,
    );
    await write('Hello again');
    same(await inbox.refusal(events.contactLift, { contactId: 'ct_unknown' }), 'contact_not_found');
  });

  test('has no earlier conversations at first', async (cast) => {
    const { write } = await cast.visitor();
    const { push } = await cast.conversation(await write('Hello'));
    const earlier = await push<ConversationWindow>(events.contactEarlier, {});
    same(earlier, { conversations: [], more: false });
  });
}
