import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type * as p from '#kit/protocol/payloads.js';
import { createWorkspace } from '../src/usecases/create-workspace.js';
import { sendVisitorMessage } from '../src/usecases/send-visitor-message.js';
import { updateContact } from '../src/usecases/update-contact.js';
import { updateSetting } from '../src/usecases/update-settings.js';
import { agentCaller, clientId, startFixture, type Fixture } from './app-fixture.js';
import { RawSocket } from './raw-socket.js';
import { assertRefused, Browser, signHmac, signJwt, visitorSecret } from './security-fixture.js';

describe('who the host says its visitor is', () => {
  let fixture: Fixture;
  let people = 0;
  const somebody = () => `user-${(people += 1)}`;

  before(async () => {
    fixture = await startFixture({
      environment: { LIMITS: 'contactsPerMinute=9999,identitiesPerMinute=9999' },
    });
    await setting('visitorAuth', { secrets: ['another secret while they rotate', visitorSecret] });
  });
  after(() => fixture.close());

  const setting = (name: string, value: unknown) =>
    updateSetting(fixture.app.ports, fixture.workspace.id, name, value);
  const conversationsOf = async (contactId: string) => {
    const { conversations } = fixture.storage;
    const live = await conversations.live(contactId, 'chat');
    const except = live?.id ?? 'none';
    const earlier = await conversations.earlier({ contactId, except, before: null, limit: 200 });
    return [...(live ? [live] : []), ...earlier.conversations];
  };
  const openCount = async () =>
    (await fixture.storage.conversations.counts(fixture.workspace.id)).all;
  const textsOf = async (browser: Browser) => {
    const { token, contactId } = await browser.come();
    const socket = await RawSocket.open(fixture.url, token);
    const { messages } = await socket.join<p.VisitorJoined>(`visitor:${contactId}`);
    await socket.close();
    return messages?.messages.map(({ text }) => text) ?? [];
  };

  it('all devices of one signed id are one contact, by either way of signing', async () => {
    const id = somebody();
    const phone = new Browser(fixture);
    const laptop = new Browser(fixture);
    const first = await phone.come(await signJwt(fixture, { sub: id, name: ' Ada  L. ' }));
    const second = await laptop.come(signHmac(fixture, id));
    assert.equal(second.contactId, first.contactId);
    await phone.write('from the phone');
    assert.deepEqual(await textsOf(laptop), ['from the phone']);
    assert.equal((await fixture.storage.contacts.get(first.contactId))?.name, 'Ada L.');
  });

  it('the anonymous conversation comes along to a contact that has none', async () => {
    const id = somebody();
    const { contactId } = await new Browser(fixture).come(await signJwt(fixture, { sub: id }));
    const laptop = new Browser(fixture);
    await laptop.come();
    const anonymous = await laptop.join();
    const { message } = await anonymous.socket.push<p.MessageStored>(
      anonymous.topic,
      'message:send',
      { clientId: clientId(), text: 'before I signed in' },
    );
    const agent = await RawSocket.open(fixture.url, await fixture.agentToken());
    const thread = `conversation:${message.conversationId}`;
    await agent.join(thread);
    const moved = agent.next<p.ContactReply>(
      thread,
      'contact:changed',
      ({ contact }) => contact.id === contactId,
    );
    const signed = await laptop.come(await signJwt(fixture, { sub: id }));
    assert.equal(signed.contactId, contactId);
    await anonymous.socket.closed;
    await moved;
    assert.deepEqual(await textsOf(laptop), ['before I signed in']);
    await agent.close();
  });

  it('an id that nobody had yet is the anonymous contact itself', async () => {
    const laptop = new Browser(fixture);
    const { contactId, visitorToken } = await laptop.come();
    await laptop.write('mine');
    const signed = await laptop.come(await signJwt(fixture, { sub: somebody() }));
    assert.equal(signed.contactId, contactId);
    assert.deepEqual(await textsOf(laptop), ['mine']);
    // Whoever copied the anonymous token before does not get into the signed one's conversation.
    assertRefused(await laptop.ask(undefined, visitorToken), 401, 'token_invalid');
  });

  it('keeps the anonymous conversation as an earlier one where the contact has a live one', async () => {
    const id = somebody();
    const phone = new Browser(fixture);
    const { contactId } = await phone.come(await signJwt(fixture, { sub: id }));
    await phone.write('live');
    const laptop = new Browser(fixture);
    await laptop.come();
    const open = await openCount();
    const early = await laptop.write('early');
    await laptop.come(await signJwt(fixture, { sub: id }));
    assert.deepEqual(await textsOf(laptop), ['live']);
    const kept = await fixture.storage.conversations.get(early.conversationId);
    assert.deepEqual([kept?.contactId, kept?.live], [contactId, false]);
    assert.equal((await conversationsOf(contactId)).length, 2);
    assert.equal(await openCount(), open);
  });

  it('the same identity once more changes nothing', async () => {
    const id = somebody();
    const laptop = new Browser(fixture);
    const token = await signJwt(fixture, { sub: id });
    const { contactId } = await laptop.come(token);
    const { socket, topic } = await laptop.join();
    await laptop.write('still here');
    for (const identity of [token, await signJwt(fixture, { sub: id }), signHmac(fixture, id)]) {
      assert.equal((await laptop.come(identity)).contactId, contactId);
    }
    await socket.push(topic, 'typing', { typing: false });
    await socket.close();
    assert.deepEqual(await textsOf(laptop), ['still here']);
  });

  it('another person in the same browser sees nothing of the one before', async () => {
    const laptop = new Browser(fixture);
    const ada = await laptop.come(await signJwt(fixture, { sub: somebody() }));
    const { socket } = await laptop.join();
    await laptop.write('private');
    const bob = await laptop.come(await signJwt(fixture, { sub: somebody() }));
    await socket.closed;
    assert.notEqual(bob.contactId, ada.contactId);
    assert.deepEqual(await textsOf(laptop), []);
    assertRefused(await laptop.ask(undefined, ada.visitorToken), 401, 'token_invalid');
  });

  it('is refused when forged, expired, unsigned, for another id, or used by another browser', async () => {
    const id = somebody();
    const used = await signJwt(fixture, { sub: id });
    await new Browser(fixture).come(used);
    const hmac = signHmac(fixture, id);
    const before = (await fixture.storage.workspaces.list()).length;
    const b64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const exp = Math.floor(fixture.clock.now() / 1000) + 600;
    const refused = [
      [await signJwt(fixture, { sub: id }, { secret: 'another host, another secret, as long' })],
      [{ token: `${b64({ alg: 'none' })}.${b64({ sub: id, exp, jti: 'x' })}.` }],
      [await signJwt(fixture, { sub: id }, { alg: 'HS512' })],
      [await signJwt(fixture, { sub: id, jti: undefined })],
      [await signJwt(fixture, { sub: '' })],
      [await signJwt(fixture, { sub: `${id}\0` })],
      [await signJwt(fixture, { sub: 'x'.repeat(201) })],
      [await signJwt(fixture, { sub: id, workspace: 'ws_another' })],
      [await signJwt(fixture, { sub: id }, { expiresIn: 400 * 86_400 })],
      [{ token: 'nonsense' }],
      [{ ...hmac, id: somebody() }],
      [{ ...hmac, expiresAt: hmac.expiresAt + 1 }],
      [{ visitorId: 'a-visitor-id-of-brevo-that-is-long' }],
    ] as const;
    for (const [identity] of refused) {
      assertRefused(await new Browser(fixture).ask(identity), 401, 'identity_invalid');
    }
    const expired = await signJwt(fixture, { sub: id }, { expiresIn: -1 });
    assertRefused(await new Browser(fixture).ask(expired), 401, 'token_expired');
    const late = signHmac(fixture, id, { expiresIn: -1 });
    assertRefused(await new Browser(fixture).ask(late), 401, 'token_expired');
    assertRefused(await new Browser(fixture).ask(used), 401, 'identity_reused');
    assert.equal((await fixture.storage.workspaces.list()).length, before);
  });

  it('of another workspace is none here, nor is a browser of another workspace', async () => {
    const other = await createWorkspace(fixture.app.ports, { name: 'Other' });
    const id = somebody();
    const laptop = new Browser(fixture);
    await laptop.come(await signJwt(fixture, { sub: id }));
    const elsewhere = new Browser({ ...fixture, workspace: other.workspace });
    assertRefused(await elsewhere.ask(signHmac(fixture, id)), 401, 'identity_invalid');
    assertRefused(await elsewhere.ask(undefined, laptop.visitorToken), 401, 'token_invalid');
  });

  it('a single-use token is good again for nobody, and forgotten when it has expired', async () => {
    const sub = somebody();
    const token = await signJwt(fixture, { sub, jti: 'once' }, { expiresIn: 60 });
    await new Browser(fixture).come(token);
    fixture.clock.advance(61_000);
    assertRefused(await new Browser(fixture).ask(token), 401, 'token_expired');
    const again = await signJwt(fixture, { sub, jti: 'once' }, { expiresIn: 60 });
    await new Browser(fixture).come(again);
  });

  it('names fill what is empty and follow the host, but never undo what an agent wrote', async () => {
    const sub = somebody();
    const laptop = new Browser(fixture);
    const { contactId } = await laptop.come(
      await signJwt(fixture, { sub, name: 'Ada', email: 'ADA@host.example' }),
    );
    const { conversationId } = await laptop.write('Hello');
    const stored = async () => {
      const contact = await fixture.storage.contacts.get(contactId);
      return [contact?.name, contact?.email];
    };
    assert.deepEqual(await stored(), ['Ada', 'ada@host.example']);
    await laptop.come(await signJwt(fixture, { sub, name: 'Ada L.', email: 'not an email' }));
    assert.deepEqual(await stored(), ['Ada L.', 'ada@host.example']);
    const agent = agentCaller(fixture.owner);
    await updateContact(fixture.app.ports, agent, conversationId, { name: 'Countess' });
    await laptop.come(await signJwt(fixture, { sub, name: 'Ada B.', email: 'b@host.example' }));
    assert.deepEqual(await stored(), ['Countess', 'b@host.example']);
    await laptop.come(await signJwt(fixture, { sub, name: 'x'.repeat(2_000) }));
    assert.deepEqual(await stored(), ['Countess', 'b@host.example']);
  });

  it('bare visitor ids of Brevo are taken where the workspace says so, and never shown', async () => {
    const visitorId = 'bare-visitor-id-0123456789';
    await setting('acceptBrevoVisitorIds', true);
    const first = await new Browser(fixture).come({ visitorId });
    const second = await new Browser(fixture).come({ visitorId });
    assert.equal(second.contactId, first.contactId);
    const signed = await new Browser(fixture).come(signHmac(fixture, visitorId));
    assert.notEqual(signed.contactId, first.contactId);
    const record = JSON.stringify(await fixture.storage.contacts.get(first.contactId));
    assert.ok(!record.includes(visitorId));
    await setting('acceptBrevoVisitorIds', false);
    assertRefused(await new Browser(fixture).ask({ visitorId }), 401, 'identity_invalid');
  });

  it('two devices that identify at the same moment are one contact with one live conversation', async () => {
    for (let round = 0; round < 5; round++) {
      const sub = somebody();
      const devices = Array.from({ length: 4 }, () => new Browser(fixture));
      for (const device of devices) {
        await device.come();
        await device.write('early');
      }
      const replies = await Promise.all(
        devices.map(async (device) => device.come(await signJwt(fixture, { sub }))),
      );
      const [contactId = ''] = new Set(replies.map((reply) => reply.contactId));
      assert.ok(replies.every((reply) => reply.contactId === contactId));
      const cards = await conversationsOf(contactId);
      const records = await Promise.all(
        cards.map(({ id }) => fixture.storage.conversations.get(id)),
      );
      assert.equal(records.length, 4);
      assert.equal(records.filter((record) => record?.live).length, 1);
    }
  });

  it('a message on its way while the visitor identifies arrives once, in what they see then', async () => {
    for (let round = 0; round < 5; round++) {
      const sub = somebody();
      const { contactId } = await new Browser(fixture).come(await signJwt(fixture, { sub }));
      const laptop = new Browser(fixture);
      const anonymous = await laptop.come();
      await laptop.write('first');
      const { workspace, app } = fixture;
      const input = { clientId: clientId(), text: 'on its way' };
      const caller = {
        type: 'visitor',
        contactId: anonymous.contactId,
        workspaceId: workspace.id,
        tokenId: 'vt_on_its_way',
      } as const;
      const identity = await signJwt(fixture, { sub });
      const [, sent] = await Promise.all([
        laptop.come(identity),
        sendVisitorMessage(app.ports, caller, input),
      ]);
      // The client did not hear of it and sends it again, as who it is by now.
      const again = await sendVisitorMessage(app.ports, { ...caller, contactId }, input);
      assert.equal(again.id, sent.id);
      assert.deepEqual((await textsOf(laptop)).sort(), ['first', 'on its way']);
    }
  });
});
