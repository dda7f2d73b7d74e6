import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CodedError, type ErrorCode } from '#kit/protocol/errors.js';
import type { AgentCaller, VisitorCaller } from '../src/auth/tokens.js';
import type { DomainEvent, MessageRecord } from '../src/ports.js';
import type { Ports } from '../src/usecases/act.js';
import { assignConversation } from '../src/usecases/assign-conversation.js';
import { deleteMessage } from '../src/usecases/delete-message.js';
import { editMessage } from '../src/usecases/edit-message.js';
import { listMessages } from '../src/usecases/list-messages.js';
import { mark } from '../src/usecases/mark.js';
import { recordPageView } from '../src/usecases/record-page-view.js';
import { sendAgentMessage } from '../src/usecases/send-agent-message.js';
import { sendVisitorMessage } from '../src/usecases/send-visitor-message.js';
import { closeConversation, reopenConversation } from '../src/usecases/set-conversation-state.js';
import { updateContact } from '../src/usecases/update-contact.js';
import { createWorkspace } from '../src/usecases/create-workspace.js';
import { agentCaller, clientId, startFixture, type Fixture } from './app-fixture.js';

const refusedWith = (code: ErrorCode) => (error: unknown) =>
  error instanceof CodedError && error.code === code;

const from = (userAgent: string | null) => ({ userAgent, address: '198.51.100.7' });

describe('use-cases', () => {
  let fixture: Fixture;
  let ports: Ports;
  let agent: AgentCaller;
  let visitor: VisitorCaller;

  before(async () => {
    fixture = await startFixture();
    ports = fixture.app.ports;
    agent = agentCaller(fixture.owner);
  });
  after(() => fixture.close());

  const newVisitor = async () => (visitor = (await fixture.visitor()).caller);
  const write = (text: string, id = clientId()) =>
    sendVisitorMessage(ports, visitor, { clientId: id, text });
  const reply = (conversationId: string, text: string, id = clientId(), by = agent) =>
    sendAgentMessage(ports, by, conversationId, { clientId: id, kind: 'reply', text });
  const comment = (conversationId: string, text: string, id = clientId()) =>
    sendAgentMessage(ports, agent, conversationId, { clientId: id, kind: 'comment', text });
  const snapshot = async (id: string) => {
    const conversation = await ports.storage.conversations.snapshot(id);
    assert.ok(conversation);
    return conversation;
  };
  const thread = async (conversationId: string) =>
    (await listMessages(ports, agent, { conversationId, limit: 200 })).messages;
  const eventsOf = async (work: () => Promise<unknown>) => {
    const seen: DomainEvent[] = [];
    const unsubscribe = ports.events.subscribe((event) => seen.push(event));
    await work();
    unsubscribe();
    return seen;
  };

  describe('sending', () => {
    it('the same clientId again gives the same message and stores nothing twice', async () => {
      await newVisitor();
      const id = clientId();
      const [first, second] = await Promise.all([write('Hello', id), write('Hello', id)]);
      const third = await write('Hello', id);
      assert.deepEqual(second, first);
      assert.deepEqual(third, first);
      assert.equal((await thread(first.conversationId)).length, 1);
    });

    it('the same clientId with another text is refused, unless the first was edited since', async () => {
      await newVisitor();
      const { conversationId } = await write('Hello');
      const id = clientId();
      const sent = await reply(conversationId, 'Hi', id);
      await assert.rejects(reply(conversationId, 'Ho', id), refusedWith('client_id_reused'));
      await assert.rejects(
        sendAgentMessage(ports, agent, conversationId, {
          clientId: id,
          kind: 'comment',
          text: 'Hi',
        }),
        refusedWith('client_id_reused'),
      );
      await editMessage(ports, agent, conversationId, { messageId: sent.id, text: 'Good day' });
      const again = await reply(conversationId, 'Hi', id);
      assert.equal(again.id, sent.id);
      assert.equal(again.text, 'Good day');
    });

    it('two first messages at the same time start one conversation', async () => {
      await newVisitor();
      const sent = await Promise.all(['a', 'b', 'c', 'd'].map((text) => write(text)));
      assert.equal(new Set(sent.map(({ conversationId }) => conversationId)).size, 1);
      assert.deepEqual(sent.map(({ seq }) => seq).sort(), [1, 2, 3, 4]);
      assert.deepEqual(sent.map(({ publicSeq }) => publicSeq).sort(), [1, 2, 3, 4]);
    });

    it('nothing but space is refused, and a text that is too long', async () => {
      await newVisitor();
      await assert.rejects(write(' \n\t\u0000'), refusedWith('message_empty'));
      await assert.rejects(write('x'.repeat(8_001)), refusedWith('message_too_long'));
      assert.equal(await ports.storage.conversations.live(visitor.contactId, 'chat'), null);
    });

    it('blank lines before and space after are cut; indentation, NUL and halves are cared for', async () => {
      await newVisitor();
      const { text } = await write('\n \n  in\u0000dented \ud800 text\n\n');
      assert.equal(text, '  indented \ufffd text');
    });

    it('author, kind, format and time are set by the server', async () => {
      await newVisitor();
      const fromVisitor = await write('**not bold**');
      assert.equal(fromVisitor.kind, 'reply');
      assert.equal(fromVisitor.format, 'plain');
      assert.equal(fromVisitor.createdAt, fixture.clock.now());
      assert.deepEqual(fromVisitor.author, {
        type: 'contact',
        id: visitor.contactId,
        name: null,
        avatarUrl: null,
      });
      const fromAgent = await reply(fromVisitor.conversationId, '**bold**');
      assert.equal(fromAgent.format, 'markdown');
      assert.equal(fromAgent.author.name, 'Owner');
    });

    it('S4.4 the first to reply is assigned, and joins before the reply', async () => {
      await newVisitor();
      const { conversationId } = await write('Hello');
      await comment(conversationId, 'Who takes it?');
      assert.deepEqual((await snapshot(conversationId)).assigneeIds, []);
      await reply(conversationId, 'Me');
      assert.deepEqual((await snapshot(conversationId)).assigneeIds, [agent.agentId]);
      const second = await fixture.agent('Second');
      await reply(conversationId, 'Me too', clientId(), agentCaller(second));
      assert.deepEqual((await snapshot(conversationId)).assigneeIds, [agent.agentId]);
      const lines = (await thread(conversationId)).map(({ kind, system, text }) =>
        kind === 'system' ? system?.type : text,
      );
      assert.deepEqual(lines, ['Hello', 'Who takes it?', 'joined', 'Me', 'joined', 'Me too']);
    });

    it('S2.4 waiting starts with the first message after the last reply; a comment does not answer', async () => {
      await newVisitor();
      const first = await write('Hello');
      fixture.clock.advance(1_000);
      await write('Anybody?');
      await comment(first.conversationId, 'Hm');
      assert.equal((await snapshot(first.conversationId)).waitingSince, first.createdAt);
      await reply(first.conversationId, 'Yes');
      assert.equal((await snapshot(first.conversationId)).waitingSince, null);
      fixture.clock.advance(1_000);
      const next = await write('And now?');
      const conversation = await snapshot(first.conversationId);
      assert.equal(conversation.waitingSince, next.createdAt);
      assert.equal(conversation.lastContactPosition, next.position);
    });

    it('comments take a seq and no public number', async () => {
      await newVisitor();
      const { conversationId } = await write('Hello');
      const note = await comment(conversationId, 'A note');
      assert.equal(note.seq, 2);
      assert.equal(note.publicSeq, null);
      assert.equal((await write('More')).publicSeq, 2);
    });

    it('both numberings are dense when everybody writes at once', async () => {
      await newVisitor();
      const { conversationId } = await write('Hello');
      await Promise.all(
        Array.from({ length: 8 }, (_, count) => [
          write(`visitor ${count}`),
          comment(conversationId, `comment ${count}`),
          reply(conversationId, `reply ${count}`),
          updateContact(ports, agent, conversationId, { phone: `${100 + count}` }),
        ]).flat(),
      );
      const { messages } = await ports.storage.messages.before({
        conversationId,
        audience: 'agent',
        limit: 200,
        before: null,
      });
      const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
      assert.deepEqual(
        messages.map(({ seq }) => seq),
        upTo(26),
      );
      assert.deepEqual(
        messages.flatMap(({ publicSeq }) => publicSeq ?? []),
        upTo(18),
      );
    });

    it('a message to a closed conversation reopens it, which only agents are told', async () => {
      await newVisitor();
      const { conversationId } = await write('Hello');
      await closeConversation(ports, agent, conversationId);
      const again = await write('One more thing');
      assert.equal(again.conversationId, conversationId);
      assert.equal(again.publicSeq, 2);
      const conversation = await snapshot(conversationId);
      assert.equal(conversation.state, 'open');
      assert.equal(conversation.waitingSince, again.createdAt);
      const systems = (await thread(conversationId)).flatMap(({ system }) => system?.type ?? []);
      assert.deepEqual(systems, ['closed', 'reopened']);
    });

    it('is told only after the commit, once', async () => {
      await newVisitor();
      const id = clientId();
      const told = await eventsOf(() => write('Hello', id));
      assert.deepEqual(
        told.map(({ type }) => type),
        ['message', 'conversation'],
      );
      assert.deepEqual(await eventsOf(() => write('Hello', id)), []);
      const refused = await eventsOf(() => write('Other', id).catch(() => undefined));
      assert.deepEqual(refused, []);
    });

    it('an agent of another workspace finds no conversation', async () => {
      await newVisitor();
      const { conversationId } = await write('Hello');
      const other = await createWorkspace(ports, { name: 'Other' });
      const stranger = agentCaller(other.owner);
      for (const attempt of [
        () => reply(conversationId, 'x', clientId(), stranger),
        () => editMessage(ports, stranger, conversationId, { messageId: 'ms_x', text: 'x' }),
        () => deleteMessage(ports, stranger, conversationId, { messageId: 'ms_x' }),
        () => assignConversation(ports, stranger, conversationId, { assigneeIds: [] }),
        () => closeConversation(ports, stranger, conversationId),
        () => reopenConversation(ports, stranger, conversationId),
        () => updateContact(ports, stranger, conversationId, { name: 'x' }),
        () => listMessages(ports, stranger, { conversationId }),
        () => mark(ports, stranger, { conversationId, read: 1 }),
      ]) {
        await assert.rejects(attempt(), refusedWith('conversation_not_found'));
      }
    });
  });

  describe('editing and deleting', () => {
    let conversationId: string;
    let own: MessageRecord;
    before(async () => {
      await newVisitor();
      ({ conversationId } = await write('Hello'));
      own = await reply(conversationId, 'A reply');
    });

    it('keeps the place and takes the next numbers', async () => {
      const edited = await editMessage(ports, agent, conversationId, {
        messageId: own.id,
        text: 'A better reply',
      });
      assert.equal(edited.position, own.position);
      assert.equal(edited.seq, 4);
      assert.equal(edited.publicSeq, 4);
      assert.equal(edited.editedAt, fixture.clock.now());
      assert.equal((await snapshot(conversationId)).lastMessage?.excerpt, 'A better reply');
    });

    it('the same text changes nothing', async () => {
      const told = await eventsOf(() =>
        editMessage(ports, agent, conversationId, { messageId: own.id, text: 'A better reply' }),
      );
      assert.deepEqual(told, []);
    });

    it('only by its author, and only in its conversation', async () => {
      const other = agentCaller(await fixture.agent('Another'));
      const edit = { messageId: own.id, text: 'Mine' };
      await assert.rejects(
        editMessage(ports, other, conversationId, edit),
        refusedWith('not_author'),
      );
      await assert.rejects(
        deleteMessage(ports, other, conversationId, edit),
        refusedWith('not_author'),
      );
      const [first] = await thread(conversationId);
      assert.ok(first);
      await assert.rejects(
        editMessage(ports, agent, conversationId, { messageId: first.id, text: 'Mine' }),
        refusedWith('not_author'),
      );
      await newVisitor();
      const elsewhere = await write('Hello');
      await assert.rejects(
        editMessage(ports, agent, elsewhere.conversationId, edit),
        refusedWith('message_not_found'),
      );
    });

    it('leaves a tombstone without text; the card goes back to the message before', async () => {
      const gone = await deleteMessage(ports, agent, conversationId, { messageId: own.id });
      assert.equal(gone.text, '');
      assert.equal(gone.position, own.position);
      assert.equal((await snapshot(conversationId)).lastMessage?.excerpt, 'Hello');
      const again = await eventsOf(() =>
        deleteMessage(ports, agent, conversationId, { messageId: own.id }),
      );
      assert.deepEqual(again, []);
      await assert.rejects(
        editMessage(ports, agent, conversationId, { messageId: own.id, text: 'Back' }),
        refusedWith('message_not_found'),
      );
    });
  });

  describe('assigning and closing', () => {
    let conversationId: string;
    before(async () => {
      await newVisitor();
      ({ conversationId } = await write('Hello'));
    });

    it('S3.16 several agents can be added, who are named in a line for agents', async () => {
      const second = await fixture.agent('Lena');
      const assigneeIds = [agent.agentId, second.id];
      const conversation = await assignConversation(ports, agent, conversationId, { assigneeIds });
      assert.deepEqual([...conversation.assigneeIds].sort(), [...assigneeIds].sort());
      const line = (await thread(conversationId)).at(-1);
      assert.equal(line?.system?.type, 'assigned');
      const seen = await listMessages(ports, visitor, { conversationId });
      assert.deepEqual(
        seen.messages.map(({ text }) => text),
        ['Hello'],
      );
    });

    it('the same assignees change nothing', async () => {
      const { assigneeIds } = await snapshot(conversationId);
      const told = await eventsOf(() =>
        assignConversation(ports, agent, conversationId, { assigneeIds }),
      );
      assert.deepEqual(told, []);
    });

    it('refuses who is no agent here', async () => {
      const other = await createWorkspace(ports, { name: 'Elsewhere' });
      await assert.rejects(
        assignConversation(ports, agent, conversationId, { assigneeIds: [other.owner.id] }),
        refusedWith('agent_not_found'),
      );
    });

    it('nobody waits in a closed conversation; who had no answer waits again in a reopened one', async () => {
      const closed = await closeConversation(ports, agent, conversationId);
      assert.equal(closed.state, 'closed');
      assert.equal(closed.waitingSince, null);
      assert.deepEqual(await eventsOf(() => closeConversation(ports, agent, conversationId)), []);
      const open = await reopenConversation(ports, agent, conversationId);
      assert.equal(open.state, 'open');
      assert.equal(open.waitingSince, open.lastMessage?.createdAt);
    });
  });

  describe('marks', () => {
    it('visitors count public messages, agents all; marks never go back nor too far', async () => {
      await newVisitor();
      const { conversationId } = await write('Hello');
      await comment(conversationId, 'A note');
      const answer = await reply(conversationId, 'Hi');
      assert.deepEqual([answer.position, answer.publicPosition], [4, 3]);

      const seen = await mark(ports, visitor, { conversationId, read: 3 });
      assert.deepEqual(seen.contactMark, { delivered: 3, read: 3 });
      const forAgents = await mark(ports, agent, { conversationId, read: 99 });
      assert.deepEqual(forAgents.contactMark, { delivered: 4, read: 4 });
      assert.deepEqual(forAgents.agentMark, { delivered: 4, read: 4 });
      const back = await mark(ports, visitor, { conversationId, read: 1, delivered: 2 });
      assert.deepEqual(back.contactMark, { delivered: 3, read: 3 });
      assert.deepEqual(back.agentMark, { delivered: 3, read: 3 });
      assert.equal((await snapshot(conversationId)).reads[agent.agentId], 4);
    });

    it('are of one’s own conversation only', async () => {
      await newVisitor();
      const { conversationId } = await write('Hello');
      await newVisitor();
      await assert.rejects(
        mark(ports, visitor, { conversationId, read: 1 }),
        refusedWith('conversation_not_found'),
      );
      await assert.rejects(
        listMessages(ports, visitor, { conversationId }),
        refusedWith('conversation_not_found'),
      );
    });
  });

  describe('contacts and visits', () => {
    it('S3.35 two agents’ edits of different fields both last; blank is null', async () => {
      await newVisitor();
      const { conversationId } = await write('Hello');
      const before = await snapshot(conversationId);
      await Promise.all([
        updateContact(ports, agent, conversationId, { name: ' Ada  Lovelace ' }),
        updateContact(ports, agent, conversationId, { email: 'Ada@Example.org' }),
      ]);
      const contact = await updateContact(ports, agent, conversationId, { phone: '  ' });
      assert.equal(contact.name, 'Ada Lovelace');
      assert.equal(contact.email, 'ada@example.org');
      assert.equal(contact.phone, null);
      const after = await snapshot(conversationId);
      assert.equal(after.contact.name, 'Ada Lovelace');
      assert.ok(after.version > before.version);
      assert.equal((await write('More')).author.name, 'Ada Lovelace');
    });

    it('refuses what no mail can be sent to', async () => {
      await newVisitor();
      const { conversationId } = await write('Hello');
      for (const email of ['ada', 'ada@', '@x.org', 'a b@x.org', 'a@x..org', '<a@x.org>']) {
        await assert.rejects(
          updateContact(ports, agent, conversationId, { email }),
          refusedWith('invalid_email'),
        );
      }
    });

    it('languages are stored as standards write them, and others not at all', async () => {
      const stored = async (language: string): Promise<string | null | undefined> => {
        await newVisitor();
        const page = { url: 'https://shop.example/', title: 'Page', language };
        await recordPageView(ports, visitor, page, from(null));
        return (await ports.storage.contacts.get(visitor.contactId))?.language;
      };
      assert.deepEqual(
        [await stored('PT_br'), await stored('en-US@posix'), await stored('none of them')],
        ['pt-BR', 'en-US', null],
      );
    });

    it('pages within half an hour are one visit; the technical facts are described', async () => {
      await newVisitor();
      const chrome =
        'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36';
      const see = (url: string) =>
        recordPageView(ports, visitor, { url, title: ' Page ', language: 'sv-SE' }, from(chrome));
      await see('https://shop.example/');
      fixture.clock.advance(60_000);
      await see('https://shop.example/city');
      const visit = await ports.storage.visits.latest(visitor.contactId);
      assert.equal(visit?.pages.length, 2);
      assert.equal(visit.pages.at(-1)?.url, 'https://shop.example/city');
      assert.equal(visit.pages.at(-1)?.title, 'Page');
      assert.deepEqual([visit.browser, visit.system], ['Chrome 147', 'Linux']);
      assert.equal((await ports.storage.contacts.get(visitor.contactId))?.language, 'sv-SE');
      fixture.clock.advance(31 * 60_000);
      await see('https://shop.example/gravel');
      const next = await ports.storage.visits.latest(visitor.contactId);
      assert.notEqual(next?.id, visit.id);
      assert.equal(next?.pages.length, 1);
    });

    it('no more of a user agent is looked at than browsers send', async () => {
      const { caller } = await fixture.visitor();
      const page = { url: 'https://shop.example/', title: 'Shop' };
      const userAgent = `${'x'.repeat(500)} Firefox/133.0`;
      await recordPageView(ports, caller, page, from(userAgent));
      const visit = await ports.storage.visits.latest(caller.contactId);
      assert.deepEqual([visit?.browser, visit?.userAgent], [null, 'x'.repeat(500)]);
    });

    it('an address that no browser opens as a page is refused', async () => {
      await newVisitor();
      for (const url of ['javascript:alert(1)', 'data:text/html,x', 'nothing']) {
        await assert.rejects(
          recordPageView(ports, visitor, { url, title: '' }, from(null)),
          refusedWith('invalid_payload'),
        );
      }
    });
  });
});
