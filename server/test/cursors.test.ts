import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Message } from '#kit/domain/message.js';
import { limits } from '#kit/protocol/limits.js';
import type { ConversationJoined, MessagePage, VisitorJoined } from '#kit/protocol/payloads.js';
import { sendAgentMessage } from '../src/usecases/send-agent-message.js';
import { sendVisitorMessage } from '../src/usecases/send-visitor-message.js';
import { agentMessage, visitorMessage } from '../src/usecases/views.js';
import { agentCaller, clientId, startFixture, type Fixture } from './app-fixture.js';
import { Follower } from './follower.js';
import { RawSocket } from './raw-socket.js';

type Act =
  | { type: 'visitor' | 'reply' | 'comment' }
  | { type: 'edit' | 'delete'; which: number }
  | { type: 'close' }
  | { type: 'cut' | 'join'; who: 'agent' | 'visitor' }
  | { type: 'look'; who: 'agent' | 'visitor'; loses: number };

const who = fc.constantFrom('agent' as const, 'visitor' as const);
const which = fc.nat({ max: 5 });
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ type: 'visitor' as const }) },
  { weight: 3, arbitrary: fc.constant({ type: 'reply' as const }) },
  { weight: 3, arbitrary: fc.constant({ type: 'comment' as const }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('edit' as const), which }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('delete' as const), which }) },
  { weight: 1, arbitrary: fc.constant({ type: 'close' as const }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('cut' as const), who }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('join' as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('look' as const), who, loses: fc.nat({ max: 7 }) }),
  },
);

describe('cursors', () => {
  let fixture: Fixture;
  before(async () => {
    const LIMITS =
      'visitorMessagesPerMinute=100000,agentMessagesPerMinute=100000,connectionsPerMinute=100000';
    fixture = await startFixture({ environment: { LIMITS } });
  });
  after(() => fixture.close());

  /** Everything of a conversation as stored, and as either side may see it. */
  const stored = async (conversationId: string) => {
    const { messages } = await fixture.storage.messages.before({
      conversationId,
      audience: 'agent',
      limit: 1_000,
      before: null,
    });
    return {
      agent: messages.map(agentMessage),
      visitor: messages.map(visitorMessage).filter((message) => message !== null),
    };
  };

  /** A visitor and an agent, both far away or near as the acts say. */
  const play = async (acts: Act[]) => {
    const { caller, token } = await fixture.visitor();
    const first = await sendVisitorMessage(fixture.app.ports, caller, {
      clientId: clientId(),
      text: 'first',
    });
    const { conversationId } = first;
    const thread = `conversation:${conversationId}`;
    const agent = new Follower(fixture.url, await fixture.agentToken(), thread);
    const visitor = new Follower(fixture.url, token, `visitor:${caller.contactId}`);
    // Another tab of the agent, which is never cut.
    const desk = await RawSocket.open(fixture.url, await fixture.agentToken());
    await desk.join(thread);
    const followers = { agent, visitor };
    const written: { id: string; deleted: boolean }[] = [];
    const say = async (kind: 'reply' | 'comment') => {
      const text = `${kind === 'comment' ? 'SECRET' : 'reply'} ${written.length}`;
      const sent = await desk.push<{ message: Message }>(thread, 'message:send', {
        clientId: clientId(),
        kind,
        text,
      });
      written.push({ id: sent.message.id, deleted: false });
    };

    for (const [step, next] of acts.entries()) {
      switch (next.type) {
        case 'visitor':
          await sendVisitorMessage(fixture.app.ports, caller, {
            clientId: clientId(),
            text: `visitor ${step}`,
          });
          break;
        case 'reply':
        case 'comment':
          await say(next.type);
          break;
        case 'edit':
        case 'delete': {
          const alive = written.filter(({ deleted }) => !deleted);
          const target = alive[next.which % Math.max(1, alive.length)];
          if (!target) break;
          const messageId = target.id;
          if (next.type === 'delete') {
            target.deleted = true;
            await desk.push(thread, 'message:delete', { messageId });
          } else {
            const text = `edited ${step}`;
            await desk.push(thread, 'message:edit', { messageId, text });
          }
          break;
        }
        case 'close':
          await desk.push(thread, 'conversation:close');
          break;
        case 'cut':
          await followers[next.who].cut();
          break;
        case 'join':
          await followers[next.who].join();
          break;
        case 'look':
          await followers[next.who].look((index) => index % 8 === next.loses);
          break;
      }
    }
    for (const follower of [agent, visitor]) {
      await follower.cut();
      await follower.join();
      await follower.cut();
    }
    await desk.close();
    return { conversationId, agent, visitor };
  };

  it('both sides end with exactly what they may see, in order, whatever was cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 40 }), async (acts) => {
        const { conversationId, agent, visitor } = await play(acts);
        const truth = await stored(conversationId);
        assert.deepEqual(agent.thread, truth.agent);
        assert.deepEqual(visitor.thread, truth.visitor);
        const record = await fixture.storage.conversations.get(conversationId);
        assert.deepEqual([agent.cursor, visitor.cursor], [record?.lastSeq, record?.lastPublicSeq]);
        assert.ok(!visitor.frames.join().includes('SECRET'));
        assert.ok(!visitor.frames.join().includes('"comment"'));
      }),
      { numRuns: process.env['TEST_LONG'] ? 400 : 25, endOnFailure: true },
    );
  });

  it('a gap of several pages is told page by page, each change once and in its last form', async () => {
    const { caller, token } = await fixture.visitor();
    const { ports } = fixture.app;
    const { conversationId } = await sendVisitorMessage(ports, caller, {
      clientId: clientId(),
      text: 'first',
    });
    const agent = agentCaller(fixture.owner);
    const visitor = new Follower(fixture.url, token, `visitor:${caller.contactId}`);
    await visitor.join();
    await visitor.cut();
    for (let count = 0; count < 205; count++) {
      const input = { clientId: clientId(), kind: 'reply', text: `reply ${count}` } as const;
      await sendAgentMessage(ports, agent, conversationId, input);
    }
    await visitor.join();
    await visitor.cut();
    const truth = await stored(conversationId);
    assert.equal(truth.visitor.length, 207);
    assert.deepEqual(visitor.thread, truth.visitor);

    const newcomer = new Follower(fixture.url, token, `visitor:${caller.contactId}`);
    await newcomer.join();
    await newcomer.cut();
    assert.deepEqual(newcomer.thread, truth.visitor);
  });

  it('a page of the longest messages cuts nobody off', async () => {
    const { caller } = await fixture.visitor();
    const { ports } = fixture.app;
    // The longest in the longest spelling of JSON: six bytes a character.
    const text = '\u0001'.repeat(limits.messageLength);
    let conversationId = '';
    for (let count = 0; count < limits.maxPageSize; count++) {
      const message = await sendVisitorMessage(ports, caller, { clientId: clientId(), text });
      ({ conversationId } = message);
    }
    const truth = await stored(conversationId);
    const agent = await RawSocket.open(fixture.url, await fixture.agentToken());
    const topic = `conversation:${conversationId}`;
    const ended = agent.closed.then(() => assert.fail('the server closed the socket'));
    const since = { conversationId, seq: 0 };
    const seen: Message[] = [];
    for (let more = true; more; since.seq = seen.at(-1)?.seq ?? 0) {
      const joining = agent.join<ConversationJoined>(topic, { since });
      const { messages: page } = await Promise.race([joining, ended]);
      seen.push(...page.messages);
      more = page.more;
    }
    assert.deepEqual(seen, truth.agent);

    const older: Message[] = [];
    for (let more = true; more;) {
      const before = older[0] && { before: older[0].position };
      const limit = limits.maxPageSize;
      const listing = agent.push<MessagePage>(topic, 'messages:list', {
        conversationId,
        ...before,
        limit,
      });
      const page = await Promise.race([listing, ended]);
      older.unshift(...page.messages);
      more = page.more;
    }
    assert.deepEqual(older, truth.agent);
    ended.catch(() => undefined);
    await agent.close();
  });

  it('a cursor that the conversation does not know starts anew with the last page', async () => {
    const { caller, token } = await fixture.visitor();
    const topic = `visitor:${caller.contactId}`;
    const { conversationId } = await sendVisitorMessage(fixture.app.ports, caller, {
      clientId: clientId(),
      text: 'first',
    });
    const socket = await RawSocket.open(fixture.url, token);
    const foreign = { conversationId: 'cv_other', seq: 1 };
    for (const since of [foreign, { conversationId, seq: 2 }]) {
      const joined = await socket.join<VisitorJoined>(topic, { since });
      assert.deepEqual([joined.messages?.reset, joined.messages?.seq], [true, 1]);
    }
    const known = await socket.join<VisitorJoined>(topic, { since: { conversationId, seq: 1 } });
    assert.deepEqual(known.messages, {
      conversationId,
      messages: [],
      more: false,
      reset: false,
      seq: 1,
    } satisfies MessagePage);
    await socket.close();
  });
});
