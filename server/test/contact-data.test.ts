import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Field } from '#kit/domain/contact.js';
import type * as p from '#kit/protocol/payloads.js';
import { blockContact } from '../src/usecases/block-contact.js';
import { createWorkspace } from '../src/usecases/create-workspace.js';
import { updateSetting } from '../src/usecases/update-settings.js';
import { agentCaller, startFixture, type Fixture } from './app-fixture.js';
import { RawSocket } from './raw-socket.js';
import {
  assertRefused,
  Browser,
  call,
  refusedWith,
  signHmac,
  visitorSecret,
} from './security-fixture.js';

describe('what is told of a contact', () => {
  let fixture: Fixture;
  let agent: RawSocket;
  let token: string;
  const sockets: RawSocket[] = [];

  before(async () => {
    fixture = await startFixture({ environment: { LIMITS: 'contactDataPerMinute=40' } });
    const { ports } = fixture.app;
    const secrets = { secrets: [visitorSecret] };
    await updateSetting(ports, fixture.workspace.id, 'visitorAuth', secrets);
    token = await fixture.agentToken();
    agent = await RawSocket.open(fixture.url, token);
    sockets.push(agent);
  });
  after(async () => {
    for (const socket of sockets) await socket.close();
    await fixture.close();
  });

  /** A visitor who has written, and whose thread the agent looks at. */
  const scene = async (externalId?: string) => {
    const browser = new Browser(fixture);
    await browser.come(externalId === undefined ? undefined : signHmac(fixture, externalId));
    const { conversationId } = await browser.write('Hello');
    const { socket: visitor, topic } = await browser.join();
    sockets.push(visitor);
    const thread = `conversation:${conversationId}`;
    const { contact } = await agent.join<p.ConversationJoined>(thread);
    assert.deepEqual(contact.data, []);
    const tell = (how: 'set' | 'update', data: object[]) =>
      visitor.push(topic, 'contact:data', { how, data });
    const shown = (data: Field[]) =>
      agent.next<p.ContactReply>(
        thread,
        'contact:changed',
        (changed) => JSON.stringify(changed.contact.data) === JSON.stringify(data),
      );
    const stored = async () => (await fixture.storage.contacts.get(contact.id))?.data;
    return { id: contact.id, conversationId, thread, visitor, topic, tell, shown, stored };
  };
  const field = (key: string, value: string): Field => ({ key, value });
  const request = (method: 'PUT' | 'PATCH', path: string, body: unknown, bearer = token) =>
    call(fixture, method, `/v1/contacts/${path}/data`, body, {
      authorization: `Bearer ${bearer}`,
    });

  it('S3.33 page and REST tell an ordered list of keys and values, which agents see change', async () => {
    const { id, visitor, tell, shown } = await scene('customer/4711');
    const list = [field('Plan', 'Pro'), field('10', 'ten'), field('Basket', '3 <b>articles</b>')];
    await tell('set', list);
    await shown(list);
    await tell('update', [
      { key: 'Basket', value: null },
      { key: ' Seats ', value: ' 4 ' },
      { key: 'Plan', value: 'Team' },
    ]);
    await shown([field('Plan', 'Team'), field('10', 'ten'), field('Seats', '4')]);

    const put = await request('PUT', id, { data: [field('B', '1'), field('A', '2')] });
    assert.equal(put.status, 200, JSON.stringify(put.body));
    assert.deepEqual(put.body['data'], [field('B', '1'), field('A', '2')]);
    await shown([field('B', '1'), field('A', '2')]);
    const path = `by-identity/${encodeURIComponent('customer/4711')}`;
    const patched = await request('PATCH', path, { data: [field('C', '3')] });
    assert.deepEqual([patched.status, patched.body['contactId']], [200, id]);
    await shown([field('B', '1'), field('A', '2'), field('C', '3')]);
    const again = await request('PATCH', path, { data: [field('C', '3')] });
    assert.equal(again.body['version'], patched.body['version']);

    // The visitor is not told what is known of them.
    assert.doesNotMatch(visitor.frames.join(''), /Plan|Seats|Basket/);
    const audit = await fixture.storage.audit.latest(fixture.workspace.id, 50);
    const noted = audit.filter(({ action }) => action === 'contact.data');
    assert.deepEqual(
      noted.map(({ targetId, actorType }) => [targetId, actorType]),
      Array.from({ length: 3 }, () => [id, 'agent']),
    );
  });

  it('two pushes at once both last', async () => {
    const { tell, stored } = await scene();
    await Promise.all(['a', 'b', 'c'].map((key) => tell('update', [field(key, key)])));
    const keys = (await stored())?.map(({ key }) => key).sort();
    assert.deepEqual(keys, ['a', 'b', 'c']);
  });

  it('NUL is left out, and what is too much is refused', async () => {
    const { id, tell, stored } = await scene();
    await tell('set', [field('Na\0me', 'A\0da \ud800')]);
    assert.deepEqual(await stored(), [field('Name', 'Ada \ufffd')]);
    const many = (from: number, count: number, value = 'x') =>
      Array.from({ length: count }, (_, at) => field(`k${from + at}`, value));
    await tell('set', many(0, 100));
    await assert.rejects(tell('update', many(100, 1)), refusedWith('limit_reached'));
    await assert.rejects(tell('set', many(0, 101)), refusedWith('invalid_payload'));
    await tell('set', []);
    await tell('update', many(0, 10, 'x'.repeat(2_000)));
    const more = { data: many(10, 8, 'x'.repeat(2_000)) };
    assertRefused(await request('PATCH', id, more), 413, 'too_large');
    assert.equal((await stored())?.length, 10);
  });

  it('a blocked contact tells nothing and notices nothing', async () => {
    const { conversationId, tell, stored } = await scene();
    const { ports } = fixture.app;
    const owner = agentCaller(fixture.owner);
    await blockContact(ports, owner, conversationId, { address: false });
    await tell('set', [field('Plan', 'Pro')]);
    assert.deepEqual(await stored(), []);
  });

  it('only agents of the workspace may, with JSON of this shape, and not all the time', async () => {
    const { id, stored } = await scene();
    const body = { data: [field('Plan', 'Pro')] };
    assertRefused(await call(fixture, 'PUT', `/v1/contacts/${id}/data`, body), 401, 'unauthorized');
    const visitor = await fixture.visitor();
    assertRefused(await request('PUT', id, body, visitor.token), 403, 'forbidden');
    const other = await createWorkspace(fixture.app.ports, { name: 'Other' });
    const stranger = await fixture.agentToken(other.owner);
    assertRefused(await request('PUT', id, body, stranger), 404, 'contact_not_found');
    assertRefused(await request('PUT', 'ct_none', body), 404, 'contact_not_found');
    assertRefused(await request('PUT', 'by-identity/nobody', body), 404, 'contact_not_found');
    assertRefused(await request('PUT', 'by-identity/%00', body), 404, 'contact_not_found');
    for (const bad of [{}, [], { data: {} }, { ...body, how: 'set' }, { data: [{ key: 'a' }] }]) {
      assertRefused(await request('PUT', id, bad), 400, 'invalid_payload');
    }
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/plain' };
    const text = await call(fixture, 'PUT', `/v1/contacts/${id}/data`, 'Plan=Pro', headers);
    assertRefused(text, 400, 'invalid_payload');
    assert.deepEqual(await stored(), []);
    const origin = { authorization: `Bearer ${token}`, origin: 'https://elsewhere.example' };
    const foreign = await call(fixture, 'PUT', `/v1/contacts/${id}/data`, body, origin);
    assertRefused(foreign, 403, 'origin_not_allowed');
    for (let spent = 0; spent < 40; spent++) {
      const answer = await request('PUT', id, body);
      if (answer.status === 429) return assertRefused(answer, 429, 'rate_limited');
    }
    assert.fail('There is no limit.');
  });
});
