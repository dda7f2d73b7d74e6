import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import { createSignInLink } from '../src/usecases/create-sign-in-link.js';
import { startFixture, type Fixture } from './app-fixture.js';
import { RawSocket } from './raw-socket.js';
import { assertRefused, Browser, call, refusedWith } from './security-fixture.js';

describe('tokens that were revoked', () => {
  let fixture: Fixture;

  before(async () => {
    fixture = await startFixture();
  });
  after(() => fixture.close());

  const signOut = (visitorToken: string | undefined) => {
    const workspaceId = fixture.workspace.id;
    return call(fixture, 'POST', '/v1/visitor/sign-out', { workspaceId, visitorToken });
  };
  const own = (method: string, path: string, body: unknown, cookie: string) =>
    call(fixture, method, path, body, { origin: fixture.url, cookie });

  /** As when the event that closes sockets is lost. */
  const revokeUnheard = async ({ visitorToken = '' }: Browser) => {
    const { jti: id = '' } = decodeJwt(visitorToken);
    const now = fixture.clock.now();
    await fixture.storage.access.revoke({ id, expiresAt: now + 1_000_000 }, now);
  };

  /** A browser of the owner's: its cookie, a channel token, and a socket on the inbox. */
  const signIn = async () => {
    const code = await createSignInLink(fixture.app.ports, fixture.owner.id);
    const reply = await fetch(`${fixture.url}/v1/agent/sign-in-link`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: fixture.url },
      body: JSON.stringify({ code }),
    });
    const cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? '';
    const { body } = await own('POST', '/v1/agent/token', undefined, cookie);
    const token = String(body['token']);
    const socket = await RawSocket.open(fixture.url, token);
    await socket.join(`inbox:${fixture.workspace.id}`);
    return { cookie, token, socket };
  };

  it('a visitor who signs out ends this browser alone, with all that was made of its token', async () => {
    const browser = new Browser(fixture);
    const first = await browser.come();
    const renewed = await browser.come();
    const { socket, topic } = await browser.join();
    const other = new Browser(fixture);
    const { socket: otherSocket, topic: otherTopic } = await other.join();
    assert.equal((await signOut(renewed.visitorToken)).status, 200);
    await socket.closed;
    for (const { visitorToken } of [first, renewed]) {
      assertRefused(await browser.ask(undefined, visitorToken), 401, 'token_invalid');
    }
    await assert.rejects(RawSocket.open(fixture.url, first.token), /403/);
    assert.equal((await signOut(first.visitorToken)).status, 200);
    await otherSocket.push(otherTopic, 'typing', { typing: false });
    await otherSocket.close();
    assert.notEqual(topic, otherTopic);
  });

  it('a forged one, one that has expired, and one of another workspace sign nobody out', async () => {
    const browser = new Browser(fixture);
    const { visitorToken, token } = await browser.come();
    for (const wrong of ['nonsense', token]) {
      assertRefused(await signOut(wrong), 401, 'token_invalid');
    }
    const body = { workspaceId: 'ws_another', visitorToken };
    const elsewhere = await call(fixture, 'POST', '/v1/visitor/sign-out', body);
    assertRefused(elsewhere, 404, 'workspace_not_found');
    await browser.come();
    fixture.clock.advance(401 * 86_400_000);
    assertRefused(await signOut(visitorToken), 401, 'token_expired');
  });

  it('a session that was signed out ends its sockets, and its channel token opens no other', async () => {
    const { cookie, token, socket } = await signIn();
    await own('POST', '/v1/agent/sign-out', {}, cookie);
    await socket.closed;
    await assert.rejects(RawSocket.open(fixture.url, token), /403/);
  });

  it('a new password ends all other sessions at once, and not its own', async () => {
    const here = await signIn();
    const there = await signIn();
    const body = { password: 'a new password of the owner' };
    assert.equal((await own('PATCH', '/v1/agent/profile', body, here.cookie)).status, 200);
    await there.socket.closed;
    await assert.rejects(RawSocket.open(fixture.url, there.token), /403/);
    assertRefused(
      await own('GET', '/v1/agent/session', undefined, there.cookie),
      401,
      'unauthorized',
    );
    await here.socket.push(`inbox:${fixture.workspace.id}`, 'agent:status', { status: 'online' });
    await here.socket.close();
  });

  it('a socket whose closing was lost between servers is found within a minute', async () => {
    const browser = new Browser(fixture);
    await browser.come();
    const { socket, topic } = await browser.join();
    await revokeUnheard(browser);
    await assert.rejects(socket.join(topic), refusedWith('token_invalid'));
    await socket.close();
  });

  it('a joined topic of it takes nothing any more after a minute', async () => {
    const browser = new Browser(fixture);
    await browser.come();
    const { socket, topic } = await browser.join();
    await revokeUnheard(browser);
    fixture.clock.advance(60_001);
    const typing = socket.push(topic, 'typing', { typing: false });
    await assert.rejects(typing, refusedWith('token_invalid'));
    await socket.close();
  });
});
