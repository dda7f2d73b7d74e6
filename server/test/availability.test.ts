import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Hours } from '#kit/domain/hours.js';
import type * as p from '#kit/protocol/payloads.js';
import type { AgentRecord } from '../src/ports.js';
import { createWorkspace } from '../src/usecases/create-workspace.js';
import { endHours } from '../src/usecases/end-of-hours.js';
import { clientId, startFixture, type Fixture } from './app-fixture.js';
import { RawSocket } from './raw-socket.js';
import { refusedWith } from './security-fixture.js';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Nine to five on every day, where the clock of the tests begins at midnight. */
const hours: Hours = {
  timeZone: 'Etc/UTC',
  week: Array.from({ length: 7 }, () => [[540, 1_020]]),
  goOffline: true,
};

describe('availability of agents', () => {
  let fixture: Fixture;
  const sockets: RawSocket[] = [];

  before(async () => {
    fixture = await startFixture({ graceMs: 200 });
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

  /** A workspace of its own with an agent whose inbox is open. */
  const scene = async () => {
    const made = await createWorkspace(fixture.app.ports, { name: 'Hours' });
    const topic = `inbox:${made.workspace.id}`;
    const inbox = async (agent: AgentRecord) => {
      const socket = await open(await fixture.agentToken(agent));
      await socket.join(topic);
      return socket;
    };
    const visit = async () => {
      const { caller, token } = await fixture.visitor(made.workspace.id);
      const socket = await open(token);
      const own = `visitor:${caller.contactId}`;
      const joined = await socket.join<p.VisitorJoined>(own);
      return { socket, topic: own, joined };
    };
    return { ...made, topic, inbox, visit, owner: made.owner };
  };
  const setClock = (timeOfDay: number): void => {
    const now = fixture.clock.now() % day;
    fixture.clock.advance((timeOfDay - now + day) % day);
  };

  it('S4.1 online is live chat; invisible and offline get no new chats; offline is messenger', async () => {
    const { workspace, owner, topic, inbox, visit } = await scene();
    const { storage } = fixture;
    const settings = { ...workspace.settings, routing: 'round_robin' as const };
    await storage.workspaces.update(workspace.id, { settings });
    const agent = await inbox(owner);
    const write = async (text: string) => {
      const { socket, topic: own } = await visit();
      const { message } = await socket.push<p.MessageStored>(own, 'message:send', {
        clientId: clientId(),
        text,
      });
      return (await storage.conversations.snapshot(message.conversationId))?.assigneeIds;
    };
    const modeFor = async (status: string) => {
      await agent.push(topic, 'agent:status', { status });
      return (await visit()).joined.availability.mode;
    };
    assert.equal(await modeFor('online'), 'live');
    assert.deepEqual(await write('To whoever is there'), [owner.id]);
    assert.equal(await modeFor('invisible'), 'messenger');
    assert.deepEqual(await write('To nobody whom I see'), []);
    assert.equal(await modeFor('offline'), 'messenger');
    assert.deepEqual(await write('To nobody'), []);
    const hidden = { ...settings, whenOffline: 'hidden' as const };
    await storage.workspaces.update(workspace.id, { settings: hidden });
    assert.equal((await visit()).joined.availability.mode, 'hidden');
  });

  it('S4.2 whose last tab is gone is offline after a short grace, and not before', async () => {
    const { owner, topic, inbox } = await scene();
    const colleague = await fixture.agent('Lena', owner.workspaceId);
    const watcher = await inbox(owner);
    const tabs = [await inbox(colleague), await inbox(colleague)];
    const statuses = () =>
      watcher
        .of(topic, 'agent:changed')
        .map((payload) => (payload as unknown as p.AgentChanged).agent)
        .filter(({ id }) => id === colleague.id)
        .map(({ status }) => status);
    const until = (status: string) =>
      watcher.next<p.AgentChanged>(
        topic,
        'agent:changed',
        ({ agent }) => agent.id === colleague.id && agent.status === status,
      );
    await until('online');
    const back = await open(await fixture.agentToken(colleague));
    await tabs[0]?.close();
    // Back within the grace: nobody is told anything.
    await tabs[1]?.close();
    await back.join(topic);
    assert.deepEqual(statuses(), ['online']);
    await back.close();
    assert.equal((await until('offline')).agent.availableSince, null);
    assert.deepEqual(statuses(), ['online', 'offline']);
  });

  it('S4.3 hours end the day by themselves, once, also while no server ran; then by hand again', async () => {
    const { ports } = fixture.app;
    const { workspace, owner, topic, inbox, visit } = await scene();
    const agent = await inbox(owner);
    const own = await agent.push<p.MeReply>(topic, 'agent:hours', { hours });
    assert.deepEqual(own.me.hours, hours);
    const visitor = await visit();
    setClock(16 * 60 * minute);
    await endHours(ports);
    assert.equal((await ports.roster.get(workspace.id, owner.id))?.status, 'online');

    // No server looked between four and eight.
    setClock(20 * 60 * minute);
    const turns = await Promise.all([endHours(ports), endHours(ports), endHours(ports)]);
    assert.deepEqual(turns.filter((turn) => turn !== null).length, 1);
    await agent.next<p.AgentChanged>(
      topic,
      'agent:changed',
      ({ agent: { id, status } }) => id === owner.id && status === 'offline',
    );
    const told = await visitor.socket.next<p.AvailabilityChanged>(visitor.topic, 'availability');
    assert.equal(told.availability.mode, 'messenger');
    const [entry] = await fixture.storage.audit.latest(workspace.id, 1);
    assert.deepEqual(
      [entry?.action, entry?.actorType, entry?.targetId],
      ['agent.status', 'system', owner.id],
    );

    const { me } = await agent.push<p.MeReply>(topic, 'agent:status', { status: 'online' });
    assert.equal(me.status, 'online');
    fixture.clock.advance(minute);
    await endHours(ports);
    assert.equal((await ports.roster.get(workspace.id, owner.id))?.status, 'online');

    // Back by hand between the end of the hours and the minute's look at them.
    setClock(day + 16 * 60 * minute);
    await endHours(ports);
    setClock(day + 17 * 60 * minute + 20_000);
    await agent.push(topic, 'agent:status', { status: 'online' });
    fixture.clock.advance(minute);
    await endHours(ports);
    assert.equal((await ports.roster.get(workspace.id, owner.id))?.status, 'online');
    fixture.clock.advance(day);
    await endHours(ports);
    assert.equal((await ports.roster.get(workspace.id, owner.id))?.status, 'offline');
  });

  it('a turn that fails is none: the next one ends the hours', async () => {
    const { ports } = fixture.app;
    const { workspace, owner, topic, inbox } = await scene();
    const agent = await inbox(owner);
    await agent.push(topic, 'agent:hours', { hours });
    setClock(16 * 60 * minute);
    await endHours(ports);
    setClock(18 * 60 * minute);
    const cut = new Error('cut off');
    const broken = {
      ...ports,
      ids: {
        next: () => {
          throw cut;
        },
      },
    };
    await assert.rejects(endHours(broken), cut);
    assert.equal((await ports.roster.get(workspace.id, owner.id))?.status, 'online');
    await endHours(ports);
    assert.equal((await ports.roster.get(workspace.id, owner.id))?.status, 'offline');
  });

  it('hours that no week has are refused', async () => {
    const { owner, topic, inbox } = await scene();
    const agent = await inbox(owner);
    const week = (monday: number[][]) => [monday, [], [], [], [], [], []];
    const bad: object[] = [
      { ...hours, timeZone: 'Mars/Olympus' },
      { ...hours, week: week([[600, 600]]) },
      { ...hours, week: week([[600, 540]]) },
      {
        ...hours,
        week: week([
          [540, 600],
          [600, 660],
        ]),
      },
      {
        ...hours,
        week: week([
          [600, 660],
          [480, 540],
        ]),
      },
      { ...hours, week: hours.week.slice(1) },
    ];
    for (const each of bad) {
      await assert.rejects(
        agent.push(topic, 'agent:hours', { hours: each }),
        refusedWith('invalid_payload'),
      );
    }
    await agent.push(topic, 'agent:hours', { hours: null });
  });

  it('what an agent chose is told to their own windows and to nobody else', async () => {
    const { owner, topic, inbox } = await scene();
    const colleague = await fixture.agent('Colleague', owner.workspaceId);
    const [here, there, other] = [await inbox(owner), await inbox(owner), await inbox(colleague)];
    const [first, second] = await Promise.all([
      here.push<p.MeReply>(topic, 'agent:preferences', { sound: 'all' }),
      there.push<p.MeReply>(topic, 'agent:preferences', { enterSends: false }),
    ]);
    assert.equal(first.me.preferences.sound, 'all');
    assert.equal(second.me.preferences.enterSends, false);
    const both = ({ me: { preferences } }: p.MeReply) =>
      preferences.sound === 'all' && !preferences.enterSends && preferences.shortcuts;
    await here.next<p.MeReply>(topic, 'me:changed', both);
    await there.next<p.MeReply>(topic, 'me:changed', both);
    await there.push(topic, 'agent:hours', { hours });
    await here.next<p.MeReply>(topic, 'me:changed', ({ me }) => me.hours?.goOffline === true);
    assert.deepEqual(other.of(topic, 'me:changed'), []);
    for (const bad of [{ sound: 'loud' }, { theme: 'dark' }]) {
      await assert.rejects(
        here.push(topic, 'agent:preferences', bad),
        refusedWith('invalid_payload'),
      );
    }
    const again = await (await open(await fixture.agentToken(owner))).join<p.InboxJoined>(topic);
    assert.ok(both({ me: again.me }));
  });
});
