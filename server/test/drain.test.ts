import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { lasting } from '../src/http/load-shedding.js';
import { startFixture, type Fixture } from './app-fixture.js';
import { PushRefused, RawSocket } from './raw-socket.js';

describe('a server that ends', () => {
  it('is not ready, tells its clients to come back, over the time given, and says so', async (t) => {
    const fixture = await startFixture({ environment: { DRAIN_MS: '300' } });
    t.after(() => fixture.close());
    const { contactId, token } = await newVisitor(fixture);
    const sockets = await Promise.all(Array.from({ length: 6 }, () => open(fixture.url, token)));
    await join(sockets, `visitor:${contactId}`);
    const startedAt = performance.now();
    const gone = Promise.all(
      sockets.map(async (socket) => {
        const [code] = (await once(socket, 'close')) as [number];
        return { code, after: performance.now() - startedAt };
      }),
    );
    const closed = fixture.app.close();
    const ready = await fetch(`${fixture.url}/health/ready`);
    assert.equal(ready.status, 503);
    const late = new WebSocket(`${fixture.url.replace('http', 'ws')}/socket/websocket?vsn=2.0.0`);
    const [refusal] = (await once(late, 'error')) as [Error];
    assert.match(refusal.message, /503/);
    const closings = await gone;
    await closed;
    assert.deepEqual(new Set(closings.map(({ code }) => code)), new Set([1012]));
    const last = Math.max(...closings.map(({ after }) => after));
    assert.ok(last > 200, `all were sent away within ${last} ms`);
    const messages = fixture.logged();
    assert.match(messages, /"sockets":6,"overMs":300.*"draining"/);
    assert.match(messages, /"drained"/);
  });

  it('answers the request that is under way', async (t) => {
    const fixture = await startFixture();
    t.after(() => fixture.close());
    let goOn: () => void = () => undefined;
    let begun: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const isHeld = new Promise<void>((resolve) => (begun = resolve));
    const { workspaces } = fixture.storage;
    const get = workspaces.get.bind(workspaces);
    t.mock.method(workspaces, 'get', async (id: string) => {
      begun();
      await held;
      return get(id);
    });
    const answer = fetch(`${fixture.url}/v1/config?workspace=${fixture.workspace.id}`);
    await isHeld;
    const closed = fixture.app.close();
    goOn();
    assert.equal((await answer).status, 200);
    await closed;
  });
});

describe('a server that is overloaded', () => {
  it('refuses requests, sockets and joins, so that they come back later', async (t) => {
    let busy = false;
    const fixture = await startFixture({ isOverloaded: () => busy });
    t.after(() => fixture.close());
    const { caller, token } = await fixture.visitor();
    const socket = await RawSocket.open(fixture.url, token);
    busy = true;
    const url = `${fixture.url}/v1/config?workspace=${fixture.workspace.id}`;
    const refused = await fetch(url, { headers: { origin: 'https://shop.example' } });
    assert.equal(refused.status, 503);
    assert.ok(Number(refused.headers.get('retry-after')) >= 2);
    assert.equal(refused.headers.get('access-control-allow-origin'), '*');
    assert.equal(refused.headers.get('access-control-expose-headers'), 'retry-after');
    const preflight = await fetch(url, { method: 'OPTIONS' });
    assert.equal(preflight.status, 204);
    assert.equal((await fetch(`${fixture.url}/health/live`)).status, 200);
    await assert.rejects(RawSocket.open(fixture.url, token), /503/);
    await assert.rejects(socket.join(`visitor:${caller.contactId}`), (fault) => {
      assert.ok(fault instanceof PushRefused);
      assert.equal(fault.payload['code'], 'unavailable');
      assert.ok((fault.payload['retryAfterMs'] as number) >= 2_000);
      return true;
    });
    busy = false;
    await socket.join(`visitor:${caller.contactId}`);
    await socket.close();
  });

  it('is not, for one slow moment', () => {
    let now = 10_000;
    let slow = true;
    const isOverloaded = lasting(
      () => slow,
      () => now,
    );
    const after = (ms: number) => {
      now += ms;
      return isOverloaded();
    };
    assert.deepEqual([after(0), after(1_000), after(999), after(1)], [false, false, false, true]);
    slow = false;
    assert.equal(after(100), false);
    slow = true;
    // Nobody looked for a minute.
    assert.deepEqual([after(100), after(60_000), after(1_000)], [false, false, false]);
  });

  it('lets websites read that they ask too often, too', async (t) => {
    const fixture = await startFixture({ environment: { LIMITS: 'httpPerMinute=1' } });
    t.after(() => fixture.close());
    const url = `${fixture.url}/v1/config?workspace=${fixture.workspace.id}`;
    assert.equal((await fetch(url)).status, 200);
    const refused = await fetch(url);
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get('access-control-allow-origin'), '*');
    assert.ok(Number(refused.headers.get('retry-after')) > 0);
  });
});

async function newVisitor(fixture: Fixture): Promise<{ contactId: string; token: string }> {
  const { caller, token } = await fixture.visitor();
  return { contactId: caller.contactId, token };
}

async function open(url: string, token: string): Promise<WebSocket> {
  const encoded = Buffer.from(token).toString('base64').replace(/=+$/, '');
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket/websocket?vsn=2.0.0`, [
    'phoenix',
    `base64url.bearer.phx.${encoded}`,
  ]);
  await once(socket, 'open');
  return socket;
}

async function join(sockets: WebSocket[], topic: string): Promise<void> {
  await Promise.all(
    sockets.map(async (socket) => {
      const replied = once(socket, 'message');
      socket.send(JSON.stringify(['1', '1', topic, 'phx_join', {}]));
      await replied;
    }),
  );
}
