import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Conversation } from '#kit/domain/conversation.js';
import type * as p from '#kit/protocol/payloads.js';
import type { AgentRecord } from '../src/ports.js';
import { createWorkspace } from '../src/usecases/create-workspace.js';
import { clientId, startFixture, type Fixture } from './app-fixture.js';
import { RawSocket } from './raw-socket.js';
import { refusedWith } from './security-fixture.js';

describe('agents who are brought in', () => {
  let fixture: Fixture;
  const sockets: RawSocket[] = [];

  before(async () => {
    fixture = await startFixture();
  });
  after(async () => {
    for (const socket of sockets) await socket.close();
    await fixture.close();
  });

  const open = async (token: string): Promise<RawSocket> => {
    const socket = await RawSocket.open(fixture.url, token);
    sockets.push(socket);
    return socket;
  };

  /** A conversation in a workspace of its own, with the inboxes of its owner, Ann and Bo. */
  const scene = async () => {
    const { workspace, owner } = await createWorkspace(fixture.app.ports, { name: 'Team' });
    const inboxTopic = `inbox:${workspace.id}`;
    const [ann, bo] = [
      await fixture.agent('Ann', workspace.id),
      await fixture.agent('Bo', workspace.id),
    ];
    const inboxOf = async (agent: AgentRecord) => {
      const socket = await open(await fixture.agentToken(agent));
      await socket.join(inboxTopic);
      return socket;
    };
    const { caller, token } = await fixture.visitor(workspace.id);
    const visitor = await open(token);
    const visitorTopic = `visitor:${caller.contactId}`;
    await visitor.join(visitorTopic);
    const { message } = await visitor.push<p.MessageStored>(visitorTopic, 'message:send', {
      clientId: clientId(),
      text: 'Hello',
    });
    const topic = `conversation:${message.conversationId}`;
    const me = await inboxOf(owner);
    await me.join(topic);
    const comment = async (text: string, mentions: string[], kind = 'comment') => {
      const sent = { clientId: clientId(), kind, text, mentions };
      return (await me.push<p.MessageStored>(topic, 'message:send', sent)).message;
    };
    const card = async (): Promise<Conversation> => {
      const snapshot = await fixture.storage.conversations.snapshot(message.conversationId);
      assert.ok(snapshot);
      return snapshot;
    };
    return { workspace, owner, ann, bo, inboxTopic, inboxOf, visitor, topic, me, comment, card };
  };
  const view = { name: 'mine', state: 'open', channel: 'all', order: 'newest' };

  it('S3.16 one assigns several without having joined; they are told and find it in My messages', async () => {
    const { ann, bo, inboxTopic, inboxOf, visitor, topic, me } = await scene();
    const [hers, his] = [await inboxOf(ann), await inboxOf(bo)];
    const assigneeIds = [ann.id, bo.id];
    await me.push(topic, 'conversation:assign', { assigneeIds: [ann.id] });
    await me.push(topic, 'conversation:assign', { assigneeIds });
    for (const inbox of [hers, his]) {
      await inbox.next<p.ConversationReply>(
        inboxTopic,
        'conversation:changed',
        ({ conversation }) => conversation.assigneeIds.join() === assigneeIds.join(),
      );
      const mine = await inbox.push<p.ConversationWindow>(inboxTopic, 'conversations:list', {
        view,
      });
      assert.deepEqual(
        mine.conversations.map((found) => found.assigneeIds),
        [assigneeIds],
      );
    }
    const own = await me.push<p.ConversationWindow>(inboxTopic, 'conversations:list', { view });
    assert.deepEqual(own.conversations, []);
    const lines = me
      .of(topic, 'message:changed')
      .map((payload) => (payload as unknown as p.MessageStored).message.system?.type);
    assert.deepEqual(lines, ['assigned', 'assigned']);
    assert.ok(!visitor.frames.join('').includes('assigned'));
  });

  it('S3.29 a comment names agents, who are told; a reply does not, and the visitor hears of none', async () => {
    const { ann, bo, inboxTopic, inboxOf, visitor, topic, me, comment, card } = await scene();
    const [hers, his] = [await inboxOf(ann), await inboxOf(bo)];
    const both = [ann.id, bo.id];
    const message = await comment('@Ann and @Bo, what is this?', both);
    assert.deepEqual(message.mentions, both);
    for (const inbox of [hers, his]) {
      const { conversation } = await inbox.next<p.ConversationReply>(
        inboxTopic,
        'conversation:changed',
        ({ conversation: { mentions } }) => Object.keys(mentions).length === 2,
      );
      assert.deepEqual(conversation.mentions, {
        [ann.id]: message.position,
        [bo.id]: message.position,
      });
      assert.deepEqual(conversation.assigneeIds, []);
    }

    const stranger = fixture.owner.id;
    await assert.rejects(comment('@Who', [stranger]), refusedWith('agent_not_found'));
    await assert.rejects(comment('@Ann', [ann.id], 'reply'), refusedWith('invalid_payload'));

    const again = await comment('@Ann?', [ann.id]);
    assert.equal((await card()).mentions[ann.id], again.position);
    const edited = await me.push<p.MessageStored>(topic, 'message:edit', {
      messageId: message.id,
      text: '@Ann, what is that?',
    });
    assert.deepEqual(edited.message.mentions, [ann.id]);
    assert.deepEqual((await card()).mentions, { [ann.id]: again.position });
    const renamed = await me.push<p.MessageStored>(topic, 'message:edit', {
      messageId: message.id,
      text: '@Ann, or rather @Bo',
    });
    assert.deepEqual(renamed.message.mentions, both);
    // Who was named already stays where the later comment put them.
    const places = { [ann.id]: again.position, [bo.id]: message.position };
    assert.deepEqual((await card()).mentions, places);
    await me.push(topic, 'message:edit', { messageId: message.id, text: '@Ann?' });
    assert.deepEqual((await card()).mentions, { [ann.id]: again.position });
    const gone = await me.push<p.MessageStored>(topic, 'message:delete', { messageId: again.id });
    assert.deepEqual(gone.message.mentions, []);
    assert.deepEqual((await card()).mentions, { [ann.id]: message.position });
    await me.push(topic, 'message:delete', { messageId: message.id });
    assert.deepEqual((await card()).mentions, {});
    assert.doesNotMatch(visitor.frames.join(''), /@Ann|@Bo|"mentions":(?!\[\])/);
  });

  it('who names themselves has nothing new to look at', async () => {
    const { owner, comment, card } = await scene();
    const message = await comment('Note to @Owner', [owner.id]);
    assert.deepEqual(message.mentions, [owner.id]);
    assert.deepEqual((await card()).mentions, {});
  });
});
