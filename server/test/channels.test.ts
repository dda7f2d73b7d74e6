import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Message } from '#kit/domain/message.js';
import type * as p from '#kit/protocol/payloads.js';
import { createTokens, type VisitorCaller } from '../src/auth/tokens.js';
import { assignConversation } from '../src/usecases/assign-conversation.js';
import { createWorkspace } from '../src/usecases/create-workspace.js';
import { updateSetting } from '../src/usecases/update-settings.js';
import { agentCaller, clientId, startFixture, testSecret, type Fixture } from './app-fixture.js';
import { PushRefused, RawSocket } from './raw-socket.js';

const refusedWith = (code: string) => (error: unknown) =>
  error instanceof PushRefused &&
  error.payload['code'] === code &&
  error.payload['reason'] === code &&
  typeof error.payload['message'] === 'string';

interface Sent {
  message: Message;
}

describe('topics over real sockets', () => {
  let fixture: Fixture;
  let inbox: string;
  let agent: RawSocket;
  const opened: RawSocket[] = [];

  before(async () => {
    fixture = await startFixture();
    inbox = `inbox:${fixture.workspace.id}`;
    agent = await open(await fixture.agentToken());
    await agent.join(inbox);
  });
  after(async () => {
    await Promise.all(opened.map((socket) => socket.close()));
    await fixture.close();
  });

  const open = async (token: string, origin?: string) => {
    const socket = await RawSocket.open(fixture.url, token, origin);
    opened.push(socket);
    return socket;
  };

  /** A visitor on a socket of their own, joined. */
  const visit = async () => {
    const { caller, token } = await fixture.visitor();
    const topic = `visitor:${caller.contactId}`;
    const socket = await open(token);
    const joined = await socket.join<p.VisitorJoined>(topic);
    const write = (text: string) =>
      socket.push<Sent>(topic, 'message:send', { clientId: clientId(), text });
    return { caller, token, topic, socket, joined, write };
  };

  /** A visitor who wrote, and an agent who looks. */
  const converse = async () => {
    const visitor = await visit();
    const { message } = await visitor.write('Hello');
    const thread = `conversation:${message.conversationId}`;
    const joined = await agent.join<p.ConversationJoined>(thread);
    const say = (kind: 'reply' | 'comment', text: string) =>
      agent.push<Sent>(thread, 'message:send', { clientId: clientId(), kind, text });
    return { visitor, thread, joined, say, conversationId: message.conversationId };
  };

  describe('who may come', () => {
    it('nobody without a token, with a forged one, or with one that has expired', async () => {
      const { workspace, owner, clock } = fixture;
      const caller = { type: 'agent', agentId: owner.id, workspaceId: workspace.id } as const;
      const forged = await createTokens('another secret of some length', clock).signChannel({
        ...caller,
        sessionId: null,
      });
      const past = { now: () => clock.now() - 11 * 60_000 };
      const expired = await createTokens(testSecret, past).signChannel({
        ...caller,
        sessionId: null,
      });
      const visitorToken = await createTokens(testSecret, clock).signVisitor({
        contactId: 'ct_x',
        workspaceId: workspace.id,
        tokenId: 'vt_x',
      });
      for (const token of ['', 'nonsense', forged.token, expired.token, visitorToken]) {
        await assert.rejects(open(token), /403/);
      }
    });

    it('no page of a website that the workspace does not list', async () => {
      const token = await fixture.agentToken();
      await assert.rejects(open(token, 'https://stranger.example'), /403/);
      const own = await open(token, fixture.url);
      await own.join(inbox);
      const { ports } = fixture.app;
      const other = await createWorkspace(ports, { name: 'Other' });
      await updateSetting(ports, other.workspace.id, 'allowedOrigins', ['https://other.example']);
      await assert.rejects(open(token, 'https://other.example'), /403/);
      await open(await fixture.agentToken(other.owner), 'https://other.example');
    });

    it('a visitor joins their own topic only', async () => {
      const { socket } = await visit();
      const other = await fixture.visitor();
      const topics = [`visitor:${other.caller.contactId}`, inbox, 'conversation:cv_x'];
      for (const topic of topics)
        await assert.rejects(socket.join(topic), refusedWith('forbidden'));
    });

    it('an agent joins no topic of a visitor, nor of another workspace', async () => {
      const { conversationId, visitor } = await converse();
      const other = await createWorkspace(fixture.app.ports, { name: 'Other' });
      const stranger = await open(await fixture.agentToken(other.owner));
      await assert.rejects(stranger.join(inbox), refusedWith('forbidden'));
      await assert.rejects(agent.join(visitor.topic), refusedWith('forbidden'));
      for (const topic of [`conversation:${conversationId}`, 'conversation:cv_unknown']) {
        await assert.rejects(stranger.join(topic), refusedWith('conversation_not_found'));
      }
    });

    it('events and payloads that are not in the contract are refused, and the topic lives on', async () => {
      const { socket, topic, write } = await visit();
      const refused = (event: string, payload: object, code: string) =>
        assert.rejects(socket.push(topic, event, payload), refusedWith(code));
      await refused('conversation:close', {}, 'event_unknown');
      await refused('constructor', {}, 'event_unknown');
      await refused('message:send', { text: 'no id' }, 'invalid_payload');
      await refused(
        'message:send',
        { clientId: clientId(), text: 'x', kind: 'comment' },
        'invalid_payload',
      );
      await refused('message:send', { clientId: clientId(), text: ' ' }, 'message_empty');
      for (const length of [8_001, 16_001]) {
        const long = { clientId: clientId(), text: 'x'.repeat(length) };
        await refused('message:send', long, 'message_too_long');
      }
      await refused('message:send', { text: 'x'.repeat(16_001) }, 'invalid_payload');
      await assert.rejects(socket.join(topic, { since: 'x' }), refusedWith('invalid_payload'));
      await socket.join(topic);
      const { conversationId } = (await write('still here')).message;
      // Integers of JSON that no column holds.
      for (const huge of [1e300, 1e19]) {
        await refused('mark', { conversationId, read: huge }, 'invalid_payload');
        await refused('messages:list', { conversationId, before: huge }, 'invalid_payload');
        await refused('messages:list', { conversationId, after: huge }, 'invalid_payload');
      }
      const read = Number.MAX_SAFE_INTEGER;
      const marks = await socket.push<p.Marks>(topic, 'mark', { conversationId, read });
      assert.equal(marks.contactMark.read, 1);
    });
  });

  describe('what visitors get', () => {
    it('no byte of a comment, nor anything that lets one be counted', async () => {
      const { visitor, thread, say, conversationId } = await converse();
      const first = await say('reply', 'Good day');
      await visitor.socket.next(visitor.topic, 'conversation:changed');
      await agent.push(thread, 'mark', { conversationId, read: first.message.position });
      // Told by itself, or with the conversation when that is new at the same time.
      await visitor.socket.nextWhere(({ payload }) => {
        const { agentMark } = (payload['conversation'] ?? payload) as Partial<p.Marks>;
        return agentMark?.read === 3;
      }, 'the agent’s mark');
      const framesBefore = visitor.socket.frames.length;

      const noted = await say('comment', 'SECRET-COMMENT is a fool');
      await agent.push(thread, 'message:edit', {
        messageId: noted.message.id,
        text: 'SECRET-COMMENT is no fool',
      });
      await agent.push(thread, 'typing', { typing: true, kind: 'comment' });
      await agent.push(thread, 'mark', { conversationId, read: noted.message.position });
      await agent.push(thread, 'message:delete', { messageId: noted.message.id });
      await agent.next<Sent>(
        thread,
        'message:changed',
        ({ message }) => message.deletedAt !== null,
      );
      await visitor.socket.push(visitor.topic, 'messages:list', { conversationId, after: 0 });
      await visitor.socket.join(visitor.topic);

      const frames = visitor.socket.frames.slice(framesBefore).filter((frame) => {
        const [, , , event] = JSON.parse(frame) as unknown[];
        return event !== 'phx_reply' && event !== 'phx_close';
      });
      assert.deepEqual(frames, []);
      const all = visitor.socket.frames.join('\n');
      assert.ok(all.includes('Good day'));
      for (const secret of ['SECRET-COMMENT', 'comment', noted.message.id]) {
        assert.ok(!all.includes(secret), secret);
      }
      const next = await say('reply', 'And more');
      assert.equal(next.message.seq, 7);
      const { message } = await visitor.socket.next<Sent>(
        visitor.topic,
        'message:changed',
        (sent) => sent.message.text === 'And more',
      );
      assert.equal(message.seq, 4);
    });

    it('a reply with the agent’s name, who joined, and the agent among the participants', async () => {
      const { visitor, say } = await converse();
      await say('reply', 'Good day');
      const { socket, topic } = visitor;
      const { message } = await socket.next<Sent>(
        topic,
        'message:changed',
        (sent) => sent.message.text === 'Good day',
      );
      assert.deepEqual(
        [message.author.name, message.position, message.format],
        ['Owner', 3, 'markdown'],
      );
      const { conversation } = await socket.next<p.VisitorConversationChanged>(
        topic,
        'conversation:changed',
        (changed) => changed.conversation?.participants.length === 1,
      );
      assert.equal(conversation?.participants[0]?.name, 'Owner');
    });

    it('an agent’s new name', async () => {
      const { visitor, say } = await converse();
      await say('reply', 'Good day');
      const record = await fixture.storage.agents.update(fixture.owner.id, { name: 'Giulia' });
      assert.ok(record);
      await fixture.app.ports.roster.stored(record);
      await visitor.socket.next<p.VisitorConversationChanged>(
        visitor.topic,
        'conversation:changed',
        ({ conversation }) => conversation?.participants[0]?.name === 'Giulia',
      );
      const again = await fixture.storage.agents.update(fixture.owner.id, { name: 'Owner' });
      assert.ok(again);
      await fixture.app.ports.roster.stored(again);
    });

    it('the new name of an agent of whom nothing was told since the start', async () => {
      const { ports } = fixture.app;
      const { workspace, owner } = await createWorkspace(ports, { name: 'Quiet' });
      const { caller, token } = await fixture.visitor(workspace.id);
      const socket = await open(token);
      const topic = topicOf(caller);
      await socket.join(topic);
      const { message } = await socket.push<Sent>(topic, 'message:send', {
        clientId: clientId(),
        text: 'Hello',
      });
      await assignConversation(ports, agentCaller(owner), message.conversationId, {
        assigneeIds: [owner.id],
      });
      const named = (name: string) =>
        socket.next<p.VisitorConversationChanged>(
          topic,
          'conversation:changed',
          ({ conversation }) => conversation?.participants[0]?.name === name,
        );
      await named('Owner');
      const record = await fixture.storage.agents.update(owner.id, { name: 'Giulia' });
      assert.ok(record);
      await ports.roster.stored(record);
      await named('Giulia');
    });

    it('availability as agents come and go, and the settings as they change', async () => {
      const { ports } = fixture.app;
      const made = await createWorkspace(ports, { name: 'Availability' });
      const { caller, token } = await fixture.visitor(made.workspace.id);
      const socket = await open(token);
      const topic = `visitor:${caller.contactId}`;
      const joined = await socket.join<p.VisitorJoined>(topic);
      assert.equal(joined.availability.mode, 'messenger');
      const owner = await open(await fixture.agentToken(made.owner));
      await owner.join(`inbox:${made.workspace.id}`);
      const { availability } = await socket.next<p.AvailabilityChanged>(topic, 'availability');
      assert.equal(availability.mode, 'live');
      assert.deepEqual(
        availability.agents.map(({ name }) => name),
        ['Owner'],
      );
      await owner.close();
      await socket.next<p.AvailabilityChanged>(
        topic,
        'availability',
        (changed) => changed.availability.mode === 'messenger',
      );
      await updateSetting(ports, made.workspace.id, 'greeting', 'Welcome');
      const { settings } = await socket.next<p.SettingsChanged>(topic, 'settings');
      assert.deepEqual(
        [settings.greeting, settings.version > joined.settings.version],
        ['Welcome', true],
      );
    });

    it('a second device gets the same thread, and what the first one writes', async () => {
      const first = await visit();
      await first.write('From the first');
      const second = await open(first.token);
      const joined = await second.join<p.VisitorJoined>(first.topic);
      assert.deepEqual(
        joined.messages?.messages.map(({ text }) => text),
        ['From the first'],
      );
      await first.write('Once more');
      await second.next<Sent>(
        first.topic,
        'message:changed',
        ({ message }) => message.text === 'Once more',
      );
    });
  });

  describe('what agents get', () => {
    it('S4.2 offline only after a grace; S4.1 as chosen while an inbox is open', async () => {
      const { ports } = fixture.app;
      const made = await createWorkspace(ports, { name: 'Status' });
      const colleague = await fixture.agent('Lena', made.workspace.id);
      const topic = `inbox:${made.workspace.id}`;
      const watcher = await open(await fixture.agentToken(made.owner));
      const joined = await watcher.join<p.InboxJoined>(topic);
      assert.equal(joined.me.status, 'online');
      assert.equal(joined.agents.find(({ id }) => id === colleague.id)?.status, 'offline');

      const lena = await open(await fixture.agentToken(colleague));
      await lena.join(topic);
      const of = (status: string) =>
        watcher.next<p.AgentChanged>(
          topic,
          'agent:changed',
          (changed) => changed.agent.id === colleague.id && changed.agent.status === status,
        );
      const online = await of('online');
      assert.equal(online.agent.availableSince, fixture.clock.now());
      const { me } = await lena.push<p.MeReply>(topic, 'agent:status', { status: 'invisible' });
      assert.equal(me.status, 'invisible');
      const invisible = await of('invisible');
      assert.ok(invisible.agent.version > online.agent.version);
      await lena.close();
      const offline = await of('offline');
      assert.equal(offline.agent.availableSince, null);
    });

    it('counts, the same for all, and the cards of the view', async () => {
      const { ports } = fixture.app;
      const made = await createWorkspace(ports, { name: 'Counts' });
      const { caller, token } = await fixture.visitor(made.workspace.id);
      const topic = `inbox:${made.workspace.id}`;
      const owner = await open(await fixture.agentToken(made.owner));
      await owner.join(topic);
      const socket = await open(token);
      await socket.join(`visitor:${caller.contactId}`);
      await socket.push(`visitor:${caller.contactId}`, 'message:send', {
        clientId: clientId(),
        text: 'Hello',
      });
      const counts = await owner.next<p.CountsChanged>(topic, 'counts', ({ all }) => all === 1);
      assert.deepEqual(counts, { unassigned: 1, all: 1, byAgent: {} });
      const view = { name: 'unassigned', state: 'open', channel: 'all', order: 'newest' };
      const window = await owner.push<p.ConversationWindow>(topic, 'conversations:list', { view });
      assert.deepEqual([window.conversations.length, window.more], [1, false]);
    });

    it('S3.30 who looks and who types; a visitor’s typing too', async () => {
      const { visitor, thread, joined } = await converse();
      const colleague = await fixture.agent('Colleague');
      const other = await open(await fixture.agentToken(colleague));
      await other.join(thread);
      await agent.next<{ joins: object }>(thread, 'presence_diff', ({ joins }) =>
        Object.hasOwn(joins, colleague.id),
      );
      await visitor.socket.push(visitor.topic, 'typing', { typing: true });
      const typing = await agent.next<p.Typing>(thread, 'typing');
      assert.deepEqual([typing.author.type, typing.author.id], ['contact', joined.contact.id]);
      await visitor.socket.push(visitor.topic, 'typing', { typing: true });
      await visitor.socket.push(visitor.topic, 'typing', { typing: false });
      await agent.next<p.Typing>(thread, 'typing', (next) => !next.typing);
      assert.equal(agent.of(thread, 'typing').length, 2);

      await other.push(thread, 'typing', { typing: true, kind: 'reply' });
      await visitor.socket.next<p.Typing>(
        visitor.topic,
        'typing',
        ({ author }) => author.name === 'Colleague',
      );
      await other.close();
      await visitor.socket.next<p.Typing>(visitor.topic, 'typing', (next) => !next.typing);
    });

    it('the contact’s changes and pages, and the setting that dots go by', async () => {
      const { visitor, thread } = await converse();
      await agent.push(thread, 'contact:update', { name: 'Ada' });
      const { contact } = await agent.next<p.ContactReply>(thread, 'contact:changed');
      assert.equal(contact.name, 'Ada');
      await agent.next<p.ConversationReply>(
        inbox,
        'conversation:changed',
        ({ conversation }) => conversation.contact.name === 'Ada',
      );
      await visitor.socket.push(visitor.topic, 'page:view', {
        url: 'https://shop.example/',
        title: 'Shop',
      });
      const { visit: seen } = await agent.next<p.VisitChanged>(thread, 'visit:changed');
      assert.equal(seen.pages[0]?.title, 'Shop');
      await updateSetting(fixture.app.ports, fixture.workspace.id, 'missedAfterMs', 2_000);
      const settings = await agent.next<p.InboxSettingsChanged>(inbox, 'settings');
      assert.equal(settings.missedAfterMs, 2_000);
    });

    it('the states that a visitor sees change with them', async () => {
      const { visitor, thread } = await converse();
      await agent.push(thread, 'conversation:close');
      await visitor.socket.next<p.VisitorConversationChanged>(
        visitor.topic,
        'conversation:changed',
        ({ conversation }) => conversation?.state === 'closed',
      );
      assert.ok(!visitor.socket.frames.join().includes('assigned'));
    });
  });

  describe('limits', () => {
    it('too many messages of one contact are told when to come back', async () => {
      const limited = await startFixture({ environment: { LIMITS: 'visitorMessagesPerMinute=2' } });
      try {
        const { caller, token } = await limited.visitor();
        const socket = await RawSocket.open(limited.url, token);
        const topic = topicOf(caller);
        await socket.join(topic);
        const write = () => socket.push(topic, 'message:send', { clientId: clientId(), text: 'x' });
        await write();
        await write();
        await assert.rejects(
          write(),
          (error) => refusedWith('rate_limited')(error) && retryAfter(error) === 30_000,
        );
        limited.clock.advance(30_000);
        await write();
        await socket.close();
      } finally {
        await limited.close();
      }
    });
  });
});

function topicOf({ contactId }: VisitorCaller): string {
  return `visitor:${contactId}`;
}

function retryAfter(error: unknown): unknown {
  return error instanceof PushRefused ? error.payload['retryAfterMs'] : undefined;
}
