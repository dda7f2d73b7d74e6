import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createPasswords } from '../src/auth/passwords.js';
import { startFixture, type Fixture } from './app-fixture.js';
import { call } from './security-fixture.js';

const email = 'ada@shop.example';
const password = 'the password of Ada';

describe('another website', () => {
  let fixture: Fixture;

  before(async () => {
    fixture = await startFixture({ environment: { TRUST_PROXY: '1' } });
    const passwordHash = await createPasswords().hash(password);
    await fixture.storage.agents.updateAccount(fixture.owner.id, { email, passwordHash });
  });
  after(() => fixture.close());

  const post = (headers: Record<string, string>, body: string) =>
    fetch(`${fixture.url}/v1/agent/sign-in`, { method: 'POST', headers, body });
  const credentials = JSON.stringify({ email, password });

  it('signs nobody in by a form, whatever the form says it is', async () => {
    const forms = [
      ['text/plain', credentials],
      ['application/x-www-form-urlencoded', `email=${email}&password=${password}`],
      ['multipart/form-data; boundary=b', '--b\r\n\r\n--b--'],
      ['text/plain', `{"email":"${email}","password":"${password}","x":"="}`],
    ] as const;
    for (const [type, body] of forms) {
      for (const origin of ['https://stranger.example', 'null', fixture.url]) {
        const reply = await post({ 'content-type': type, origin }, body);
        assert.ok([400, 403, 415].includes(reply.status), `${type} from ${origin}`);
        assert.equal(reply.headers.get('set-cookie'), null);
      }
    }
  });

  it('nor does a request that does not say where it comes from', async () => {
    const reply = await post({ 'content-type': 'application/json' }, credentials);
    assert.deepEqual([reply.status, reply.headers.get('set-cookie')], [403, null]);
  });

  it('is not the server’s own because a header claims that it is', async () => {
    const origin = 'https://stranger.example';
    const forged = {
      'content-type': 'application/json',
      origin,
      'x-forwarded-host': 'stranger.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=stranger.example;proto=https',
    };
    assert.equal((await post(forged, credentials)).status, 403);
    const { status, body } = await call(
      fixture,
      'POST',
      '/v1/visitor/token',
      { workspaceId: fixture.workspace.id },
      forged,
    );
    assert.deepEqual([status, body['code']], [403, 'origin_not_allowed']);
  });

  it('gets a cookie from its own page that no other page’s request carries', async () => {
    const reply = await post(
      { 'content-type': 'application/json', origin: fixture.url },
      credentials,
    );
    assert.equal(reply.status, 200);
    const cookie = reply.headers.get('set-cookie') ?? '';
    assert.match(cookie, /; HttpOnly/);
    assert.match(cookie, /; SameSite=(?:Lax|Strict)/);
    assert.equal(reply.headers.get('access-control-allow-credentials'), null);
  });

  it('no stranger locks an agent out, and who guesses waits longer each time', async () => {
    const from = (address: string, guess: string) =>
      call(
        fixture,
        'POST',
        '/v1/agent/sign-in',
        { email, password: guess },
        { origin: fixture.url, 'x-forwarded-for': address },
      );
    const waits: number[] = [];
    while (waits.length < 5) {
      const { body } = await from('203.0.113.66', 'a guess');
      if (body['code'] !== 'too_many_attempts') continue;
      const wait = Number(body['retryAfterMs']);
      waits.push(wait);
      fixture.clock.advance(wait);
    }
    assert.deepEqual(
      waits,
      waits.toSorted((a, b) => a - b),
    );
    assert.ok((waits.at(-1) ?? 0) >= 8 * (waits[0] ?? 0), String(waits));
    assert.equal((await from('198.51.100.7', password)).status, 200);
  });

  it('nothing of all that is in the log', () => {
    const log = fixture.logged();
    for (const secret of [password, 'a guess', email, 'convkit_session']) {
      assert.ok(!log.includes(secret), secret);
    }
    assert.doesNotMatch(log, /eyJ[\w-]{8,}\.|Bearer /);
  });
});
