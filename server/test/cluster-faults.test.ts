import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Agent } from '#kit/domain/agent.js';
import type { Conversation } from '#kit/domain/conversation.js';
import type { Message } from '#kit/domain/message.js';
import type { Availability } from '#kit/domain/settings.js';
import type { Counts } from '#kit/domain/view.js';
import type { Marks } from '#kit/protocol/payloads.js';
import { clientId } from './app-fixture.js';
import { ClusterFixture, eventually, skip, type ClusterNode } from './cluster-fixture.js';
import { RawSocket } from './raw-socket.js';

/** A visitor on one server and the agents who look at the conversation on all. */
interface Stage {
  topic: string;
  thread: string;
  conversationId: string;
  /** By server. */
  widgets: RawSocket[];
  agents: RawSocket[];
}

const burst = 40;

describe('several servers when Redis fails', { skip }, () => {
  let fixture: ClusterFixture;
  let inbox: string;

  before(async () => {
    fixture = await ClusterFixture.start();
    inbox = `inbox:${fixture.workspace.id}`;
  });
  after(() => fixture.close());

  const each = <T>(work: (node: ClusterNode) => Promise<T>): Promise<T[]> =>
    Promise.all(fixture.nodes.map(work));

  const setStage = async (): Promise<Stage> => {
    const { contactId, token } = await fixture.visitor();
    const topic = `visitor:${contactId}`;
    const widgets = await each((node) => RawSocket.open(node.url, token));
    await Promise.all(widgets.map((widget) => widget.join(topic)));
    const first = { clientId: clientId(), text: 'first' };
    const { message } = await widget(widgets, 0).push<{ message: Message }>(
      topic,
      'message:send',
      first,
    );
    const { conversationId } = message;
    const thread = `conversation:${conversationId}`;
    await Promise.all(widgets.map((socket) => socket.next(topic, 'message:changed')));
    const agents = await each((node) => fixture.agentSocket(node));
    await Promise.all(
      agents.map(async (agent) => {
        await agent.join(inbox);
        await agent.join(thread);
      }),
    );
    return { topic, thread, conversationId, widgets, agents };
  };

  /** Sends from every server, visitor and agent in turn, with `between` somewhere in the middle. */
  const sendBurst = async (
    { topic, thread, widgets, agents }: Stage,
    between: () => void | Promise<void>,
  ): Promise<void> => {
    const sends: Promise<unknown>[] = [];
    for (let number = 0; number < burst; number++) {
      if (number === burst / 2) await between();
      const node = number % widgets.length;
      const text = `message ${number}`;
      sends.push(
        number % 2 === 0
          ? widget(widgets, node).push(topic, 'message:send', { clientId: clientId(), text })
          : widget(agents, node).push(thread, 'message:send', {
              clientId: clientId(),
              text,
              kind: number % 3 === 0 ? 'comment' : 'reply',
            }),
      );
      await pause(2);
    }
    await Promise.all(sends);
  };

  /** Everybody was told of every message that they may see, once and in order. */
  const assertTold = async (stage: Stage): Promise<void> => {
    const { conversationId, topic, thread, widgets, agents } = stage;
    const { storage } = fixture.node(0);
    for (const [audience, sockets, name] of [
      ['visitor', widgets, topic],
      ['agent', agents, thread],
    ] as const) {
      const range = { conversationId, audience, limit: 1_000, after: 1 } as const;
      const stored = await storage.messages.changedAfter(range);
      const expected = stored.messages.map(({ id }) => id);
      for (const [node, socket] of sockets.entries()) {
        const told = () =>
          socket
            .of(name, 'message:changed')
            .map(({ message }) => message as Message)
            .filter(({ text }) => text !== 'first');
        await eventually(
          () => told().length,
          (count) => count >= expected.length,
          `${audience} of server ${node} told of ${expected.length}`,
        );
        assert.deepEqual(
          told().map(({ id }) => id),
          expected,
          `${audience} of server ${node}`,
        );
      }
    }
  };

  /** Cards, marks and counts that everybody was shown last are those of the database. */
  const assertShown = async ({ conversationId, thread, agents }: Stage): Promise<void> => {
    const { storage } = fixture.node(0);
    const card = await storage.conversations.snapshot(conversationId);
    const counts = await storage.conversations.counts(fixture.workspace.id);
    for (const [node, agent] of agents.entries()) {
      const cards = () =>
        agent
          .of(inbox, 'conversation:changed')
          .map((payload) => payload['conversation'] as Conversation)
          .filter(({ id }) => id === conversationId)
          .sort((one, other) => one.version - other.version);
      await eventually(
        () => cards().at(-1)?.version,
        (version) => version === card?.version,
        `the card of server ${node}`,
      );
      assert.deepEqual(cards().at(-1), card);
      await eventually(
        () => agent.of(inbox, 'counts').at(-1) as Counts | undefined,
        (last) => JSON.stringify(last) === JSON.stringify(counts),
        `counts of server ${node}`,
      );
      await eventually(
        () => (agent.of(thread, 'marks').at(-1) as Marks | undefined)?.contactMark.read,
        (read) => read === card?.contactMark.read,
        `marks of server ${node}`,
      );
    }
  };

  const assertSettled = async (stage: Stage): Promise<void> => {
    const { conversationId, topic, widgets } = stage;
    // Read by the visitor on the last server.
    await widget(widgets, 2).push(topic, 'mark', { conversationId, read: 1_000 });
    await assertTold(stage);
    await assertShown(stage);
    await Promise.all([...stage.widgets, ...stage.agents].map((socket) => socket.close()));
  };

  it('a killed one, started again in the middle of a burst', async () => {
    const stage = await setStage();
    await sendBurst(stage, () => fixture.redis.kill());
    await fixture.redis.start();
    await assertSettled(stage);
  });

  it('one that stays away: sending goes on, and the others hear of it all the same', async () => {
    const [usual, stage] = [await setStage(), await setStage()];
    const timed = async (sent: Stage): Promise<number> => {
      const startedAt = performance.now();
      await sendBurst(sent, () => undefined);
      return performance.now() - startedAt;
    };
    // As long as this machine, busy as it is, needs with Redis.
    const usualMs = await timed(usual);
    await Promise.all([...usual.widgets, ...usual.agents].map((socket) => socket.close()));
    await fixture.redis.kill();
    const ms = await timed(stage);
    assert.ok(ms < 3 * usualMs + 3_000, `sending waited for Redis: ${ms} ms, not ${usualMs} ms`);
    await assertSettled(stage);
    await fixture.redis.start();
    await eventually(
      () => fixture.nodes.map(({ cluster }) => cluster.bus.isConnected),
      (connected) => connected.every(Boolean),
      'connected again',
    );
  });

  it('a browser that signed out meanwhile, and only listens on another server', async () => {
    const { contactId, token, visitorToken } = await fixture.visitor();
    const listening = await RawSocket.open(fixture.node(1).url, token);
    await listening.join(`visitor:${contactId}`);
    await fixture.redis.kill();
    const { id: workspaceId } = fixture.workspace;
    const signedOut = await fetch(`${fixture.node(0).url}/v1/visitor/sign-out`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ workspaceId, visitorToken }),
    });
    assert.equal(signedOut.status, 200);
    await fixture.redis.start();
    await listening.closed;
  });

  it('one that is stopped for longer than a lease, and goes on', async () => {
    const stage = await setStage();
    await sendBurst(stage, () => fixture.redis.freeze());
    await pause(1_500);
    fixture.redis.thaw();
    await assertSettled(stage);
  });

  it('connections that are cut in the middle of a burst, again and again', async () => {
    const stage = await setStage();
    await sendBurst(stage, async () => {
      for (let round = 0; round < 5; round++) {
        for (const { proxy } of fixture.nodes) proxy.cut();
        await pause(10);
      }
    });
    await assertSettled(stage);
  });

  it('a server whose connection is silent without being closed', async () => {
    const stage = await setStage();
    const { proxy } = fixture.node(1);
    await sendBurst(stage, () => proxy.stall());
    await assertTold({ ...stage, widgets: stage.widgets, agents: stage.agents });
    proxy.mend();
    await assertSettled(stage);
  });

  it('one that is away while a server starts', async () => {
    await fixture.redis.kill();
    const late = await fixture.add();
    const { contactId, token } = await fixture.visitor();
    const topic = `visitor:${contactId}`;
    const [here, there] = await Promise.all([
      RawSocket.open(late.url, token),
      RawSocket.open(fixture.node(0).url, token),
    ]);
    await Promise.all([here.join(topic), there.join(topic)]);
    await here.push(topic, 'message:send', { clientId: clientId(), text: 'first' });
    await there.next(topic, 'message:changed');
    await fixture.redis.start();
    await eventually(
      () => late.cluster.bus.peers.length,
      (count) => count === 3,
      'the late one knows the others',
    );
    await there.push(topic, 'message:send', { clientId: clientId(), text: 'second' });
    await here.next<{ message: Message }>(
      topic,
      'message:changed',
      ({ message }) => message.text === 'second',
    );
    assert.equal(here.of(topic, 'message:changed').length, 2);
    await Promise.all([here.close(), there.close()]);
    await late.close();
  });

  it('an agent’s status, settings and a name that changed meanwhile', async () => {
    const agent = await fixture.agent('Ada');
    const stage = await setStage();
    const socket = await fixture.agentSocket(fixture.node(0), agent);
    await socket.join(inbox);
    await eventually(
      () => each(async (node) => statusOn(node, agent.id)),
      (statuses) => statuses.every((status) => status === 'online'),
      'online on all',
    );
    const { proxy } = fixture.node(2);
    proxy.sever();
    await socket.push(inbox, 'agent:status', { status: 'invisible' });
    const { storage } = fixture.node(0);
    const greeting = 'Good evening';
    const settings = { ...fixture.workspace.settings, greeting };
    await storage.workspaces.update(fixture.workspace.id, { settings });
    const [, , widgetThere] = stage.widgets;
    const [, , agentThere] = stage.agents;
    assert.ok(widgetThere && agentThere);
    // By the sweep, without a word of the others.
    await agentThere.next<{ agent: Agent }>(
      inbox,
      'agent:changed',
      (payload) => payload.agent.id === agent.id && payload.agent.status === 'invisible',
    );
    await widgetThere.next<{ settings: { greeting: string } }>(
      stage.topic,
      'settings',
      (payload) => payload.settings.greeting === greeting,
    );
    await widgetThere.next<{ availability: Availability }>(
      stage.topic,
      'availability',
      ({ availability }) => availability.agents.every(({ id }) => id !== agent.id),
    );
    proxy.mend();
    await eventually(
      () => each(async (node) => agentOn(node, agent.id)),
      ([first, ...others]) =>
        others.every((other) => JSON.stringify(other) === JSON.stringify(first)),
      'the same on all',
    );
    await Promise.all([...stage.widgets, ...stage.agents, socket].map((one) => one.close()));
  });

  const agentOn = (node: ClusterNode, id: string) =>
    node.app.ports.roster.get(fixture.workspace.id, id);
  const statusOn = async (node: ClusterNode, id: string) => (await agentOn(node, id))?.status;
});

function widget(sockets: RawSocket[], index: number): RawSocket {
  const socket = sockets[index];
  assert.ok(socket);
  return socket;
}
