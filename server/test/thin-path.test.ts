import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Conversation } from '#kit/domain/conversation.js';
import type { VisitorTokenReply } from '#kit/protocol/http.js';
import { clientId, startFixture, type Fixture } from './app-fixture.js';
import { RawSocket } from './raw-socket.js';

describe('from a visitor to an agent', () => {
  let fixture: Fixture;
  before(async () => (fixture = await startFixture()));
  after(() => fixture.close());

  it('a message of a new visitor reaches the inbox and is stored', async () => {
    const { url, workspace } = fixture;
    const inboxTopic = `inbox:${workspace.id}`;
    const agent = await RawSocket.open(url, await fixture.agentToken());
    await agent.join(inboxTopic);

    const reply = await fetch(`${url}/v1/visitor/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ workspaceId: workspace.id }),
    });
    const { contactId, token } = (await reply.json()) as VisitorTokenReply;
    const visitor = await RawSocket.open(url, token);
    const topic = `visitor:${contactId}`;
    await visitor.join(topic);
    await visitor.push(topic, 'message:send', { clientId: clientId(), text: 'Hello there' });

    const { conversation } = await agent.next<{ conversation: Conversation }>(
      inboxTopic,
      'conversation:changed',
    );
    assert.equal(conversation.lastMessage?.excerpt, 'Hello there');
    assert.deepEqual(conversation.assigneeIds, []);
    const stored = await fixture.storage.conversations.snapshot(conversation.id);
    assert.equal(stored?.contact.id, contactId);
    await Promise.all([agent.close(), visitor.close()]);
  });
});
