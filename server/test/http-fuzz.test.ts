import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { isErrorCode } from '#kit/protocol/errors.js';
import { seeded } from '../src/phoenix/testing/seeded.js';
import { startFixture, type Fixture } from './app-fixture.js';
import { routesOf } from './authorisation-routes.js';
import { heapAfterCollection, junk, pick, type Random } from './fuzz.js';
import { Browser, call, signHmac } from './security-fixture.js';

const requests = process.env['TEST_LONG'] ? 20_000 : 500;
const seed = Number(process.env['FUZZ_SEED'] ?? 2_026);
const atOnce = 10;
const heapGrowth = 24 * 1_048_576;

/** What a server out of luck may say: it is busy, or has no room. Never 500. */
const faults = new Set([503, 507]);

interface World {
  routes: string[];
  workspaceId: string;
  token: string;
  visitorToken: string;
  identity: object;
}

/** A sensible body by route. */
function bodyOf(route: string, { workspaceId, visitorToken, identity }: World): unknown {
  const bodies: Record<string, unknown> = {
    'POST /v1/visitor/token': { workspaceId, visitorToken, identity },
    'POST /v1/visitor/returning': { workspaceId, visitorToken: 'x'.repeat(200) },
    'POST /v1/visitor/sign-out': { workspaceId, visitorToken: 'x'.repeat(200) },
    'POST /v1/agent/sign-in': { email: 'ada@host.example', password: 'a password' },
    'POST /v1/agent/sign-in-link': { code: 'a code' },
    'PATCH /v1/agent/profile': { name: 'Ada' },
  };
  return bodies[route];
}

/** As it may stand in an address. */
function inAddress(value: unknown): string {
  return encodeURIComponent(String(value).replace(/\p{Surrogate}/gu, '?'));
}

/** One request as bytes, of which some things were changed. */
function mutated(random: Random, url: URL, world: World): Buffer {
  const route = pick(random, [...world.routes, 'GET /v1/nothing', 'GET /socket/longpoll']);
  let [method = '', path = ''] = route.split(' ');
  path = path.replace(/:\w+/g, () => inAddress(pick(random, ['at_x', junk(random)])));
  if (random() < 0.3) path += `?workspace=${inAddress(junk(random))}`;
  else if (path === '/v1/config') path += `?workspace=${world.workspaceId}`;
  if (random() < 0.03)
    path = pick(random, ['/%', '//', '/../..', '/v1/%zz', '*', `/${'a'.repeat(9_000)}`]);
  if (random() < 0.05)
    method = pick(random, ['GET', 'POST', 'PUT', 'DELETE', 'TRACE', 'FOO', 'PATCH']);
  path = path.replace(/[\s\0-\x1f\x7f-\uffff]/g, '');

  const headers: Record<string, string> = {
    host: url.host,
    origin: url.origin,
    connection: 'close',
  };
  if (random() < 0.5)
    headers['authorization'] = `Bearer ${pick(random, [world.token, 'a.b.c', ''])}`;
  if (random() < 0.3)
    headers['cookie'] = `convkit_session=${pick(random, ['x', '"', '%zz', ';;='])}`;
  if (random() < 0.2)
    headers['x-convkit-workspace'] = pick(random, ['x', 'y'.repeat(500), '__proto__']);
  if (random() < 0.1)
    headers['origin'] = pick(random, ['null', 'https://stranger.example', '://', '']);
  if (random() < 0.1) headers['x-forwarded-for'] = pick(random, ['::1', '1.2.3.4,,', 'nonsense']);
  if (random() < 0.02) headers['host'] = pick(random, ['', 'a b', '[::1', 'x'.repeat(300)]);
  if (random() < 0.02) headers['x-large'] = 'h'.repeat(20_000);

  const sensible = bodyOf(route, world);
  let body = '';
  if (method !== 'GET' && method !== 'OPTIONS') {
    const given: Record<string, unknown> = { ...(sensible as object | undefined) };
    if (random() < 0.6) given[pick(random, [...Object.keys(given), 'extra'])] = junk(random);
    body =
      random() < 0.1 ? String(junk(random)) : JSON.stringify(random() < 0.1 ? junk(random) : given);
    if (random() < 0.05) body = body.slice(0, Math.floor(random() * body.length));
    if (route === 'POST /v1/files' && random() < 0.7) {
      headers['content-type'] = 'multipart/form-data; boundary=b';
      const name = pick(random, ['file', 'x', '']);
      body = `--b\r\ncontent-disposition: form-data; name="${name}"; filename="${'../'.repeat(5)}a"\r\n\r\n${body}\r\n--b${pick(random, ['--', '', '\r\n'])}`;
    } else {
      headers['content-type'] = pick(random, [
        ...Array.from({ length: 8 }, () => 'application/json'),
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'application/json; charset=utf-7',
        '',
      ]);
    }
    const bytes = Buffer.byteLength(body);
    headers['content-length'] = String(
      random() < 0.03 ? pick(random, [-1, 'x', bytes - 1, 1e12]) : bytes,
    );
  }
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n${body}`);
}

/** The whole answer; empty when the server hung up. */
async function send(url: URL, request: Buffer): Promise<string> {
  const socket = connect(Number(url.port), url.hostname);
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  socket.on('error', () => undefined);
  // What says that more will come than does.
  socket.setTimeout(2_000, () => socket.destroy());
  // Half-closed: the server answers what it got, and waits for no more.
  socket.end(request);
  await once(socket, 'close');
  return Buffer.concat(parts).toString('utf8');
}

function check(request: Buffer, answer: string): void {
  const about = `${request.toString('latin1').slice(0, 600)}\n→ ${answer.slice(0, 600)}`;
  if (answer === '') return;
  const [head = '', ...rest] = answer.split('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]);
  assert.ok(status >= 200 && (status < 500 || faults.has(status)), about);
  assert.doesNotMatch(
    answer,
    /\n +at |\\n +at |node_modules|\.[cm]?[jt]s:\d+|FST_ERR|ECONN|select "/,
    about,
  );
  if (status < 400 || !/content-type: application\/json/i.test(head)) return;
  const body = rest.join('\r\n\r\n').replace(/^[\da-f]+\r\n|\r\n0\r\n\r\n$/g, '');
  const { code, reason } = JSON.parse(body) as Record<string, unknown>;
  assert.ok(isErrorCode(code) && reason === code, about);
}

describe(`mutated requests (seed ${seed})`, () => {
  let fixture: Fixture;
  const crashes: unknown[] = [];
  const crashed = (error: unknown): void => void crashes.push(error);

  before(async () => {
    process.on('uncaughtException', crashed);
    process.on('unhandledRejection', crashed);
    const names = 'http contacts identities connections signIns uploads visitorUploads';
    const limits = names.split(' ').map((name) => `${name}PerMinute=9999999`);
    fixture = await startFixture({ environment: { LIMITS: limits.join(',') } });
  });
  after(async () => {
    await fixture.close();
    process.off('uncaughtException', crashed);
    process.off('unhandledRejection', crashed);
  });

  it(`${requests} of them crash nothing, tell nothing of the inside, and leave memory flat`, async () => {
    const { token, visitorToken } = await new Browser(fixture).come();
    const world: World = {
      routes: routesOf(fixture.app.fastify),
      workspaceId: fixture.workspace.id,
      token,
      visitorToken,
      identity: signHmac(fixture, 'somebody'),
    };
    const url = new URL(fixture.url);
    const round = (salt: number, count: number) =>
      Promise.all(
        Array.from({ length: atOnce }, async (_, index) => {
          const random = seeded(seed + salt + index);
          for (let sent = 0; sent < count / atOnce; sent++) {
            const request = mutated(random, url, world);
            check(request, await send(url, request));
          }
        }),
      );
    await round(10_000, Math.min(500, requests / 4));
    const before = await heapAfterCollection();
    await round(0, requests);
    const grown = (await heapAfterCollection()) - before;
    assert.ok(grown < heapGrowth, `the heap grew by ${Math.round(grown / 1024)} KiB`);
    assert.equal((await call(fixture, 'GET', '/health/ready')).status, 200);
    assert.deepEqual(crashes, []);
    const lines = fixture.logged().split('\n');
    assert.deepEqual(
      lines.filter((line) => /"level":(?:[56]0|"error"|"fatal")/.test(line)),
      [],
    );
  });
});
