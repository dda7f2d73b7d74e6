import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Routing } from '#kit/domain/routing.js';
import type * as p from '#kit/protocol/payloads.js';
import type { VisitorCaller } from '../src/auth/tokens.js';
import type { AgentRecord } from '../src/ports.js';
import { assignConversation } from '../src/usecases/assign-conversation.js';
import { assignGroup } from '../src/usecases/assign-group.js';
import { createWorkspace } from '../src/usecases/create-workspace.js';
import { listMessages } from '../src/usecases/list-messages.js';
import { saveGroup } from '../src/usecases/save-group.js';
import { sendAgentMessage } from '../src/usecases/send-agent-message.js';
import { sendVisitorMessage } from '../src/usecases/send-visitor-message.js';
import { closeConversation } from '../src/usecases/set-conversation-state.js';
import { updateSetting } from '../src/usecases/update-settings.js';
import { agentCaller, clientId, startFixture, type Fixture } from './app-fixture.js';
import { RawSocket } from './raw-socket.js';

describe('who gets a conversation', () => {
  let fixture: Fixture;
  const sockets: RawSocket[] = [];

  before(async () => {
    fixture = await startFixture();
  });
  after(async () => {
    for (const socket of sockets) await socket.close();
    await fixture.close();
  });

  /** A workspace of its own with so many agents, of whom the first `online` are there. */
  const scene = async (routing: Routing, online = 3) => {
    const { ports } = fixture.app;
    const made = await createWorkspace(ports, { name: 'Routing' });
    const workspaceId = made.workspace.id;
    await updateSetting(ports, workspaceId, 'routing', routing);
    const agents: AgentRecord[] = [];
    for (const name of ['Ann', 'Bo', 'Cleo', 'Dee']) {
      agents.push(await fixture.agent(name, workspaceId));
    }
    agents.sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const { id } of agents.slice(0, online)) await ports.roster.connect(workspaceId, id);
    const names = (ids: string[]) =>
      ids.map((id) => agents.findIndex((agent) => agent.id === id)).join();
    const write = async (caller: VisitorCaller, text = 'Hello') =>
      sendVisitorMessage(ports, caller, { clientId: clientId(), text });
    const assigneesOf = async (id: string) =>
      names((await ports.storage.conversations.get(id))?.assigneeIds ?? []);
    const begin = async () => {
      const { caller } = await fixture.visitor(workspaceId);
      const { conversationId } = await write(caller);
      return { caller, conversationId, who: await assigneesOf(conversationId) };
    };
    const owner = agentCaller(made.owner);
    return { ports, workspaceId, agents, owner, begin, write, assigneesOf };
  };

  it('S4.4 a conversation of nobody is unassigned until the first reply; a comment assigns nobody', async () => {
    const { ports, agents, begin, assigneesOf } = await scene('none');
    const { conversationId, who } = await begin();
    assert.equal(who, '');
    const { counts } = ports.storage.conversations;
    const workspaceId = agents[0]?.workspaceId ?? '';
    assert.equal((await counts(workspaceId)).unassigned, 1);
    const say = (at: number, kind: 'reply' | 'comment') => {
      const agent = agents[at];
      assert.ok(agent);
      const sent = { clientId: clientId(), kind, text: 'A word' };
      return sendAgentMessage(ports, agentCaller(agent), conversationId, sent);
    };
    await say(1, 'comment');
    assert.equal(await assigneesOf(conversationId), '');
    await Promise.all([say(2, 'reply')]);
    await say(0, 'reply');
    assert.equal(await assigneesOf(conversationId), '2');
    assert.equal((await counts(workspaceId)).unassigned, 0);
  });

  it('S4.5 none, round robin or least busy, within the group where there is one, and only who is online', async () => {
    const none = await scene('none');
    assert.equal((await none.begin()).who, '');
    const nobody = await scene('round_robin', 0);
    assert.equal((await nobody.begin()).who, '');

    const { ports, workspaceId, agents, owner, begin, write, assigneesOf } =
      await scene('round_robin');
    const turns = [];
    for (let turn = 0; turn < 4; turn++) turns.push((await begin()).who);
    assert.deepEqual(turns, ['0', '1', '2', '0']);

    // Bo has one; Ann two, Cleo one. Who is offline gets none.
    await updateSetting(ports, workspaceId, 'routing', 'least_busy');
    const busy = [];
    for (let turn = 0; turn < 3; turn++) busy.push((await begin()).who);
    assert.deepEqual(busy, ['1', '2', '0']);

    const [, bo, , dee] = agents;
    assert.ok(bo && dee);
    const group = await saveGroup(ports, owner, {
      name: 'Sales',
      names: {},
      private: false,
      memberIds: [bo.id, dee.id],
    });
    const { caller, conversationId } = await begin();
    await assignGroup(ports, owner, conversationId, { groupId: group.id });
    await assignConversation(ports, owner, conversationId, { assigneeIds: [] });
    await closeConversation(ports, owner, conversationId);
    await write(caller, 'Once more');
    assert.equal(await assigneesOf(conversationId), '1');
    const thread = await listMessages(ports, owner, { conversationId, limit: 50 });
    assert.deepEqual(thread.messages.at(-1)?.system, {
      type: 'assigned',
      byId: null,
      assignees: [{ id: bo.id, name: bo.name }],
    });
  });

  it('the one who is chosen is told; the visitor is told of no line', async () => {
    const { agents, workspaceId } = await scene('round_robin', 1);
    const [ann] = agents;
    assert.ok(ann);
    const inbox = await RawSocket.open(fixture.url, await fixture.agentToken(ann));
    const { caller, token } = await fixture.visitor(workspaceId);
    const visitor = await RawSocket.open(fixture.url, token);
    sockets.push(inbox, visitor);
    await inbox.join(`inbox:${workspaceId}`);
    const topic = `visitor:${caller.contactId}`;
    await visitor.join(topic);
    const { message } = await visitor.push<p.MessageStored>(topic, 'message:send', {
      clientId: clientId(),
      text: 'Hello',
    });
    const changed = await inbox.next<p.ConversationReply>(
      `inbox:${workspaceId}`,
      'conversation:changed',
    );
    assert.deepEqual(changed.conversation.assigneeIds, [ann.id]);
    assert.equal(changed.conversation.lastContactPosition, 1);
    assert.equal(message.seq, 1);
    assert.ok(!visitor.frames.join('').includes('assigned'));
  });

  it('those who come at the same time are given out evenly, and a repeated message once', async () => {
    const { ports, workspaceId, begin, agents } = await scene('round_robin');
    const all = await Promise.all(Array.from({ length: 12 }, begin));
    const shares = [0, 1, 2].map((at) => all.filter(({ who }) => who === String(at)).length);
    assert.deepEqual(shares, [4, 4, 4]);
    const { byAgent } = await ports.storage.conversations.counts(workspaceId);
    assert.deepEqual(Object.values(byAgent), [4, 4, 4]);
    const { caller } = await fixture.visitor(workspaceId);
    const sent = { clientId: clientId(), text: 'Twice' };
    const [first] = await Promise.all([
      sendVisitorMessage(ports, caller, sent),
      sendVisitorMessage(ports, caller, sent),
    ]);
    const stored = await ports.storage.conversations.get(first.conversationId);
    assert.equal(stored?.lastSeq, 2);
    assert.equal(agents.filter(({ id }) => stored?.assigneeIds.includes(id)).length, 1);
  });
});
