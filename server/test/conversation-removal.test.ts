import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CodedError, type ErrorCode } from '#kit/protocol/errors.js';
import type * as p from '#kit/protocol/payloads.js';
import type { AgentCaller, VisitorCaller } from '../src/auth/tokens.js';
import type { MessageRecord } from '../src/ports.js';
import type { Ports } from '../src/usecases/act.js';
import { deleteConversation } from '../src/usecases/delete-conversation.js';
import { listConversations } from '../src/usecases/list-conversations.js';
import { listMessages } from '../src/usecases/list-messages.js';
import { removeDeleted } from '../src/usecases/remove-deleted.js';
import { sendAgentMessage } from '../src/usecases/send-agent-message.js';
import { sendVisitorMessage } from '../src/usecases/send-visitor-message.js';
import { closeConversation } from '../src/usecases/set-conversation-state.js';
import { sweepFiles } from '../src/usecases/sweep-files.js';
import { agentCaller, clientId, startFixture, type Fixture } from './app-fixture.js';
import { PushRefused, RawSocket } from './raw-socket.js';
import { filesIn, refusal, uploaded, post } from './upload.js';

const refusedWith = (code: ErrorCode) => (error: unknown) =>
  (error instanceof CodedError && error.code === code) ||
  (error instanceof PushRefused && error.payload['code'] === code);

const everyMs = 1_000;
const view = { name: 'all', state: 'open', channel: 'all', order: 'newest' } as const;

describe('conversations of the list', () => {
  let fixture: Fixture;
  let ports: Ports;
  let agent: AgentCaller;
  let inbox: string;
  let socket: RawSocket;

  before(async () => {
    fixture = await startFixture();
    ports = fixture.app.ports;
    agent = agentCaller(fixture.owner);
    inbox = `inbox:${fixture.workspace.id}`;
    socket = await RawSocket.open(fixture.url, await fixture.agentToken());
    await socket.join(inbox);
  });
  after(async () => {
    await socket.close();
    await fixture.close();
  });

  const write = (caller: VisitorCaller, text = 'Hello', attachmentIds: string[] = []) =>
    sendVisitorMessage(ports, caller, { clientId: clientId(), text, attachmentIds });
  const reply = (conversationId: string, kind: 'reply' | 'comment' = 'reply') =>
    sendAgentMessage(ports, agent, conversationId, { clientId: clientId(), kind, text: 'Yes' });
  const converse = async () => {
    const { caller, token } = await fixture.visitor();
    return { caller, token, id: (await write(caller)).conversationId };
  };
  const bulk = (event: string, ids: string[]) => socket.push<p.BulkDone>(inbox, event, { ids });
  const openCount = async () =>
    (await ports.storage.conversations.counts(fixture.workspace.id)).all;
  const listed = async (state: 'open' | 'closed' = 'open') =>
    (
      await listConversations(ports, agent, { view: { ...view, state }, limit: 200 })
    ).conversations.map(({ id }) => id);
  const lines = async (conversationId: string): Promise<(string | undefined)[]> =>
    (await listMessages(ports, agent, { conversationId })).messages.map(
      ({ system }) => system?.type,
    );
  const remove = () => {
    fixture.clock.advance(everyMs);
    return removeDeleted(ports, everyMs);
  };

  it('several are closed, opened again and deleted at once', async () => {
    const made = [await converse(), await converse(), await converse()];
    const ids = made.map(({ id }) => id);
    const before = await openCount();
    const asked = ['cv_unknown', ...ids.toReversed()];

    assert.deepEqual((await bulk('conversations:close', asked)).ids, asked.slice(1));
    assert.equal(await openCount(), before - 3);
    const closed = await listed('closed');
    assert.ok(ids.every((id) => closed.includes(id)));
    for (const id of ids) assert.deepEqual((await lines(id)).slice(1), ['closed']);

    // The undo.
    assert.deepEqual((await bulk('conversations:reopen', ids)).ids, ids);
    assert.equal(await openCount(), before);
    for (const id of ids) assert.deepEqual((await lines(id)).slice(1), ['closed', 'reopened']);

    assert.deepEqual((await bulk('conversations:delete', ids)).ids, ids);
    assert.equal(await openCount(), before - 3);
    const left = new Set([...(await listed()), ...(await listed('closed'))]);
    assert.ok(!ids.some((id) => left.has(id)));
    for (const id of ids) {
      await socket.next(
        inbox,
        'conversation:removed',
        (removed) => removed['conversationId'] === id,
      );
    }
    const entries = await ports.storage.audit.latest(fixture.workspace.id, 9);
    for (const action of ['close', 'reopen', 'delete']) {
      const targets = entries.filter((entry) => entry.action === `conversation.${action}`);
      assert.deepEqual(targets.map(({ targetId }) => targetId).sort(), ids.toSorted());
    }
  });

  it('several are refused where they are too many, and none of another workspace is touched', async () => {
    const many = Array.from({ length: 101 }, (_, index) => `cv_${index}`);
    await assert.rejects(bulk('conversations:close', many), refusedWith('invalid_payload'));
    const { id } = await converse();
    const stranger = { ...agent, workspaceId: 'ws_other' };
    await assert.rejects(
      deleteConversation(ports, stranger, id),
      refusedWith('conversation_not_found'),
    );
    assert.ok((await listed()).includes(id));
  });

  it('a deleted one is found by nothing, and whoever wrote there starts a new one', async () => {
    const { caller, token, id } = await converse();
    const thread = `conversation:${id}`;
    const topic = `visitor:${caller.contactId}`;
    const page = await RawSocket.open(fixture.url, token);
    await page.join(topic);
    await socket.join(thread);

    await socket.push(thread, 'conversation:delete');
    await socket.push(thread, 'conversation:delete');
    await socket.next(thread, 'conversation:removed');
    await page.next<p.VisitorConversationChanged>(
      topic,
      'conversation:changed',
      ({ conversation }) => conversation === null,
    );
    assert.equal(socket.of(thread, 'conversation:removed').length, 1);
    const gone = refusedWith('conversation_not_found');
    await assert.rejects(reply(id), gone);
    await assert.rejects(closeConversation(ports, agent, id), gone);
    await assert.rejects(listMessages(ports, agent, { conversationId: id }), gone);
    await assert.rejects(listMessages(ports, caller, { conversationId: id }), gone);
    await assert.rejects(socket.push(thread, 'mark', { conversationId: id, read: 1 }), gone);
    await socket.leave(thread);
    await assert.rejects(socket.join(thread), gone);

    const { message } = await page.push<p.MessageStored>(topic, 'message:send', {
      clientId: clientId(),
      text: 'Once more',
    });
    assert.notEqual(message.conversationId, id);
    assert.equal(message.position, 1);
    await page.close();
  });

  it('its messages, files and marks are taken away in parts, by one server at a time', async () => {
    const { caller, token, id } = await converse();
    const file = await uploaded(fixture.url, { token, content: 'a' });
    const sent = await write(caller, 'See this', [file.id]);
    const agentToken = await fixture.agentToken();
    const unsent = await uploaded(fixture.url, {
      token: agentToken,
      content: 'b',
      conversationId: id,
    });
    await reply(id);
    const thread = `conversation:${id}`;
    await socket.join(thread);
    await socket.push(thread, 'mark', { conversationId: id, read: 2 });
    const sign = (ids: string[]) => socket.push<p.FilesSigned>(thread, 'files:sign', { ids });
    const { url } = (await sign([file.id])).files[0] ?? { url: '' };
    const kept = (await filesIn(fixture.filesDir)).length;

    await socket.push(thread, 'conversation:delete');
    // At once, before anything was taken away.
    assert.equal((await refusal(await fetch(fixture.url + url))).code, 'file_not_found');
    assert.deepEqual((await sign([file.id, unsent.id])).files, []);
    const late = await post(fixture.url, { token: agentToken, content: 'c', conversationId: id });
    assert.equal((await refusal(late)).code, 'conversation_not_found');

    assert.ok(((await remove()) ?? 0) > 0);
    fixture.clock.advance(everyMs);
    const turns = await Promise.all([1, 2, 3].map(() => removeDeleted(ports, everyMs)));
    assert.deepEqual(
      turns.filter((turn) => turn !== null),
      [0],
    );
    const { storage } = ports;
    assert.equal(await storage.messages.get(sent.id), null);
    assert.deepEqual((await storage.marks.get(id)).agents, {});
    await sweepFiles(ports, { rowsMs: 1, bytesMs: 1 });
    assert.equal((await filesIn(fixture.filesDir)).length, kept - 2);
    assert.deepEqual(await storage.attachments.known([file.id, unsent.id]), []);
  });

  it('a part that ended in the middle is gone on with', async () => {
    const { caller, id } = await converse();
    const sent: MessageRecord[] = [];
    for (let index = 0; index < 4; index++) sent.push(await write(caller, `Part ${index}`));
    await deleteConversation(ports, agent, id);
    const { removals, messages } = ports.storage;
    const left = async () =>
      (await Promise.all(sent.map((message) => messages.get(message.id)))).filter(Boolean).length;
    assert.equal(await removals.part(2, 1), true);
    assert.equal(await left(), 3);
    await remove();
    assert.equal(await left(), 0);
    assert.equal(await removals.part(2, 1), false);
  });

  it('what two agents do at the same moment ends the same for both', async () => {
    for (let turn = 0; turn < 5; turn++) {
      const { caller, id } = await converse();
      const before = await openCount();
      const [deleted, ...others] = await Promise.allSettled([
        deleteConversation(ports, agent, id),
        closeConversation(ports, agent, id),
        reply(id),
        write(caller, 'And?'),
        deleteConversation(ports, agent, id),
      ]);
      assert.equal(deleted.status, 'fulfilled');
      for (const other of others) {
        if (other.status === 'rejected') {
          assert.ok(refusedWith('conversation_not_found')(other.reason), String(other.reason));
        }
      }
      assert.equal(await ports.storage.conversations.get(id), null);
      const live = await ports.storage.conversations.live(caller.contactId, 'chat');
      assert.equal(await openCount(), before - 1 + (live ? 1 : 0));
    }
  });

  it('earlier conversations of a contact are listed, and can be read but not written', async () => {
    const { caller, id: first } = await converse();
    const { storage } = ports;
    const open = await openCount();
    await storage.conversations.update(first, { live: false });
    assert.equal(await openCount(), open - 1);
    fixture.clock.advance(1);
    const second = (await write(caller, 'A second time')).conversationId;
    await storage.conversations.update(second, { live: false });
    fixture.clock.advance(1);
    const third = (await write(caller, 'A third time')).conversationId;
    await socket.join(`conversation:${third}`);
    const earlier = (payload: object) =>
      socket.push<p.ConversationWindow>(`conversation:${third}`, 'contact:earlier', payload);

    const { conversations, more } = await earlier({ limit: 1 });
    assert.deepEqual(
      conversations.map(({ id, live }) => [id, live]),
      [[second, false]],
    );
    assert.equal(more, true);
    const [last] = conversations;
    const before = { createdAt: last?.createdAt, id: last?.id };
    const rest = await earlier({ before });
    assert.deepEqual(
      rest.conversations.map(({ id }) => id),
      [first],
    );
    assert.ok(!(await listed()).includes(first));

    const thread = `conversation:${first}`;
    const joined = await socket.join<p.ConversationJoined>(thread);
    assert.equal(joined.conversation.live, false);
    assert.deepEqual(
      joined.messages.messages.map(({ text }) => text),
      ['Hello'],
    );
    const acts: [string, object][] = [
      ['message:send', { clientId: clientId(), kind: 'reply', text: 'Late' }],
      ['conversation:assign', { assigneeIds: [] }],
      ['conversation:close', {}],
      ['conversation:delete', {}],
      ['contact:block', { address: false }],
    ];
    for (const [event, payload] of acts) {
      await assert.rejects(socket.push(thread, event, payload), refusedWith('conversation_ended'));
    }
    assert.deepEqual((await bulk('conversations:close', [first, third])).ids, [third]);
    const late = await post(fixture.url, {
      token: await fixture.agentToken(),
      content: 'x',
      conversationId: first,
    });
    assert.equal((await refusal(late)).code, 'conversation_ended');
  });
});
