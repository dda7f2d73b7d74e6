import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type * as p from '#kit/protocol/payloads.js';
import type { VisitorIdentity } from '#kit/protocol/http.js';
import { createWorkspace } from '../src/usecases/create-workspace.js';
import { saveGroup } from '../src/usecases/save-group.js';
import { updateContact } from '../src/usecases/update-contact.js';
import { updateSetting } from '../src/usecases/update-settings.js';
import { agentCaller, startFixture, type Fixture } from './app-fixture.js';
import {
  assertRefused,
  Browser,
  call,
  signHmac,
  signJwt,
  visitorSecret,
} from './security-fixture.js';
import { form } from './widget-scene.js';

describe('identifying in a widget that is open', () => {
  let fixture: Fixture;
  let people = 0;
  const somebody = () => `person-${(people += 1)}`;

  before(async () => {
    fixture = await startFixture({
      environment: { LIMITS: 'contactsPerMinute=9999,identitiesPerMinute=9999' },
    });
    await setting('visitorAuth', { secrets: [visitorSecret] });
  });
  after(() => fixture.close());

  const setting = (name: string, value: unknown, id = fixture.workspace.id) =>
    updateSetting(fixture.app.ports, id, name, value);
  const submit = async (browser: Browser, values: object, consents = {}) => {
    const { socket, topic } = await browser.join();
    await socket.push(topic, 'form:submit', { values, consents });
    await socket.close();
  };
  const choose = async (browser: Browser, groupId: string) => {
    const { socket, topic } = await browser.join();
    await socket.push(topic, 'group:choose', { groupId });
    await socket.close();
  };
  const group = (name: string) =>
    saveGroup(fixture.app.ports, agentCaller(fixture.owner), {
      name,
      names: {},
      private: false,
      memberIds: [],
    });
  const linesOf = async (conversationId: string) => {
    const range = { conversationId, audience: 'agent', limit: 50, before: null } as const;
    const { messages } = await fixture.storage.messages.before(range);
    return messages.flatMap(({ system }) => system?.type ?? []);
  };

  it('what is refused leaves the browser who it was, with its conversation and its socket', async () => {
    const other = await createWorkspace(fixture.app.ports, { name: 'Other' });
    const otherSecret = 'the secret of another workspace, as long';
    await setting('visitorAuth', { secrets: [otherSecret] }, other.workspace.id);
    const id = somebody();
    const used = await signJwt(fixture, { sub: id, jti: `once-${id}` });
    await new Browser(fixture).come(used);
    const hmac = signHmac(fixture, id);
    const bad: [string, VisitorIdentity, string][] = [
      [
        'forged',
        await signJwt(fixture, { sub: id }, { secret: 'x'.repeat(40) }),
        'identity_invalid',
      ],
      ['of another workspace', signHmac(fixture, id, { secret: otherSecret }), 'identity_invalid'],
      [
        'for another workspace',
        await signJwt(fixture, { sub: id, workspace: other.workspace.id }),
        'identity_invalid',
      ],
      ['for another id', { ...hmac, id: somebody() }, 'identity_invalid'],
      ['expired', await signJwt(fixture, { sub: id }, { expiresIn: -1 }), 'token_expired'],
      ['expired by HMAC', signHmac(fixture, id, { expiresIn: -1 }), 'token_expired'],
      ['used twice', used, 'identity_reused'],
      [
        'with the jti of another person',
        await signJwt(fixture, { sub: somebody(), jti: `once-${id}` }),
        'identity_reused',
      ],
    ];
    const laptop = new Browser(fixture);
    const { contactId } = await laptop.come();
    await laptop.write('As nobody');
    const { socket, topic } = await laptop.join();
    const before = await fixture.storage.contacts.get(contactId);
    for (const [what, identity, code] of bad) {
      const refused = await laptop.ask(identity);
      assert.deepEqual([refused.status, refused.body['code']], [401, code], what);
      assert.equal((await laptop.ask()).body['contactId'], contactId, what);
    }
    const snapshot = await socket.push<p.VisitorJoined>(topic, 'snapshot:get');
    assert.deepEqual(
      snapshot.messages?.messages.map(({ text }) => text),
      ['As nobody'],
    );
    assert.deepEqual(await fixture.storage.contacts.get(contactId), before);
    await socket.close();
    // None of it was used up: the right one is taken.
    const signed = await laptop.come(await signJwt(fixture, { sub: somebody() }));
    assert.equal(signed.contactId, contactId);
  });

  it('a revoked browser is refused with an identity too, and comes as anonymous without its token', async () => {
    const laptop = new Browser(fixture);
    const { visitorToken } = await laptop.come();
    const workspaceId = fixture.workspace.id;
    await call(fixture, 'POST', '/v1/visitor/sign-out', { workspaceId, visitorToken });
    const identity = await signJwt(fixture, { sub: somebody() });
    assertRefused(await laptop.ask(), 401, 'token_invalid');
    assertRefused(await laptop.ask(identity), 401, 'token_invalid');
    laptop.visitorToken = undefined;
    laptop.reply = undefined;
    assert.ok((await laptop.come()).contactId);
    assert.equal((await laptop.ask(identity)).status, 200);
  });

  it('twice as the same person tells nobody anything and keeps socket, token and contact', async () => {
    const sub = somebody();
    const laptop = new Browser(fixture);
    const claims = { sub, name: 'Ada', email: 'ada@shop.example' };
    const first = await laptop.come(await signJwt(fixture, claims));
    const { conversationId } = await laptop.write('Hello');
    const { socket, topic } = await laptop.join();
    const stored = async () => [
      await fixture.storage.contacts.get(first.contactId),
      await fixture.storage.conversations.get(conversationId),
    ];
    const before = await stored();
    const frames = socket.received.length;
    const again = await laptop.come(await signJwt(fixture, claims));
    assert.equal(again.contactId, first.contactId);
    await socket.push(topic, 'snapshot:get');
    assert.equal(socket.received.length, frames);
    assert.deepEqual(await stored(), before);
    await socket.close();
  });

  it('all devices are told of another name or email, also before a word was written', async () => {
    const sub = somebody();
    const phone = new Browser(fixture);
    await phone.come(await signJwt(fixture, { sub, name: 'Ada' }));
    const { socket, topic } = await phone.join();
    const laptop = new Browser(fixture);
    await laptop.come(await signJwt(fixture, { sub, name: 'Ada L.', email: 'ada@shop.example' }));
    const { contact } = await socket.next<p.VisitorContactReply>(topic, 'contact:changed');
    assert.deepEqual([contact.name, contact.email], ['Ada L.', 'ada@shop.example']);
    await socket.close();
  });

  it('what was answered and chosen before comes along, and what the known contact gave stays', async () => {
    await setting('form', { ...form, when: 'before' });
    const id = somebody();
    const phone = new Browser(fixture);
    const known = await phone.come(await signJwt(fixture, { sub: id }));
    await submit(phone, { phone: '+46 70 111 11 11' });
    const sales = await group('Sales');
    const laptop = new Browser(fixture);
    await laptop.come();
    const values = { name: 'Ada', email: 'ada@shop.example', phone: '+46 70 222 22 22' };
    await submit(laptop, values, { terms: true });
    await choose(laptop, sales.id);
    const { contactId } = await laptop.come(await signJwt(fixture, { sub: id }));
    assert.equal(contactId, known.contactId);
    const merged = await fixture.storage.contacts.get(contactId);
    assert.deepEqual(
      [merged?.name, merged?.email, merged?.phone],
      ['Ada', 'ada@shop.example', '+46 70 111 11 11'],
    );
    const { conversationId } = await laptop.write('Hello');
    const conversation = await fixture.storage.conversations.get(conversationId);
    assert.equal(conversation?.groupId, sales.id);
    assert.deepEqual(await linesOf(conversationId), ['grouped', 'form']);
    await setting('form', null);
  });

  it('the host’s word takes the place of what a visitor said, and not of what an agent wrote', async () => {
    await setting('form', { ...form, when: 'after' });
    const typed = { name: 'The boss', email: 'boss@shop.example' };
    const claims = { name: 'Ada', email: 'ada@shop.example' };
    for (const isKnown of [true, false]) {
      const sub = somebody();
      if (isKnown) await new Browser(fixture).come(await signJwt(fixture, { sub }));
      const laptop = new Browser(fixture);
      await laptop.come();
      const { conversationId } = await laptop.write('Hello');
      await submit(laptop, typed);
      const agent = agentCaller(fixture.owner);
      await updateContact(fixture.app.ports, agent, conversationId, { name: 'Countess' });
      const { contactId } = await laptop.come(await signJwt(fixture, { sub, ...claims }));
      const { name, email } = (await fixture.storage.contacts.get(contactId)) ?? {};
      assert.deepEqual([name, email], ['Countess', claims.email], `known: ${isKnown}`);
    }
    await setting('form', null);
  });

  it('a choice for a conversation that does not begin is none of the one that is there', async () => {
    const id = somebody();
    const phone = new Browser(fixture);
    await phone.come(await signJwt(fixture, { sub: id }));
    const { conversationId } = await phone.write('Hello');
    const support = await group('Support');
    const laptop = new Browser(fixture);
    await laptop.come();
    await choose(laptop, support.id);
    const { contactId } = await laptop.come(await signJwt(fixture, { sub: id }));
    const conversation = await fixture.storage.conversations.get(conversationId);
    assert.equal(conversation?.groupId, null);
    assert.equal((await fixture.storage.contacts.get(contactId))?.chosenGroup, null);
  });

  it('a rating comes along with its conversation, also where that becomes an earlier one', async () => {
    const id = somebody();
    const phone = new Browser(fixture);
    await phone.come(await signJwt(fixture, { sub: id }));
    await phone.write('Live');
    const laptop = new Browser(fixture);
    await laptop.come();
    const { conversationId } = await laptop.write('Rated');
    const { socket, topic } = await laptop.join();
    await socket.push(topic, 'rating:set', { score: 4, comment: 'Good' });
    await socket.close();
    const { contactId } = await laptop.come(await signJwt(fixture, { sub: id }));
    const moved = await fixture.storage.conversations.get(conversationId);
    assert.deepEqual([moved?.contactId, moved?.live, moved?.rating?.score], [contactId, false, 4]);
    const live = await fixture.storage.conversations.live(contactId, 'chat');
    assert.equal(live?.rating, null);
  });
});
