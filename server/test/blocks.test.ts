import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type * as p from '#kit/protocol/payloads.js';
import { clientId, startFixture, type Fixture } from './app-fixture.js';
import { RawSocket } from './raw-socket.js';
import { assertRefused, Browser, refusedWith, signJwt, visitorSecret } from './security-fixture.js';
import { updateSetting } from '../src/usecases/update-settings.js';

describe('who was blocked', () => {
  let fixture: Fixture;
  let agent: RawSocket;

  before(async () => {
    fixture = await startFixture({ environment: { TRUST_PROXY: '1' } });
    agent = await RawSocket.open(fixture.url, await fixture.agentToken());
    await updateSetting(fixture.app.ports, fixture.workspace.id, 'visitorAuth', {
      secrets: [visitorSecret],
    });
  });
  after(async () => {
    await agent.close();
    await fixture.close();
  });

  const from = (address: string) => new Browser(fixture, { 'x-forwarded-for': address });

  /** A visitor who wrote, and the agent who looks. */
  const converse = async (address: string) => {
    const browser = from(address);
    await browser.come();
    const { conversationId } = await browser.write('Hello');
    const thread = `conversation:${conversationId}`;
    await agent.join(thread);
    const set = (event: 'contact:block' | 'contact:unblock', payload: object = {}) =>
      agent.push<p.ContactReply>(thread, event, payload);
    return { browser, conversationId, thread, set };
  };
  const countMessages = async (conversationId: string) =>
    (await fixture.storage.conversations.get(conversationId))?.lastPublicSeq;

  it('cannot write, leaves no trace, and is told nothing that teaches a way round', async () => {
    const { browser, thread, conversationId, set } = await converse('198.51.100.1');
    const { socket, topic } = await browser.join();
    const { contact } = await set('contact:block', { address: false });
    assert.equal(contact.blocked, 'contact');
    const before = await countMessages(conversationId);
    const sent = { clientId: clientId(), text: 'Hello?' };
    await assert.rejects(socket.push(topic, 'message:send', sent), refusedWith('message_refused'));
    await socket.push(topic, 'typing', { typing: true });
    await socket.push(topic, 'page:view', { url: 'https://shop.example/spam', title: 'SPAM' });
    const joined = await socket.join<p.VisitorJoined>(topic);
    assert.ok(!('blocked' in joined.contact));
    assert.ok(!socket.frames.some((frame) => /"blocked":"|address/.test(frame)));
    assert.equal(await countMessages(conversationId), before);
    assert.equal(await fixture.storage.visits.latest(contact.id), null);
    assert.deepEqual(
      agent.of(thread, 'typing').filter((payload) => payload['typing'] === true),
      [],
    );
    await socket.close();
  });

  it('can write again at once when it is lifted', async () => {
    const { browser, conversationId, thread, set } = await converse('198.51.100.2');
    await set('contact:block', { address: false });
    const { contact } = await set('contact:unblock');
    assert.equal(contact.blocked, null);
    await browser.write('Thank you');
    const { messages } = await agent.push<p.MessagePage>(thread, 'messages:list', {
      conversationId,
    });
    assert.deepEqual(
      messages.flatMap(({ system }) => system?.type ?? []),
      ['blocked', 'unblocked'],
    );
  });

  it('with its address: its sockets end, and nobody else comes from that network', async () => {
    const { browser, set } = await converse('2001:db8:1:2::1');
    const { socket } = await browser.join();
    const neighbour = from('2001:db8:1:2:ffff::9');
    await neighbour.come();
    const elsewhere = from('2001:db8:1:3::1');
    await elsewhere.come();
    const { contact } = await set('contact:block', { address: true });
    assert.equal(contact.blocked, 'address');
    await socket.closed;
    for (const refused of [browser, neighbour, from('2001:db8:1:2:aaaa::1')]) {
      assertRefused(await refused.ask(), 403, 'chat_unavailable');
    }
    // The contact itself from no address at all.
    const moved = new Browser(fixture, { 'x-forwarded-for': '203.0.113.9' });
    assertRefused(await moved.ask(undefined, browser.visitorToken), 403, 'chat_unavailable');
    const { token = '' } = neighbour.reply ?? {};
    const headers = { 'x-forwarded-for': '2001:db8:1:2::7' };
    await assert.rejects(RawSocket.open(fixture.url, token, undefined, headers), /403/);
    await elsewhere.come();
    await set('contact:unblock');
    await browser.come();
    await neighbour.come();
  });

  it('stays so when the host signs who it is', async () => {
    const { browser, set } = await converse('198.51.100.4');
    await set('contact:block', { address: false });
    const sub = 'somebody-with-a-history';
    const known = await from('198.51.100.5').come(await signJwt(fixture, { sub }));
    const { contactId } = await browser.come(await signJwt(fixture, { sub }));
    assert.equal(contactId, known.contactId);
    const { socket, topic } = await browser.join();
    const sent = { clientId: clientId(), text: 'Hello?' };
    await assert.rejects(socket.push(topic, 'message:send', sent), refusedWith('message_refused'));
    await socket.close();
  });

  it('another contact’s ban of the same network outlasts the first one’s lifting', async () => {
    const first = await converse('198.51.100.6');
    const second = await converse('198.51.100.6');
    await first.set('contact:block', { address: true });
    await second.set('contact:block', { address: true });
    await first.set('contact:unblock');
    assertRefused(await from('198.51.100.6').ask(), 403, 'chat_unavailable');
    await second.set('contact:unblock');
    await from('198.51.100.6').come();
  });
});
