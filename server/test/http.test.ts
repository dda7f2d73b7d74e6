import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type {
  AgentTokenReply,
  PublicConfig,
  SignedIn,
  VisitorTokenReply,
} from '#kit/protocol/http.js';
import type { WireError } from '#kit/protocol/errors.js';
import { createSignInLink } from '../src/usecases/create-sign-in-link.js';
import { createWorkspace } from '../src/usecases/create-workspace.js';
import { updateSetting } from '../src/usecases/update-settings.js';
import { startFixture, type Fixture } from './app-fixture.js';
import { RawSocket } from './raw-socket.js';

const hostSecret = 'the secret that the host application signs with';

describe('HTTP', () => {
  let fixture: Fixture;
  let publicDir: string;

  before(async () => {
    publicDir = await mkdtemp(join(tmpdir(), 'convkit-public-'));
    for (const folder of ['shop/city', 'inbox', 'assets', 'v1']) {
      await mkdir(join(publicDir, folder), { recursive: true });
    }
    const page = '<!doctype html><chat-widget workspace="__CONVKIT_WORKSPACE__"></chat-widget>';
    await writeFile(join(publicDir, 'shop/index.html'), page);
    await writeFile(join(publicDir, 'shop/city/index.html'), page);
    await writeFile(join(publicDir, 'inbox/index.html'), page);
    await writeFile(join(publicDir, 'assets/chunk-abc.js'), 'export {};');
    await writeFile(join(publicDir, 'v1/widget.js'), 'export {};');
    fixture = await startFixture({ publicDir });
  });
  after(async () => {
    await fixture.close();
    await rm(publicDir, { recursive: true, force: true });
  });

  const request = (method: string, path: string, body?: object, headers: object = {}) =>
    fetch(`${fixture.url}${path}`, {
      method,
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(headers as Record<string, string>),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  /** As the server's own page does it. */
  const own = (method: string, path: string, body?: object, cookie = '') =>
    request(method, path, body, { origin: fixture.url, ...(cookie ? { cookie } : {}) });
  const refusal = async (reply: Response) => {
    const { code, reason, message } = (await reply.json()) as WireError;
    assert.equal(reason, code);
    assert.ok(message);
    return [reply.status, code];
  };
  const cookieOf = (reply: Response) => reply.headers.get('set-cookie')?.split(';')[0] ?? '';
  const signInByLink = async (agentId = fixture.owner.id) => {
    const code = await createSignInLink(fixture.app.ports, agentId);
    return own('POST', '/v1/agent/sign-in-link', { code });
  };

  describe('signing in', () => {
    it('a one-time link sets a cookie that no script reads, and works once', async () => {
      const code = await createSignInLink(fixture.app.ports, fixture.owner.id);
      const first = await own('POST', '/v1/agent/sign-in-link', { code });
      assert.equal(first.status, 200);
      const { me, workspaceId } = (await first.json()) as SignedIn;
      assert.deepEqual([me.name, me.named, me.hasPassword], ['Owner', false, false]);
      assert.equal(workspaceId, fixture.workspace.id);
      const cookie = first.headers.get('set-cookie') ?? '';
      assert.match(cookie, /HttpOnly/);
      assert.match(cookie, /SameSite=Lax/);
      assert.match(cookie, /Max-Age=2592000/);
      const second = await own('POST', '/v1/agent/sign-in-link', { code });
      assert.deepEqual(await refusal(second), [401, 'sign_in_link_invalid']);
    });

    it('a link expires', async () => {
      const code = await createSignInLink(fixture.app.ports, fixture.owner.id);
      fixture.clock.advance(25 * 3_600_000);
      const late = await own('POST', '/v1/agent/sign-in-link', { code });
      assert.deepEqual(await refusal(late), [401, 'sign_in_link_invalid']);
    });

    it('name, email and password are given later, and sign in from then on', async () => {
      const agent = await fixture.agent('Later');
      const cookie = cookieOf(await signInByLink(agent.id));
      const patch = { name: 'Giulia', email: 'Giulia@Shop.example', password: 'correct horse' };
      const patched = await own('PATCH', '/v1/agent/profile', patch, cookie);
      const { me } = (await patched.json()) as SignedIn;
      assert.deepEqual(
        [me.name, me.email, me.named, me.hasPassword],
        ['Giulia', 'giulia@shop.example', true, true],
      );
      const credentials = { email: 'giulia@shop.EXAMPLE', password: 'correct horse' };
      const again = await own('POST', '/v1/agent/sign-in', credentials);
      assert.equal(again.status, 200);
      const session = await own('GET', '/v1/agent/session', undefined, cookieOf(again));
      assert.equal(((await session.json()) as SignedIn).me.name, 'Giulia');

      const short = await own('PATCH', '/v1/agent/profile', { password: 'short' }, cookie);
      assert.deepEqual(await refusal(short), [400, 'password_too_short']);
      const other = cookieOf(await signInByLink());
      const taken = await own('PATCH', '/v1/agent/profile', { email: patch.email }, other);
      assert.deepEqual(await refusal(taken), [409, 'email_taken']);
      const wrong = await own('PATCH', '/v1/agent/profile', { email: 'nobody' }, other);
      assert.deepEqual(await refusal(wrong), [400, 'invalid_email']);
    });

    it('an unknown email and a wrong password say the same, and soon one has to wait', async () => {
      const attempt = (email: string) =>
        own('POST', '/v1/agent/sign-in', { email, password: 'a wrong password' });
      for (const email of ['unknown@shop.example', 'giulia@shop.example']) {
        for (let count = 0; count < 5; count++) {
          assert.deepEqual(await refusal(await attempt(email)), [401, 'sign_in_failed']);
        }
        const blocked = await attempt(email);
        assert.equal(blocked.headers.get('retry-after'), '1');
        assert.deepEqual(await refusal(blocked), [429, 'too_many_attempts']);
      }
      fixture.clock.advance(1_000);
      const right = { email: 'giulia@shop.example', password: 'correct horse' };
      assert.equal((await own('POST', '/v1/agent/sign-in', right)).status, 200);
    });

    it('no spelling of an email, and no header of a client, has tries of its own', async () => {
      const attempt = (spelling: string, address: string) =>
        request(
          'POST',
          '/v1/agent/sign-in',
          { email: spelling, password: 'a wrong password' },
          { origin: fixture.url, 'x-forwarded-for': address },
        );
      const spellings = [
        'spelt@shop.example',
        '\0spelt@shop.example',
        'sp\0elt@shop.example',
        ' SPELT@shop.example ',
        'spelt@shop.example \0',
      ];
      for (const [index, email] of spellings.entries()) {
        const tried = await attempt(email, `203.0.113.${index}`);
        assert.deepEqual(await refusal(tried), [401, 'sign_in_failed']);
      }
      const blocked = await attempt('spel\0t@shop.example', '203.0.113.9');
      assert.deepEqual(await refusal(blocked), [429, 'too_many_attempts']);
    });

    it('signing out ends the session and closes its sockets', async () => {
      const cookie = cookieOf(await signInByLink());
      const { token } = (await (
        await own('POST', '/v1/agent/token', undefined, cookie)
      ).json()) as AgentTokenReply;
      const socket = await RawSocket.open(fixture.url, token);
      await socket.join(`inbox:${fixture.workspace.id}`);
      const out = await own('POST', '/v1/agent/sign-out', {}, cookie);
      assert.match(out.headers.get('set-cookie') ?? '', /convkit_session=;/);
      await socket.closed;
      for (const [method, path] of [
        ['GET', '/v1/agent/session'],
        ['POST', '/v1/agent/token'],
      ] as const) {
        assert.deepEqual(await refusal(await own(method, path, undefined, cookie)), [
          401,
          'unauthorized',
        ]);
      }
    });

    it('a session ends after thirty days', async () => {
      const cookie = cookieOf(await signInByLink());
      fixture.clock.advance(30 * 86_400_000 + 1);
      const late = await own('GET', '/v1/agent/session', undefined, cookie);
      assert.deepEqual(await refusal(late), [401, 'unauthorized']);
    });

    it('no other website acts in a signed-in browser’s name', async () => {
      const cookie = cookieOf(await signInByLink());
      for (const origin of ['https://stranger.example', 'null', undefined]) {
        for (const [method, path] of [
          ['POST', '/v1/agent/token'],
          ['POST', '/v1/agent/sign-out'],
          ['POST', '/v1/agent/sign-in'],
          ['POST', '/v1/agent/sign-in-link'],
          ['PATCH', '/v1/agent/profile'],
        ] as const) {
          const headers = { cookie, ...(origin === undefined ? {} : { origin }) };
          const reply = await request(method, path, {}, headers);
          assert.deepEqual(await refusal(reply), [403, 'origin_not_allowed'], path);
        }
      }
    });
  });

  describe('tokens of a host application', () => {
    const sign = (claims: object, secret = hostSecret, expiresIn = 600) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime(Math.floor(fixture.clock.now() / 1000) + expiresIn)
        .sign(new TextEncoder().encode(secret));
    const come = (token: string, headers: object = {}) =>
      request('POST', '/v1/agent/token', undefined, {
        authorization: `Bearer ${token}`,
        ...headers,
      });

    before(async () => {
      const { ports } = fixture.app;
      await updateSetting(ports, fixture.workspace.id, 'hostAuth', {
        type: 'secret',
        secrets: ['another secret while they rotate it', hostSecret],
        issuer: 'https://host.example',
        audience: null,
      });
    });

    it('make an agent on first sight, and are the same agent from then on', async () => {
      const { id: workspace } = fixture.workspace;
      const claims = { sub: 'user-1', name: 'Ada', email: 'ada@host.example', workspace };
      const token = await sign({ ...claims, iss: 'https://host.example' });
      const [first, second] = (await Promise.all(
        [come(token), come(token)].map(async (reply) => (await reply).json()),
      )) as AgentTokenReply[];
      assert.ok(first);
      assert.equal(second?.agentId, first.agentId);
      const renamed = await sign({ ...claims, name: 'Ada L.', iss: 'https://host.example' });
      const reply = await come(renamed, { 'x-convkit-workspace': workspace });
      assert.equal(((await reply.json()) as AgentTokenReply).agentId, first.agentId);
      assert.equal((await fixture.storage.agents.get(first.agentId))?.name, 'Ada L.');
      const socket = await RawSocket.open(fixture.url, first.token);
      await socket.join(`inbox:${workspace}`);
      await socket.close();
    });

    it('are refused when forged, expired, without exp, of another issuer or workspace', async () => {
      const claims = { sub: 'user-2', iss: 'https://host.example' };
      const eternal = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode(hostSecret));
      const unsigned = `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(claims))}.`;
      const forged = await sign(claims, 'a secret that nobody was ever told of');
      const stranger = await sign({ ...claims, iss: 'https://other.example' });
      const nobody = await sign({ iss: 'https://host.example' });
      for (const token of [eternal, unsigned, forged, stranger, nobody, 'nonsense']) {
        assert.deepEqual(await refusal(await come(token)), [401, 'token_invalid'], token);
      }
      const expired = await come(await sign(claims, hostSecret, -60));
      assert.deepEqual(await refusal(expired), [401, 'token_expired']);
      const elsewhere = await createWorkspace(fixture.app.ports, { name: 'Elsewhere' });
      const headers = { 'x-convkit-workspace': elsewhere.workspace.id };
      const other = await come(await sign(claims), headers);
      assert.deepEqual(await refusal(other), [401, 'token_invalid']);
      // Both workspaces of one host, with the same keys.
      await updateSetting(fixture.app.ports, elsewhere.workspace.id, 'hostAuth', {
        type: 'secret',
        secrets: [hostSecret],
        issuer: null,
        audience: null,
      });
      const elsewheres = await come(
        await sign({ ...claims, workspace: fixture.workspace.id }),
        headers,
      );
      assert.deepEqual(await refusal(elsewheres), [401, 'token_invalid']);
      const website = await come(await sign(claims), { origin: 'https://stranger.example' });
      assert.deepEqual(await refusal(website), [403, 'origin_not_allowed']);
    });

    it('come with keys of a JWKS, by RS256 and ES256 and never by a public key as a secret', async () => {
      const keys = await Promise.all(
        ['RS256', 'ES256'].map(async (alg) => ({ alg, ...(await generateKeyPair(alg)) })),
      );
      const jwks = await Promise.all(
        keys.map(async ({ alg, publicKey }) => ({
          ...(await exportJWK(publicKey)),
          alg,
          kid: alg,
        })),
      );
      const server = createServer((_request, response) => {
        response.end(JSON.stringify({ keys: jwks }));
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const { ports } = fixture.app;
      const { workspace } = await createWorkspace(ports, { name: 'JWKS' });
      await updateSetting(ports, workspace.id, 'hostAuth', {
        type: 'jwks',
        url: `http://127.0.0.1:${port}/keys`,
        issuer: null,
        audience: 'convkit',
      });
      const headers = { 'x-convkit-workspace': workspace.id };
      const expires = Math.floor(fixture.clock.now() / 1000) + 600;
      for (const { alg, privateKey } of keys) {
        const build = (audience: string) =>
          new SignJWT({ sub: alg })
            .setProtectedHeader({ alg, kid: alg })
            .setAudience(audience)
            .setExpirationTime(expires)
            .sign(privateKey);
        assert.equal((await come(await build('convkit'), headers)).status, 200, alg);
        const other = await come(await build('another'), headers);
        assert.deepEqual(await refusal(other), [401, 'token_invalid']);
      }
      const confused = await sign({ sub: 'x', aud: 'convkit' }, JSON.stringify(jwks[0]));
      assert.deepEqual(await refusal(await come(confused, headers)), [401, 'token_invalid']);
      server.closeAllConnections();
      server.close();
      const another = await createWorkspace(ports, { name: 'JWKS down' });
      await updateSetting(ports, another.workspace.id, 'hostAuth', {
        type: 'jwks',
        url: `http://127.0.0.1:${port}/gone`,
        issuer: null,
        audience: null,
      });
      const down = await come(confused, { 'x-convkit-workspace': another.workspace.id });
      assert.deepEqual(await refusal(down), [401, 'token_invalid']);
      const { privateKey } = keys[0] ?? assert.fail();
      const unknown = await new SignJWT({ sub: 'x' })
        .setProtectedHeader({ alg: 'RS256', kid: 'RS256' })
        .setExpirationTime(expires)
        .sign(privateKey);
      const unreachable = await come(unknown, { 'x-convkit-workspace': another.workspace.id });
      assert.deepEqual(await refusal(unreachable), [503, 'unavailable']);
    });
  });

  describe('visitors', () => {
    it('get a contact with the first token and keep it with the next', async () => {
      const workspaceId = fixture.workspace.id;
      const first = (await (
        await request('POST', '/v1/visitor/token', { workspaceId })
      ).json()) as VisitorTokenReply;
      assert.equal(first.expiresAt, fixture.clock.now() + 600_000);
      const { visitorToken } = first;
      const again = (await (
        await request('POST', '/v1/visitor/token', { workspaceId, visitorToken })
      ).json()) as VisitorTokenReply;
      assert.equal(again.contactId, first.contactId);

      const { workspace } = await createWorkspace(fixture.app.ports, { name: 'Other' });
      for (const body of [
        { workspaceId: workspace.id, visitorToken },
        { workspaceId, visitorToken: first.token },
        { workspaceId, visitorToken: 'nonsense' },
      ]) {
        const reply = await request('POST', '/v1/visitor/token', body);
        assert.deepEqual(await refusal(reply), [401, 'token_invalid']);
      }
    });

    it('come from allowed websites only, which may read why not', async () => {
      const { id: workspaceId } = fixture.workspace;
      const path = `/v1/config?workspace=${workspaceId}`;
      const headers = { origin: 'https://shop.example' };
      const refused = await request('GET', path, undefined, headers);
      assert.equal(refused.headers.get('access-control-allow-origin'), '*');
      assert.deepEqual(await refusal(refused), [403, 'origin_not_allowed']);
      await assert.rejects(
        updateSetting(fixture.app.ports, workspaceId, 'allowedOrigins', ['https://shop:99999']),
        /allowedOrigins takes origins/,
      );
      await assert.rejects(
        updateSetting(fixture.app.ports, workspaceId, 'allowedOrigins', ['https://*.shop.example']),
        /allowedOrigins takes origins .* without \*/,
      );
      await updateSetting(fixture.app.ports, workspaceId, 'allowedOrigins', [
        'https://shop.example/',
      ]);
      const config = (await (
        await request('GET', path, undefined, headers)
      ).json()) as PublicConfig;
      assert.deepEqual(
        [config.workspaceId, config.settings.workspaceName, config.availability.mode],
        [workspaceId, 'Test shop', 'messenger'],
      );
      assert.equal((await own('GET', path)).status, 200);
      const allowed = await request('POST', '/v1/visitor/token', { workspaceId }, headers);
      assert.equal(allowed.status, 200);
      const preflight = await request('OPTIONS', '/v1/visitor/token', undefined, {
        ...headers,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      });
      assert.equal(preflight.status, 204);
      assert.equal(preflight.headers.get('access-control-allow-credentials'), null);
    });

    it('are told of a workspace that does not exist, and of a wrong request', async () => {
      const unknown = await request('GET', '/v1/config?workspace=ws_unknown');
      assert.deepEqual(await refusal(unknown), [404, 'workspace_not_found']);
      assert.deepEqual(await refusal(await request('GET', '/v1/config')), [400, 'invalid_payload']);
      const large = { workspaceId: 'x'.repeat(40_000) };
      assert.deepEqual(await refusal(await request('POST', '/v1/visitor/token', large)), [
        413,
        'too_large',
      ]);
      const broken = await fetch(`${fixture.url}/v1/visitor/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{',
      });
      assert.deepEqual(await refusal(broken), [400, 'invalid_payload']);
      assert.deepEqual(await refusal(await request('GET', '/v1/nothing')), [
        404,
        'route_not_found',
      ]);
      const undecodable = await request('GET', '/v1/%zz');
      assert.deepEqual(await refusal(undecodable), [400, 'invalid_payload']);
    });
  });

  describe('pages', () => {
    it('name the default workspace and come with a strict policy', async () => {
      for (const path of ['/', '/shop/city/', '/shop/city', '/inbox', '/inbox/']) {
        const reply = await request('GET', path);
        assert.equal(reply.status, 200, path);
        const [workspace] = await fixture.storage.workspaces.list();
        assert.ok((await reply.text()).includes(`workspace="${workspace?.id}"`));
        const policy = reply.headers.get('content-security-policy') ?? '';
        assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self';/);
        assert.match(policy, /require-trusted-types-for 'script'/);
        assert.ok(policy.includes(`connect-src 'self' ws://127.0.0.1`));
        assert.ok(!policy.includes('unsafe'));
        assert.equal(reply.headers.get('cache-control'), 'no-cache');
        assert.equal(reply.headers.get('x-content-type-options'), 'nosniff');
      }
    });

    it('keep hashed files for ever and the widget briefly, for other websites too', async () => {
      const asset = await request('GET', '/assets/chunk-abc.js');
      assert.match(asset.headers.get('cache-control') ?? '', /immutable/);
      const widget = await request('GET', '/v1/widget.js');
      assert.equal(widget.status, 200);
      assert.equal(widget.headers.get('cache-control'), 'public, max-age=300');
      assert.equal(widget.headers.get('access-control-allow-origin'), '*');
      assert.equal(widget.headers.get('cross-origin-resource-policy'), 'cross-origin');
      assert.match(widget.headers.get('content-type') ?? '', /javascript/);
      assert.equal((await request('GET', '/shop/index.html')).status, 404);
      assert.equal((await request('GET', '/../package.json')).status, 404);
    });

    it('say whether the server lives and is ready', async () => {
      assert.equal((await request('GET', '/health/live')).status, 200);
      assert.equal((await request('GET', '/health/ready')).status, 200);
    });
  });

  it('a storage fault is told without details and logged without values', async () => {
    const { visits } = fixture.storage;
    await assert.rejects(visits.addPage('vs_unknown', { url: 'x', title: 'SECRET-TITLE', at: 1 }));
    const fault = await visits
      .addPage('vs_unknown', { url: 'x', title: 'SECRET-TITLE', at: 1 })
      .catch((error: unknown) => error);
    fixture.app.fastify.log.error({ err: fault, token: 'SECRET-TOKEN' }, 'a fault');
    assert.match(fixture.logged(), /"a fault"/);
    assert.doesNotMatch(fixture.logged(), /SECRET-(?:TITLE|TOKEN)/);
  });

  it('nothing that was logged holds a token, a cookie or a code', async () => {
    const code = await createSignInLink(fixture.app.ports, fixture.owner.id);
    const reply = await own('POST', '/v1/agent/sign-in-link', { code });
    const cookie = cookieOf(reply);
    const { token } = (await (
      await own('POST', '/v1/agent/token', undefined, cookie)
    ).json()) as AgentTokenReply;
    await own('POST', '/v1/agent/sign-in-link', { code });
    fixture.app.fastify.log.info({ req: { headers: { cookie } }, authToken: token }, 'seen');
    for (const secret of [code, cookie.split('=')[1] ?? 'none', token]) {
      assert.ok(!fixture.logged().includes(secret));
    }
  });
});
