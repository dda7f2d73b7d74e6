import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type * as p from '#kit/protocol/payloads.js';
import { clientId, startFixture, type Fixture } from './app-fixture.js';
import { PushRefused, RawSocket } from './raw-socket.js';

/** The server's clock stands still in these tests, so that replies can be compared whole. */
describe('snapshot:get', () => {
  let fixture: Fixture;
  let agent: RawSocket;
  const opened: RawSocket[] = [];

  before(async () => {
    fixture = await startFixture();
    agent = await open(await fixture.agentToken());
    await agent.join(`inbox:${fixture.workspace.id}`);
  });
  after(async () => {
    await Promise.all(opened.map((socket) => socket.close()));
    await fixture.close();
  });

  const open = async (token: string) => {
    const socket = await RawSocket.open(fixture.url, token);
    opened.push(socket);
    return socket;
  };

  const converse = async () => {
    const { caller, token } = await fixture.visitor();
    const topic = `visitor:${caller.contactId}`;
    const socket = await open(token);
    await socket.join(topic);
    const say = (text: string) =>
      socket.push<p.MessageStored>(topic, 'message:send', { clientId: clientId(), text });
    const { message } = await say('Hello');
    const thread = `conversation:${message.conversationId}`;
    await agent.join(thread);
    return { topic, socket, thread, token, say, conversationId: message.conversationId };
  };

  it('answers a visitor as the join does, after the given cursor', async () => {
    const { topic, socket, conversationId, token, say } = await converse();
    await say('And more');
    const since = { conversationId, seq: 1 };
    const snapshot = await socket.push<p.VisitorJoined>(topic, 'snapshot:get', { since });
    const joined = await (await open(token)).join<p.VisitorJoined>(topic, { since });
    assert.deepEqual(
      snapshot.messages?.messages.map(({ text }) => text),
      ['And more'],
    );
    assert.deepEqual(comparable(snapshot), comparable(joined));
  });

  it('answers an agent as the joins of the inbox and of a conversation do', async () => {
    const { thread } = await converse();
    const inbox = `inbox:${fixture.workspace.id}`;
    const other = await open(await fixture.agentToken());
    for (const topic of [inbox, thread]) {
      assert.deepEqual(
        await agent.push(topic, 'snapshot:get', {}),
        await other.join(topic, {}),
        topic,
      );
    }
  });

  it('pushes to the tabs behind the socket what is new in it', async () => {
    const { topic, socket, thread } = await converse();
    await agent.push(thread, 'conversation:close');
    const snapshot = await socket.push<p.VisitorJoined>(topic, 'snapshot:get', {});
    const { conversation } = await socket.next<p.VisitorConversationChanged>(
      topic,
      'conversation:changed',
      (changed) => changed.conversation?.state === 'closed',
    );
    assert.equal(snapshot.conversation?.state, 'closed');
    assert.equal(conversation?.id, snapshot.conversation?.id);
  });

  it('lets a visitor count no comment', async () => {
    const { topic, socket, thread } = await converse();
    const before = await socket.push<p.VisitorJoined>(topic, 'snapshot:get', {});
    await agent.push(thread, 'message:send', {
      clientId: clientId(),
      kind: 'comment',
      text: 'SECRET-COMMENT',
    });
    const after = await socket.push<p.VisitorJoined>(topic, 'snapshot:get', {});
    assert.deepEqual(comparable(after), comparable(before));
    assert.ok(!socket.frames.join().includes('SECRET-COMMENT'));
  });

  it('is refused before the join, with a payload that no join takes, and to strangers', async () => {
    const { topic, socket, thread } = await converse();
    const stranger = await open((await fixture.visitor()).token);
    await assert.rejects(stranger.push(topic, 'snapshot:get', {}), PushRefused);
    await assert.rejects(stranger.push(thread, 'snapshot:get', {}), PushRefused);
    await assert.rejects(
      socket.push(topic, 'snapshot:get', { since: 7 }),
      (error) => error instanceof PushRefused && error.payload['code'] === 'invalid_payload',
    );
  });
});

/** Without the stamps, which rise with every look. */
function comparable({ conversation, availability, ...rest }: p.VisitorJoined): object {
  return {
    ...rest,
    conversation: conversation && { ...conversation, version: 0 },
    availability: { ...availability, version: 0 },
  };
}
