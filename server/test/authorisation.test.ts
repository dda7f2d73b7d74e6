import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { contract } from '#kit/protocol/contract.js';
import type { TopicKind } from '#kit/protocol/topics.js';
import { callers, startCast, type Cast, type CallerName } from './authorisation-cast.js';
import { eventRows, joinRows } from './authorisation-events.js';
import { routeRows, routesOf } from './authorisation-routes.js';
import { call } from './security-fixture.js';

/**
 * Who may do what: every topic, event and route against everybody who could try. What is not in the
 * tables fails.
 */
describe('authorisation', () => {
  let cast: Cast;

  before(async () => {
    cast = await startCast();
  });
  after(() => cast.close());

  /** The last digest, where all that was done since was refused. */
  let digest: string | null = null;

  /** Does what is to come to `expected`; where that is a refusal, it changes nothing. */
  async function attempt(expected: string, act: () => Promise<void>): Promise<void> {
    const before = digest ?? (await cast.digest());
    digest = null;
    await act();
    if (/^(?:ok$|2)/.test(expected)) return;
    const after = await cast.digest();
    assert.equal(after, before);
    digest = after;
  }

  const kinds = Object.keys(contract) as TopicKind[];

  it('has a row for every topic, event and route, and for nothing else', () => {
    assert.deepEqual(Object.keys(joinRows).sort(), kinds.toSorted());
    for (const kind of kinds) {
      const known = Object.keys(eventRows[kind]).sort();
      assert.deepEqual(known, Object.keys(contract[kind].client).sort(), kind);
    }
    const { fastify } = cast.fixture.app;
    assert.deepEqual(Object.keys(routeRows).sort(), routesOf(fastify).sort());
  });

  it('gives a socket to whoever may come', async () => {
    const may: CallerName[] = ['owner', 'admin', 'agent', 'stranger', 'visitor', 'otherVisitor'];
    for (const name of callers) {
      assert.equal(await cast.opens(name), may.includes(name), name);
    }
  });

  for (const kind of kinds) {
    describe(`topic ${kind}`, () => {
      for (const name of callers) {
        it(`join by ${name}: ${joinRows[kind][name]}`, async () => {
          const expected = joinRows[kind][name];
          await attempt(expected, async () => {
            assert.equal(await cast.join(name, kind), expected);
          });
        });
      }

      for (const [event, row] of Object.entries(eventRows[kind])) {
        for (const name of callers) {
          it(`${event} by ${name}: ${row.outcome[name]}`, async () => {
            const expected = row.outcome[name];
            const id = row.fresh ? await cast.newConversation() : undefined;
            // Joining tells of presence, which is none of the event's doing.
            const joined = await cast.join(name, kind, id);
            if (row.fresh || joined === 'ok') digest = null;
            const payload = row.payload(cast, name);
            await attempt(expected, async () => {
              assert.equal(await cast.push(name, kind, event, payload, id), expected);
            });
            if (expected === 'ok') await row.undo?.(cast);
          });
        }
      }
    });
  }

  it('events name only what is of the caller’s own conversation', async () => {
    const { message, own, theirs } = cast;
    const before = await cast.digest();
    const foreign: [CallerName, TopicKind, string, object, string][] = [
      ['otherVisitor', 'visitor', 'messages:list', { conversationId: theirs }, 'own'],
      ['otherVisitor', 'visitor', 'mark', { conversationId: theirs, read: 1 }, 'own'],
      ['agent', 'conversation', 'messages:list', { conversationId: own }, 'conversation'],
      ['agent', 'conversation', 'mark', { conversationId: own, read: 1 }, 'conversation'],
    ];
    for (const [name, kind, event, payload] of foreign) {
      await cast.joinOwn(name, kind);
      const outcome = await cast.pushOwn(name, kind, event, payload);
      assert.equal(outcome, 'conversation_not_found', `${event} by ${name}`);
    }
    for (const event of ['message:edit', 'message:delete']) {
      await cast.joinOwn('owner', 'conversation');
      const payload = { messageId: message.owner, ...(event === 'message:edit' && { text: 'x' }) };
      // A message of the other conversation, named on the topic of this one.
      const outcome = await cast.pushElsewhere('owner', event, payload);
      assert.equal(outcome, 'message_not_found', event);
    }
    digest = await cast.digest();
    assert.equal(digest, before);
  });

  for (const [route, row] of Object.entries(routeRows)) {
    describe(route, () => {
      for (const name of callers) {
        it(`by ${name}: ${row.outcome[name]}`, async () => {
          const [method = '', path = ''] = route.split(' ');
          await attempt(row.outcome[name], async () => {
            const request = await row.request(cast, name, path);
            const { fixture } = cast;
            const whole = request.path ?? path;
            const reply = await call(fixture, method, whole, request.body, request.headers);
            const outcome =
              reply.status < 300 ? String(reply.status) : `${reply.status} ${reply.body['code']}`;
            assert.equal(outcome, row.outcome[name], JSON.stringify(reply.body));
          });
        });
      }
    });
  }
});
