import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { SearchWindow } from '#kit/protocol/payloads.js';
import type { Storage } from '../src/ports.js';
import type { AgentCaller, VisitorCaller } from '../src/auth/tokens.js';
import type { Ports } from '../src/usecases/act.js';
import { createWorkspace } from '../src/usecases/create-workspace.js';
import { deleteConversation } from '../src/usecases/delete-conversation.js';
import { deleteMessage } from '../src/usecases/delete-message.js';
import { editMessage } from '../src/usecases/edit-message.js';
import { findContacts } from '../src/usecases/find-contacts.js';
import { removeDeleted } from '../src/usecases/remove-deleted.js';
import { searchConversations } from '../src/usecases/search-conversations.js';
import { sendAgentMessage } from '../src/usecases/send-agent-message.js';
import { sendVisitorMessage } from '../src/usecases/send-visitor-message.js';
import { closeConversation } from '../src/usecases/set-conversation-state.js';
import { sweepSearch } from '../src/usecases/sweep-search.js';
import { updateContact } from '../src/usecases/update-contact.js';
import { agentCaller, clientId, startFixture, type Fixture } from './app-fixture.js';
import { RawSocket } from './raw-socket.js';

const everyMs = 60_000;

describe('searching conversations', () => {
  let fixture: Fixture;
  let ports: Ports;
  let agent: AgentCaller;

  before(async () => {
    fixture = await startFixture();
    ports = fixture.app.ports;
    agent = agentCaller(fixture.owner);
  });
  after(() => fixture.close());

  const write = (caller: VisitorCaller, text: string) => {
    fixture.clock.advance(1);
    return sendVisitorMessage(ports, caller, { clientId: clientId(), text });
  };
  const converse = async (text: string) => {
    const { caller } = await fixture.visitor();
    const message = await write(caller, text);
    return { caller, message, id: message.conversationId };
  };
  const say = (conversationId: string, kind: 'reply' | 'comment', text: string) =>
    sendAgentMessage(ports, agent, conversationId, { clientId: clientId(), kind, text });
  const sweep = () => {
    fixture.clock.advance(everyMs);
    return sweepSearch(ports, everyMs);
  };
  /** What is found once everything was taken in. */
  const search = async (query: string, by = agent) => {
    await sweep();
    return (await searchConversations(ports, by, { query })).results;
  };
  const found = async (query: string, by = agent) =>
    (await search(query, by)).map(({ conversation }) => conversation.id);

  it('S3.11 finds names, emails and texts, and shows the matching words', async () => {
    const named = await converse('Good evening');
    await updateContact(ports, agent, named.id, {
      name: 'Zoë Ångström',
      email: 'zoe@angstroms.example',
    });
    const asked = await converse('Where is my **parcel** from Kraków? It should be here by now.');
    const answered = await converse('One question');
    await say(answered.id, 'reply', 'The *parcel* left **Krakow** yesterday');
    const noted = await converse('Another question');
    await say(noted.id, 'comment', 'Their parcel is lost');

    assert.deepEqual(await found('parcel'), [noted.id, answered.id, asked.id]);
    assert.deepEqual(await found('krakow PARCEL'), [answered.id, asked.id]);
    assert.deepEqual(await found('parcel krak'), [answered.id, asked.id]);
    assert.deepEqual(await found('parc krakow'), []);
    assert.deepEqual(await found('question parcel'), []);
    assert.deepEqual(await found('zoe angst'), [named.id]);
    assert.deepEqual(await found('angstroms.example'), [named.id]);
    assert.deepEqual(await found('closed'), []);

    const [byName] = await search('angstrom');
    assert.deepEqual(
      byName?.matches.map(({ field, excerpt, ranges }) => [
        field,
        ranges.map(([from, to]) => excerpt.slice(from, to)),
      ]),
      [
        ['name', ['Ångström']],
        ['email', ['angstrom']],
      ],
    );
    const [byText] = (await search('krakow parcel')).slice(-1);
    const [match] = byText?.matches ?? [];
    assert.equal(match?.messageId, asked.message.id);
    assert.deepEqual(
      match.ranges.map(([from, to]) => match.excerpt.slice(from, to)),
      ['parcel', 'Kraków'],
    );
  });

  it('finds words of scripts without spaces, and nothing where there is no word', async () => {
    const { id } = await converse('荷物はどこですか');
    assert.deepEqual(await found('荷物'), [id]);
    assert.deepEqual(await found('どこ'), [id]);
    assert.deepEqual(await found('荷どこ'), []);
    assert.deepEqual(await found('?! …'), []);
  });

  it('an edit takes the place of the former text, and a deleted message is found no more', async () => {
    const { id } = await converse('Hello there');
    const { id: messageId } = await say(id, 'reply', 'The secret is marzipan');
    assert.deepEqual(await found('marzipan'), [id]);
    await editMessage(ports, agent, id, { messageId, text: 'The secret is nougat' });
    assert.deepEqual(await found('marzipan'), []);
    assert.deepEqual(await found('nougat'), [id]);
    await deleteMessage(ports, agent, id, { messageId });
    // At once, and not only when it was taken in.
    const { results } = await searchConversations(ports, agent, { query: 'nougat' });
    assert.deepEqual(results, []);
    assert.deepEqual(await found('nougat'), []);
    assert.deepEqual(await found('there'), [id]);
  });

  it('a deleted conversation is found no more; closed and earlier ones are', async () => {
    const [gone, closed, earlier] = [
      await converse('A walrus sang'),
      await converse('A walrus danced'),
      await converse('A walrus slept'),
    ];
    assert.equal((await found('walrus')).length, 3);
    await deleteConversation(ports, agent, gone.id);
    const { results } = await searchConversations(ports, agent, { query: 'walrus' });
    assert.equal(results.length, 2);
    await closeConversation(ports, agent, closed.id);
    await ports.storage.conversations.update(earlier.id, { live: false });
    fixture.clock.advance(everyMs);
    await removeDeleted(ports, everyMs);
    assert.deepEqual(await found('walrus'), [earlier.id, closed.id]);
  });

  it('is given in pages, each after the last of the one before', async () => {
    const made: string[] = [];
    for (let index = 0; index < 5; index++) made.push((await converse(`Pagination ${index}`)).id);
    await sweep();
    const seen: string[] = [];
    let after: { activeAt: number; id: string } | undefined;
    for (let more = true; more;) {
      const input = { query: 'paginat', limit: 2, ...(after && { after }) };
      const page = await searchConversations(ports, agent, input);
      seen.push(...page.results.map(({ conversation }) => conversation.id));
      const last = page.results.at(-1)?.conversation;
      after = last && { activeAt: last.activeAt, id: last.id };
      more = page.more;
    }
    assert.deepEqual(seen, made.toReversed());
  });

  it('workspaces find their own only', async () => {
    const { id } = await converse('Rhinoceros');
    const other = await createWorkspace(ports, { name: 'Another workspace' });
    const { caller } = await fixture.visitor(other.workspace.id);
    const theirs = (await write(caller, 'Rhinoceros')).conversationId;
    assert.deepEqual(await found('rhinoceros'), [id]);
    assert.deepEqual(await found('rhinoceros', agentCaller(other.owner)), [theirs]);
  });

  it('what was just written is found soon, without a sweep', async () => {
    const { id } = await converse('Immediately');
    const query = { query: 'immediately' };
    const isFound = async () =>
      (await searchConversations(ports, agent, query)).results[0]?.conversation.id === id;
    for (let tries = 0; !(await isFound()); tries++) {
      assert.ok(tries < 100, 'it was not found');
      await pause(50);
    }
    const socket = await RawSocket.open(fixture.url, await fixture.agentToken());
    const inbox = `inbox:${fixture.workspace.id}`;
    await socket.join(inbox);
    const search = (input: object) =>
      socket.push<SearchWindow>(inbox, 'conversations:search', input);
    const { results } = await search(query);
    assert.deepEqual(
      results.map(({ conversation, matches }) => [conversation.id, matches[0]?.ranges]),
      [[id, [[0, 11]]]],
    );
    await assert.rejects(search({ query: 'x'.repeat(201) }), /invalid_payload/);
    await socket.close();
  });

  it('a sweep goes on where one ended, and is done by one server at a time', async () => {
    const { id, caller } = await converse('Perseverance');
    const storage = failingOnce(ports.storage);
    fixture.clock.advance(everyMs);
    await assert.rejects(sweepSearch({ ...ports, storage }, everyMs), /killed/);
    await write(caller, 'Endurance');
    fixture.clock.advance(everyMs);
    const turns = await Promise.all([1, 2, 3].map(() => sweepSearch(ports, everyMs)));
    assert.equal(turns.filter((turn) => turn !== null).length, 1);
    for (const query of ['perseverance', 'endurance']) {
      const { results } = await searchConversations(ports, agent, { query });
      assert.equal(results[0]?.conversation.id, id);
    }
  });

  it('finds whom to write to by name and address, of its own workspace only', async () => {
    const named = await converse('Good evening');
    const email = 'yrsa@sigurdardottir.example';
    await updateContact(ports, agent, named.id, { name: 'Yrsa Sigurðardóttir', email });
    const contacts = async (query: string, by = agent) =>
      (await findContacts(ports, by, { query })).contacts.map(({ id }) => id);
    const { contactId } = named.caller;
    // The whole address is found at once, the rest when it was taken in.
    assert.deepEqual(await contacts(email.toUpperCase()), [contactId]);
    await sweep();
    for (const query of ['yrsa', 'YRSA sigur', 'sigurdard', 'yrsa@']) {
      assert.deepEqual(await contacts(query), [contactId], query);
    }
    for (const query of ['rsa', 'yrsa x', '@']) assert.deepEqual(await contacts(query), [], query);
    const other = await createWorkspace(ports, { name: 'Other' });
    assert.deepEqual(await contacts('yrsa', agentCaller(other.owner)), []);
  });

  /** The server ends in the middle of taking something in. */
  function failingOnce(storage: Storage): Storage {
    const takeIn = () => Promise.reject(new Error('killed'));
    return { ...storage, search: { ...searchOf(storage), takeIn } };
  }

  function searchOf({ search }: Storage): Storage['search'] {
    return {
      find: (query) => search.find(query),
      contacts: (query) => search.contacts(query),
      takeIn: (ids) => search.takeIn(ids),
      conversations: (after, limit) => search.conversations(after, limit),
      reached: () => search.reached(),
      reach: (moment) => search.reach(moment),
    };
  }
});
