import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Agent } from '#kit/domain/agent.js';
import type { Conversation } from '#kit/domain/conversation.js';
import type { Message } from '#kit/domain/message.js';
import type { Availability } from '#kit/domain/settings.js';
import { clientId } from './app-fixture.js';
import { ClusterFixture, eventually, skip, type ClusterNode } from './cluster-fixture.js';
import { RawSocket } from './raw-socket.js';

describe('several servers', { skip }, () => {
  let fixture: ClusterFixture;
  let inbox: string;
  const [a, b, c] = [0, 1, 2].map((index) => () => fixture.node(index)) as [
    () => ClusterNode,
    () => ClusterNode,
    () => ClusterNode,
  ];

  before(async () => {
    fixture = await ClusterFixture.start();
    inbox = `inbox:${fixture.workspace.id}`;
  });
  after(() => fixture.close());

  const agentsOn = async (node: ClusterNode): Promise<Agent[]> =>
    node.app.ports.roster.list(fixture.workspace.id);

  it('bring a message from one to visitors and agents on all others, once', async () => {
    const { contactId, token } = await fixture.visitor();
    const topic = `visitor:${contactId}`;
    const [phone, laptop] = await Promise.all([
      RawSocket.open(a().url, token),
      RawSocket.open(b().url, token),
    ]);
    const agent = await fixture.agentSocket(c());
    await Promise.all([phone.join(topic), laptop.join(topic), agent.join(inbox)]);
    const payload = { clientId: clientId(), text: 'hello' };
    const { message } = await phone.push<{ message: Message }>(topic, 'message:send', payload);
    const told = await laptop.next<{ message: Message }>(topic, 'message:changed');
    assert.deepEqual(told.message, message);
    const { conversation } = await agent.next<{ conversation: Conversation }>(
      inbox,
      'conversation:changed',
    );
    assert.equal(conversation.contact.id, contactId);
    await agent.next(inbox, 'counts');

    const thread = `conversation:${conversation.id}`;
    await agent.join(thread);
    const reply = { clientId: clientId(), kind: 'reply', text: 'good day' };
    await agent.push(thread, 'message:send', reply);
    for (const socket of [phone, laptop]) {
      await socket.next<{ message: Message }>(
        topic,
        'message:changed',
        (payload) => payload.message.text === 'good day',
      );
    }
    const mark = { conversationId: conversation.id, read: 2 };
    await phone.push(topic, 'mark', mark);
    await agent.next(thread, 'marks');
    // Everything of the thread came before the marks.
    for (const socket of [phone, laptop]) {
      const texts = socket
        .of(topic, 'message:changed')
        .map((payload) => payload['message'] as Message)
        .filter(({ kind }) => kind === 'reply')
        .map(({ text }) => text);
      assert.deepEqual(texts, ['hello', 'good day']);
    }
    await Promise.all([phone.close(), laptop.close(), agent.close()]);
  });

  it('show an agent who is connected to one as online on all, in the same version', async () => {
    const agent = await fixture.agent('Ada');
    const { contactId, token } = await fixture.visitor();
    const watching = await fixture.agentSocket(a());
    const widget = await RawSocket.open(c().url, token);
    await Promise.all([watching.join(inbox), widget.join(`visitor:${contactId}`)]);
    const socket = await fixture.agentSocket(b(), agent);
    await socket.join(inbox);
    const changed = await watching.next<{ agent: Agent }>(
      inbox,
      'agent:changed',
      (payload) => payload.agent.id === agent.id && payload.agent.status === 'online',
    );
    await widget.next<{ availability: Availability }>(
      `visitor:${contactId}`,
      'availability',
      ({ availability }) => availability.agents.some(({ id }) => id === agent.id),
    );
    for (const node of fixture.nodes) {
      const known = (await agentsOn(node)).find(({ id }) => id === agent.id);
      assert.deepEqual(known, changed.agent);
    }
    await socket.close();
    await watching.next<{ agent: Agent }>(
      inbox,
      'agent:changed',
      (payload) =>
        payload.agent.id === agent.id &&
        payload.agent.status === 'offline' &&
        payload.agent.version > changed.agent.version,
    );
    await Promise.all([watching.close(), widget.close()]);
  });

  it('keep an agent online who leaves one server and is on another', async () => {
    const agent = await fixture.agent('Grace');
    const [first, second] = await Promise.all([
      fixture.agentSocket(a(), agent),
      fixture.agentSocket(b(), agent),
    ]);
    await Promise.all([first.join(inbox), second.join(inbox)]);
    const statuses = async () =>
      Promise.all(
        fixture.nodes.map(
          async (node) => (await agentsOn(node)).find(({ id }) => id === agent.id)?.status,
        ),
      );
    const are = (status: string) => (found: (string | undefined)[]) =>
      found.every((one) => one === status);
    await eventually(statuses, are('online'), 'online');
    await first.close();
    await second.push(inbox, 'agent:status', { status: 'invisible' });
    await eventually(statuses, are('invisible'), 'still there');
    await second.push(inbox, 'agent:status', { status: 'online' });
    await second.close();
    await eventually(statuses, are('offline'), 'gone');
  });

  it('say once that somebody types', async () => {
    const { contactId, token } = await fixture.visitor();
    const topic = `visitor:${contactId}`;
    const widget = await RawSocket.open(a().url, token);
    await widget.join(topic);
    const payload = { clientId: clientId(), text: 'hello' };
    const { message } = await widget.push<{ message: Message }>(topic, 'message:send', payload);
    const thread = `conversation:${message.conversationId}`;
    const agent = await fixture.agentSocket(b());
    await agent.join(thread);
    await widget.push(topic, 'typing', { typing: true });
    await agent.next(thread, 'typing');
    await widget.push(topic, 'typing', { typing: false });
    await agent.next<{ typing: boolean }>(thread, 'typing', ({ typing }) => !typing);
    assert.equal(agent.of(thread, 'typing').length, 2);
    await Promise.all([widget.close(), agent.close()]);
  });

  it('close what a caller has open on another server', async () => {
    const { contactId, token } = await fixture.visitor();
    const widget = await RawSocket.open(c().url, token);
    await widget.join(`visitor:${contactId}`);
    const { workspace } = fixture;
    const event = { type: 'access', workspaceId: workspace.id, sockets: [`contact:${contactId}`] };
    a().app.ports.events.publish(event as never);
    await widget.closed;
  });

  it('serve a longpoll session whichever of them a request reaches', async () => {
    const { contactId, token } = await fixture.visitor();
    const topic = `visitor:${contactId}`;
    const ask = async (node: ClusterNode, session: string | null, body?: string) => {
      const response = await fetch(`${node.url}/socket/longpoll?vsn=2.0.0`, {
        headers: session
          ? { 'x-phoenix-longpoll-token': session }
          : { 'x-phoenix-authtoken': token },
        ...(body === undefined ? {} : { method: 'POST', body }),
      });
      return (await response.json()) as { status: number; token: string; messages: string[] };
    };
    const { token: session } = await ask(a(), null);
    const join = JSON.stringify(['1', '1', topic, 'phx_join', {}]);
    assert.equal((await ask(b(), session, join)).status, 200);
    const joined = await ask(c(), session);
    assert.match(joined.messages.join(), /"phx_reply",\{"status":"ok"/);
    const payload = { clientId: clientId(), text: 'by way of others' };
    const send = JSON.stringify(['1', '2', topic, 'message:send', payload]);
    const [poll] = await Promise.all([ask(b(), session), ask(c(), session, send)]);
    assert.match(poll.messages.join(), /by way of others/);
  });

  it('learn from the others who is there when one is started again', async () => {
    const agent = await fixture.agent('Edsger');
    const socket = await fixture.agentSocket(a(), agent);
    await socket.join(inbox);
    const known = (await agentsOn(a())).find(({ id }) => id === agent.id);
    assert.equal(known?.status, 'online');
    const fresh = await fixture.add();
    const seen = (await agentsOn(fresh)).find(({ id }) => id === agent.id);
    assert.equal(seen?.status, 'online');
    assert.equal(seen.availableSince, known.availableSince);
    await fresh.close();
    await socket.close();
  });

  it('forget the agents of one that is dead, and nobody of one that was only cut off', async () => {
    const agent = await fixture.agent('Barbara');
    const dying = await fixture.add();
    const socket = await fixture.agentSocket(dying, agent);
    await socket.join(inbox);
    const statusOn = async (node: ClusterNode) =>
      (await agentsOn(node)).find(({ id }) => id === agent.id)?.status;
    await eventually(
      () => statusOn(a()),
      (status) => status === 'online',
      'online',
    );
    // As when it is killed: it says nothing more, not even goodbye.
    dying.proxy.sever();
    for (const node of [a(), b(), c()]) {
      await eventually(
        () => statusOn(node),
        (status) => status === 'offline',
        'forgotten',
      );
    }
    dying.proxy.mend();
    for (const node of [a(), b(), c()]) {
      await eventually(
        () => statusOn(node),
        (status) => status === 'online',
        'back',
      );
    }
    assert.equal(await statusOn(dying), 'online');
    await socket.close();
    await dying.close();
  });
});
