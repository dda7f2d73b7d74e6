import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { roleActs } from '#kit/domain/roles.js';
import { limits } from '#kit/protocol/limits.js';
import type * as p from '#kit/protocol/payloads.js';
import type { AgentRecord } from '../src/ports.js';
import { readTask } from '../src/command-line.js';
import { runCommand } from '../src/run-command.js';
import { createWorkspace } from '../src/usecases/create-workspace.js';
import { agentCaller, clientId, startFixture, type Fixture } from './app-fixture.js';
import { sendAgentMessage } from '../src/usecases/send-agent-message.js';
import { updateSetting } from '../src/usecases/update-settings.js';
import { RawSocket } from './raw-socket.js';
import { refusedWith } from './security-fixture.js';

describe('groups and roles', () => {
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

  /** A workspace of its own with an owner, Ann, an admin, and Bo, an agent, at their inboxes. */
  const scene = async () => {
    const { ports } = fixture.app;
    const { workspace, owner } = await createWorkspace(ports, { name: 'Team' });
    const topic = `inbox:${workspace.id}`;
    const ann = await fixture.agent('Ann', workspace.id);
    const bo = await fixture.agent('Bo', workspace.id);
    const run = (...words: string[]) => {
      const [name = '', ...rest] = words;
      const task = readTask(name, rest);
      assert.ok(task.type === 'command');
      return runCommand(ports, task.command, fixture.url);
    };
    await run('set-role', ann.id, 'admin');
    const inboxOf = async (agent: AgentRecord) => {
      const socket = await open(await fixture.agentToken(agent));
      await socket.join(topic);
      return socket;
    };
    const converse = async () => {
      const { caller, token } = await fixture.visitor(workspace.id);
      const visitor = await open(token);
      const own = `visitor:${caller.contactId}`;
      await visitor.join(own);
      const { message } = await visitor.push<p.MessageStored>(own, 'message:send', {
        clientId: clientId(),
        text: 'Hello',
      });
      return { visitor, own, id: message.conversationId };
    };
    return { ports, workspace, owner, ann, bo, topic, inboxOf, converse, run };
  };
  const sales = { name: 'Sales', names: {}, private: false, memberIds: [] as string[] };

  it('S4.6 groups have a name per language and members, are private or not, and visitors may be asked', async () => {
    const { ports, workspace, ann, bo, topic, inboxOf, converse } = await scene();
    const [admin, agent] = [await inboxOf(ann), await inboxOf(bo)];
    const save = async (group: object) =>
      (await admin.push<p.GroupReply>(topic, 'group:save', { ...sales, ...group })).group;
    const first = await save({ names: { de: ' Verkauf ', 'pt-br': 'Vendas', fr: ' ' } });
    assert.deepEqual(first.names, { de: 'Verkauf', 'pt-BR': 'Vendas' });
    const secret = await save({ name: 'Unmentionable', private: true, memberIds: [bo.id] });
    const both = await save({ id: first.id, name: 'Sales team', memberIds: [ann.id, bo.id] });
    assert.deepEqual([both.id, both.version], [first.id, first.version + 1]);
    assert.deepEqual(both.memberIds, [ann.id, bo.id].sort());
    const told = await agent.next<p.GroupsChanged>(
      topic,
      'groups:changed',
      ({ groups }) => groups.length === 2 && groups[0]?.memberIds.length === 2,
    );
    const joined = await agent.push<p.InboxJoined>(topic, 'snapshot:get');
    assert.deepEqual(joined.groups, told.groups);
    assert.deepEqual(
      joined.groups.map(({ name, private: hidden }) => [name, hidden]),
      [
        ['Sales team', false],
        ['Unmentionable', true],
      ],
    );

    const { visitor, own, id } = await converse();
    const thread = `conversation:${id}`;
    await agent.join(thread);
    await agent.push(thread, 'conversation:assign-group', { groupId: secret.id });
    const { message } = await agent.next<p.MessageStored>(thread, 'message:changed');
    assert.deepEqual(message.system, {
      type: 'grouped',
      byId: bo.id,
      byName: 'Bo',
      groupId: secret.id,
      groupName: 'Unmentionable',
    });
    await visitor.push(own, 'snapshot:get');
    assert.doesNotMatch(visitor.frames.join(''), /Unmentionable|gr_|grouped/);

    await agent.push(thread, 'contact:update', { groupId: secret.id });
    await admin.push(topic, 'group:delete', { id: secret.id });
    const { contact } = await agent.next<p.ContactReply>(
      thread,
      'contact:changed',
      (changed) => changed.contact.groupId === null,
    );
    assert.ok(contact.version > 1);
    const { conversation } = await agent.next<p.ConversationReply>(
      topic,
      'conversation:changed',
      (changed) => changed.conversation.id === id && changed.conversation.groupId === null,
    );
    assert.ok(conversation.version > 1);
    await agent.next<p.GroupsChanged>(topic, 'groups:changed', ({ groups }) => groups.length === 1);
    await updateSetting(ports, workspace.id, 'askGroup', true);
    assert.equal((await ports.storage.workspaces.get(workspace.id))?.settings.askGroup, true);
  });

  it('a group is refused that cannot be', async () => {
    const { owner, ann, topic, inboxOf, converse } = await scene();
    const other = await scene();
    const admin = await inboxOf(ann);
    const foreign = await (
      await other.inboxOf(other.owner)
    ).push<p.GroupReply>(other.topic, 'group:save', sales);
    const save = (group: object) => admin.push(topic, 'group:save', { ...sales, ...group });
    await save({});
    const bad: [object, string][] = [
      [{}, 'invalid_payload'],
      [{ name: ' ' }, 'invalid_payload'],
      [{ name: 'X', names: { 'no language': 'Y' } }, 'invalid_payload'],
      [{ name: 'X', memberIds: [other.bo.id] }, 'agent_not_found'],
      [{ name: 'X', id: 'gr_none' }, 'group_not_found'],
      [{ name: 'X', id: foreign.group.id }, 'group_not_found'],
    ];
    for (const [group, code] of bad) await assert.rejects(save(group), refusedWith(code));
    await assert.rejects(
      admin.push(topic, 'group:delete', { id: foreign.group.id }),
      refusedWith('group_not_found'),
    );
    const { id } = await converse();
    await admin.join(`conversation:${id}`);
    for (const groupId of ['gr_none', foreign.group.id]) {
      await assert.rejects(
        admin.push(`conversation:${id}`, 'conversation:assign-group', { groupId }),
        refusedWith('group_not_found'),
      );
    }
    const { workspaceId } = owner;
    await fixture.storage.transaction(async ({ groups }) => {
      for (let at = 1; at < limits.groups; at++) {
        await groups.save({ ...sales, id: `gr_${at}_${ann.id}`, name: `Group ${at}`, workspaceId });
      }
    });
    await assert.rejects(save({ name: 'One too many' }), refusedWith('limit_reached'));
  });

  it('S4.7 owner, admin, agent: the server checks each act by the role of now, and notes it', async () => {
    const { ports, workspace, owner, ann, bo, topic, inboxOf, run } = await scene();
    const [first, admin, agent] = [await inboxOf(owner), await inboxOf(ann), await inboxOf(bo)];
    const allowed = { name: 'By owner' };
    const { group } = await first.push<p.GroupReply>(topic, 'group:save', { ...sales, ...allowed });
    await admin.push(topic, 'group:save', { ...sales, id: group.id, name: 'By admin' });
    assert.ok(roleActs.includes('group.save') && roleActs.includes('group.delete'));
    await assert.rejects(agent.push(topic, 'group:save', sales), refusedWith('forbidden'));
    const deletion = { id: group.id };
    await assert.rejects(agent.push(topic, 'group:delete', deletion), refusedWith('forbidden'));
    assert.equal((await ports.storage.groups.list(workspace.id)).groups[0]?.name, 'By admin');

    // Promoted and put back while the socket is open.
    await run('set-role', bo.id, 'admin');
    await agent.next<p.AgentChanged>(
      topic,
      'agent:changed',
      (changed) => changed.agent.id === bo.id && changed.agent.role === 'admin',
    );
    await agent.push(topic, 'group:delete', deletion);
    await run('set-role', bo.id, 'agent');
    await assert.rejects(agent.push(topic, 'group:save', sales), refusedWith('forbidden'));
    await assert.rejects(run('set-role', owner.id, 'agent'), /keeps an owner/);
    await assert.rejects(run('remove-agent', owner.id), /keeps an owner/);
    await run('set-role', ann.id, 'owner');
    await run('set-role', owner.id, 'agent');
    const audit = await ports.storage.audit.latest(workspace.id, 20);
    const noted = audit.map(({ action, actorType }) => `${action} by ${actorType}`).sort();
    assert.deepEqual(noted, [
      ...Array.from({ length: 5 }, () => 'agent.role by system'),
      'group.create by agent',
      'group.delete by agent',
      'group.update by agent',
    ]);
  });

  it('who is removed is signed out and has nothing any more; what they wrote stays', async () => {
    const { ports, workspace, owner, bo, topic, inboxOf, converse, run } = await scene();
    const [first, agent] = [await inboxOf(owner), await inboxOf(bo)];
    const { group } = await first.push<p.GroupReply>(topic, 'group:save', {
      ...sales,
      memberIds: [bo.id],
    });
    const { id } = await converse();
    const sent = { clientId: clientId(), kind: 'reply', text: 'From Bo' } as const;
    await sendAgentMessage(ports, agentCaller(bo), id, sent);
    assert.deepEqual(await run('remove-agent', bo.id), [`${bo.id}: Bo is removed.`]);
    await agent.closed;
    await first.next<p.AgentRemoved>(topic, 'agent:removed', ({ agentId }) => agentId === bo.id);
    const left = await first.push<p.InboxJoined>(topic, 'snapshot:get');
    assert.deepEqual(left.agents.map(({ id: each }) => each).includes(bo.id), false);
    assert.deepEqual(left.groups, [{ ...group, memberIds: [], version: group.version + 1 }]);
    assert.deepEqual(left.counts, { unassigned: 1, all: 1, byAgent: {} });
    const found = await ports.storage.conversations.snapshot(id);
    assert.deepEqual([found?.assigneeIds, found?.lastMessage?.authorName], [[], 'Bo']);
    await assert.rejects(fixture.agentToken(bo).then(open));
    await assert.rejects(run('remove-agent', bo.id), /agent/);
    const noted = await ports.storage.audit.latest(workspace.id, 20);
    assert.ok(noted.some((entry) => entry.action === 'agent.remove' && entry.targetId === bo.id));
  });

  it('an agent who lost the password gets a link', async () => {
    const { ports, bo, workspace } = await scene();
    await ports.storage.agents.updateAccount(bo.id, { email: 'bo@team.example' });
    for (const [words, flags] of [
      [[], { agent: bo.id }],
      [[workspace.id], { agent: 'Bo@team.example' }],
    ] as const) {
      const task = readTask('sign-in-link', [...words], flags);
      assert.ok(task.type === 'command');
      const [line = ''] = await runCommand(ports, task.command, fixture.url);
      const reply = await fetch(`${fixture.url}/v1/agent/sign-in-link`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: fixture.url },
        body: JSON.stringify({ code: /#code=(\S+)$/.exec(line)?.[1] }),
      });
      assert.equal(((await reply.json()) as { me: { id: string } }).me.id, bo.id);
    }
    const elsewhere = readTask('sign-in-link', [fixture.workspace.id], { agent: bo.id });
    assert.ok(elsewhere.type === 'command');
    await assert.rejects(runCommand(ports, elsewhere.command, fixture.url), /agent/);
  });
});
