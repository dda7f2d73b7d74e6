import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { ReturningVisitor } from '#kit/protocol/http.js';
import { createWorkspace } from '../src/usecases/create-workspace.js';
import { deleteMessage } from '../src/usecases/delete-message.js';
import { sendAgentMessage } from '../src/usecases/send-agent-message.js';
import { updateSetting } from '../src/usecases/update-settings.js';
import { agentCaller, clientId, startFixture, type Fixture } from './app-fixture.js';
import { assertRefused, Browser, call } from './security-fixture.js';

const loader = '(()=>{/* the loader */})();';
const hash = createHash('sha256').update(loader).digest('hex').slice(0, 16);

describe('what a page asks before it has a socket', () => {
  let fixture: Fixture;
  let publicDir: string;

  before(async () => {
    publicDir = await mkdtemp(join(tmpdir(), 'convkit-loader-'));
    await mkdir(join(publicDir, 'v1'));
    for (const name of ['loader', `loader-${hash}`]) {
      await writeFile(join(publicDir, `v1/${name}.js`), loader);
      await writeFile(join(publicDir, `v1/${name}.js.gz`), gzipSync(loader));
    }
    fixture = await startFixture({ publicDir, environment: { TRUST_PROXY: '1' } });
  });
  after(async () => {
    await fixture.close();
    await rm(publicDir, { recursive: true, force: true });
  });

  const ask = (body: unknown, headers: Record<string, string> = {}) =>
    call(
      fixture,
      'POST',
      '/v1/visitor/returning',
      typeof body === 'string' ? body : JSON.stringify(body),
      { 'content-type': 'text/plain;charset=UTF-8', ...headers },
    );
  const returning = async (visitorToken: string, headers: Record<string, string> = {}) => {
    const answer = await ask({ workspaceId: fixture.workspace.id, visitorToken }, headers);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body as unknown as ReturningVisitor;
  };
  /** `fetch` asks for a fresh copy whenever it is told of a stored one. */
  const statusOf = async (path: string, headers: Record<string, string>) => {
    const [reply] = (await once(get(fixture.url + path, { headers }), 'response')) as [
      IncomingMessage,
    ];
    reply.resume();
    return reply.statusCode;
  };
  const everything = async () => {
    const rows: string[] = [];
    await fixture.storage.archive.snapshot(async (snapshot) => {
      // Jobs begin when they like.
      for (const table of snapshot.tables.filter((name) => name !== 'job_runs')) {
        for await (const row of snapshot.rows(table)) rows.push(`${table} ${row}`);
      }
    });
    return rows;
  };
  const reply = (conversationId: string, kind: 'reply' | 'comment' = 'reply') =>
    sendAgentMessage(fixture.app.ports, agentCaller(fixture.owner), conversationId, {
      clientId: clientId(),
      kind,
      text: 'An answer',
    });

  it('tells the configuration and what waits, and stores nothing', async () => {
    const laptop = new Browser(fixture);
    const { visitorToken } = await laptop.come();
    const { conversationId } = await laptop.write('Hello');
    const read = await reply(conversationId);
    const { socket, topic } = await laptop.join();
    await socket.push(topic, 'mark', { conversationId, read: read.publicPosition });
    await socket.close();
    await reply(conversationId);
    await reply(conversationId, 'comment');
    const deleted = await reply(conversationId);
    const { ports } = fixture.app;
    await deleteMessage(ports, agentCaller(fixture.owner), conversationId, {
      messageId: deleted.id,
    });
    await reply(conversationId);
    const before = await everything();
    const { unread, ...config } = await returning(visitorToken, {
      'x-forwarded-for': '203.0.113.9',
    });
    assert.equal(unread, 2);
    const known = await call(fixture, 'GET', `/v1/config?workspace=${fixture.workspace.id}`);
    const { availability, ...settings } = config;
    assert.deepEqual({ ...known.body, availability }, { ...settings, availability });
    assert.deepEqual(await everything(), before);
    await laptop.write('Thank you');
    assert.equal((await returning(visitorToken)).unread, 2);
  });

  it('nothing waits for a token that names nobody who may come', async () => {
    const somebody = async () => {
      const browser = new Browser(fixture, { 'x-forwarded-for': '203.0.113.77' });
      const { visitorToken, contactId } = await browser.come();
      const { conversationId } = await browser.write('Hello');
      await reply(conversationId);
      assert.equal((await returning(visitorToken)).unread, 1);
      return { visitorToken, contactId };
    };
    const workspaceId = fixture.workspace.id;
    const revoked = await somebody();
    await call(fixture, 'POST', '/v1/visitor/sign-out', { workspaceId, ...pick(revoked) });
    const banned = await somebody();
    await fixture.storage.contacts.update(banned.contactId, { blocked: 'address' });
    const elsewhere = await somebody();
    const other = await createWorkspace(fixture.app.ports, { name: 'Other' });
    const channel = await new Browser(fixture).come();
    const before = await everything();
    for (const token of [revoked.visitorToken, banned.visitorToken, 'nonsense', channel.token]) {
      assert.equal((await returning(token)).unread, 0);
    }
    const foreign = await ask({ workspaceId: other.workspace.id, ...pick(elsewhere) });
    assert.deepEqual([foreign.status, foreign.body['unread']], [200, 0]);
    assert.deepEqual(await everything(), before);
    fixture.clock.advance(401 * 86_400_000);
    assert.equal((await returning(elsewhere.visitorToken)).unread, 0);
  });

  it('is for allowed websites, small, well-formed and not too often', async () => {
    const { ports } = fixture.app;
    const workspaceId = fixture.workspace.id;
    await updateSetting(ports, workspaceId, 'allowedOrigins', ['https://shop.example']);
    const good = { workspaceId, visitorToken: 'none' };
    const reply = await fetch(`${fixture.url}/v1/visitor/returning`, {
      method: 'POST',
      headers: { origin: 'https://shop.example', 'content-type': 'text/plain' },
      body: JSON.stringify(good),
    });
    assert.equal(reply.status, 200);
    assert.equal(reply.headers.get('access-control-allow-origin'), '*');
    assert.equal(reply.headers.get('cache-control'), 'no-store');
    assert.equal(reply.headers.get('set-cookie'), null);
    const foreign = await ask(good, { origin: 'https://stranger.example' });
    assertRefused(foreign, 403, 'origin_not_allowed');
    for (const body of ['', '{', '[]', '"x"', {}, { ...good, extra: 1 }, { workspaceId }]) {
      assertRefused(await ask(body), 400, 'invalid_payload');
    }
    const unknown = await ask({ ...good, workspaceId: 'ws_unknown' });
    assertRefused(unknown, 404, 'workspace_not_found');
    const large = await ask({ ...good, visitorToken: 'x'.repeat(9_000) });
    assertRefused(large, 413, 'too_large');
    const crowd = await Promise.all(
      Array.from({ length: 601 }, () => ask('{', { 'x-forwarded-for': '203.0.113.200' })),
    );
    assert.ok(crowd.some(({ status, body }) => status === 429 && body['code'] === 'rate_limited'));
  });

  it('the loader has an address that follows new versions, and one that may be kept for good', async () => {
    for (const encoding of ['identity', 'gzip']) {
      const headers = { 'accept-encoding': encoding };
      const moving = await fetch(`${fixture.url}/v1/loader.js`, { headers });
      assert.equal(await moving.text(), loader);
      assert.match(moving.headers.get('content-type') ?? '', /javascript/);
      assert.equal(moving.headers.get('cache-control'), 'public, max-age=300');
      const etag = moving.headers.get('etag') ?? '';
      assert.ok(etag);
      assert.equal(await statusOf('/v1/loader.js', { ...headers, 'if-none-match': etag }), 304);

      const fixed = await fetch(`${fixture.url}/v1/loader-${hash}.js`, { headers });
      assert.equal(await fixed.text(), loader);
      assert.equal(fixed.headers.get('cache-control'), 'public, max-age=31536000, immutable');
      // An integrity hash is checked of a script that another website may read.
      assert.equal(fixed.headers.get('access-control-allow-origin'), '*');
      assert.equal(fixed.headers.get('cross-origin-resource-policy'), 'cross-origin');
    }
    const unknown = await fetch(`${fixture.url}/v1/loader-0123456789abcdef.js`);
    assert.equal(unknown.status, 404);
    assert.doesNotMatch(unknown.headers.get('cache-control') ?? '', /immutable/);
  });
});

function pick({ visitorToken }: { visitorToken: string }): { visitorToken: string } {
  return { visitorToken };
}
