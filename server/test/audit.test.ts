import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { contract } from '#kit/protocol/contract.js';
import type { AuditEntry } from '../src/ports.js';
import { blockContact } from '../src/usecases/block-contact.js';
import { createSignInLink } from '../src/usecases/create-sign-in-link.js';
import { saveGroup } from '../src/usecases/save-group.js';
import { saveReply } from '../src/usecases/saved-replies.js';
import { saveTemplate } from '../src/usecases/templates.js';
import { updateSetting } from '../src/usecases/update-settings.js';
import { agentCaller, clientId, startFixture, type Fixture } from './app-fixture.js';
import { RawSocket } from './raw-socket.js';
import { Browser, call } from './security-fixture.js';

interface ActIds {
  messageId: string;
  agentId: string;
  conversationId: string;
  /** A contact who is blocked. */
  blockedId: string;
  replyId: string;
  templateId: string;
  /** One that stays, and one that does not. */
  groupId: string;
  passingGroupId: string;
  /** Conversations that do not stay. */
  spamId: string;
  passingId: string;
}

interface Act {
  payload(ids: ActIds): object;
  /** The topic's, where it is not the one of the others. */
  on?: (ids: ActIds) => string;
  /** The entry's action; null with the reason why there is none. */
  action: string | null;
  why?: string;
}

const read = { payload: () => ({}), action: null, why: 'changes nothing' };

/** Every event of agents' topics, in an order in which each one changes something. */
const acts: Record<'inbox' | 'conversation', Record<string, Act>> = {
  inbox: {
    'snapshot:get': read,
    'conversations:list': {
      ...read,
      payload: () => ({ view: { name: 'all', state: 'open', channel: 'all', order: 'newest' } }),
    },
    'conversations:search': { ...read, payload: () => ({ query: 'SECRET' }) },
    'conversations:close': {
      payload: ({ spamId }) => ({ ids: [spamId] }),
      action: 'conversation.close',
    },
    'conversations:reopen': {
      payload: ({ spamId }) => ({ ids: [spamId] }),
      action: 'conversation.reopen',
    },
    'conversations:delete': {
      payload: ({ spamId }) => ({ ids: [spamId] }),
      action: 'conversation.delete',
    },
    'contacts:find': { ...read, payload: () => ({ query: 'SECRET' }) },
    'contacts:blocked': read,
    'contact:lift': {
      payload: ({ blockedId }) => ({ contactId: blockedId }),
      action: 'contact.unblock',
    },
    'conversation:start': {
      payload: () => ({
        clientId: clientId(),
        to: { email: 'secret@host.example' },
        subject: 'SECRET subject',
        text: 'SECRET words',
      }),
      action: null,
      why: 'the message itself says who wrote what and when',
    },
    'reply:save': {
      payload: () => ({ shortcut: 'SECRET', text: 'SECRET words', shared: true }),
      action: 'reply.save',
    },
    'template:save': {
      payload: () => ({ name: 'SECRET name', subject: 'SECRET', body: 'SECRET words' }),
      action: 'template.save',
    },
    'reply:delete': { payload: ({ replyId }) => ({ id: replyId }), action: 'reply.delete' },
    'template:delete': {
      payload: ({ templateId }) => ({ id: templateId }),
      action: 'template.delete',
    },
    'agent:preferences': { payload: () => ({ sound: 'all' }), action: 'agent.preferences' },
    'agent:hours': { payload: () => ({ hours: null }), action: 'agent.hours' },
    'group:save': {
      payload: () => ({ name: 'SECRET name', names: {}, private: true, memberIds: [] }),
      action: 'group.create',
    },
    'group:delete': {
      payload: ({ passingGroupId }) => ({ id: passingGroupId }),
      action: 'group.delete',
    },
    'agent:status': { payload: () => ({ status: 'invisible' }), action: 'agent.status' },
  },
  conversation: {
    'snapshot:get': read,
    'files:sign': { ...read, payload: () => ({ ids: ['at_unknown'] }) },
    'messages:list': { ...read, payload: ({ conversationId }) => ({ conversationId }) },
    'message:send': {
      payload: () => ({ clientId: clientId(), kind: 'comment', text: 'SECRET words' }),
      action: null,
      why: 'the message itself says who wrote what and when',
    },
    mark: {
      payload: ({ conversationId }) => ({ conversationId, read: 1 }),
      action: null,
      why: 'reading is no act upon the conversation',
    },
    typing: {
      payload: () => ({ typing: false, kind: 'reply' }),
      action: null,
      why: 'is stored nowhere',
    },
    'message:edit': {
      payload: ({ messageId }) => ({ messageId, text: 'SECRET words, edited' }),
      action: 'message.edit',
    },
    'email:retry': { payload: ({ messageId }) => ({ messageId }), action: 'email.retry' },
    'message:delete': {
      payload: ({ messageId }) => ({ messageId }),
      action: 'message.delete',
    },
    'conversation:assign': {
      payload: () => ({ assigneeIds: [] }),
      action: 'conversation.assign',
    },
    'conversation:assign-group': {
      payload: ({ groupId }) => ({ groupId }),
      action: 'conversation.assign_group',
    },
    'conversation:close': { payload: () => ({}), action: 'conversation.close' },
    'conversation:reopen': { payload: () => ({}), action: 'conversation.reopen' },
    'contact:update': {
      payload: () => ({ name: 'SECRET name', email: 'secret@host.example' }),
      action: 'contact.update',
    },
    'contact:block': { payload: () => ({ address: false }), action: 'contact.block' },
    'contact:unblock': { payload: () => ({}), action: 'contact.unblock' },
    'contact:earlier': read,
    'conversation:delete': {
      payload: () => ({}),
      on: ({ passingId }) => passingId,
      action: 'conversation.delete',
    },
  },
};

describe('the audit log', () => {
  let fixture: Fixture;
  let socket: RawSocket;
  let ids: ActIds;

  before(async () => {
    // Nobody takes mail there.
    const environment = { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'mail@shop.example' };
    fixture = await startFixture({ environment });
    const browser = new Browser(fixture);
    await browser.come();
    const { conversationId } = await browser.write('Hello');
    socket = await RawSocket.open(fixture.url, await fixture.agentToken());
    await socket.join(`inbox:${fixture.workspace.id}`);
    await socket.join(`conversation:${conversationId}`);
    const { message } = await socket.push<{ message: { id: string } }>(
      `conversation:${conversationId}`,
      'message:send',
      { clientId: clientId(), kind: 'reply', text: 'SECRET reply' },
    );
    await failEmail(message.id);
    const spam = await new Browser(fixture).write('Spam');
    const passing = await new Browser(fixture).write('Never mind');
    await socket.join(`conversation:${passing.conversationId}`);
    const by = agentCaller(fixture.owner);
    const blocked = await blockContact(fixture.app.ports, by, spam.conversationId, {
      address: false,
    });
    const group = (name: string) =>
      saveGroup(fixture.app.ports, by, { name, names: {}, private: false, memberIds: [] });
    ids = {
      groupId: (await group('Sales')).id,
      passingGroupId: (await group('Passing')).id,
      messageId: message.id,
      agentId: fixture.owner.id,
      conversationId,
      spamId: spam.conversationId,
      passingId: passing.conversationId,
      blockedId: blocked.id,
      replyId: (
        await saveReply(fixture.app.ports, by, { shortcut: 'hi', text: 'Hi', shared: true })
      ).id,
      templateId: (await saveTemplate(fixture.app.ports, by, { name: 'A', subject: '', body: '' }))
        .id,
    };
  });
  after(async () => {
    await socket.close();
    await fixture.close();
  });

  /** An email of that message that failed. */
  const failEmail = async (messageId: string): Promise<void> => {
    const { emails } = fixture.storage;
    const dueAt = fixture.clock.now() + 3_600_000;
    const envelope = { recipient: 'secret@host.example', subject: 'SECRET' };
    await emails.queue({ messageId, workspaceId: fixture.workspace.id, ...envelope }, dueAt);
    const [leased] = await emails.lease({ now: dueAt, until: dueAt, limit: 1 });
    assert.ok(leased);
    await emails.settle(leased, { state: 'failed', error: 'SECRET', dueAt });
  };
  const entries = () => fixture.storage.audit.latest(fixture.workspace.id, 200);
  /** What an act added; all of them have the same time here, so by difference. */
  const addedBy = async (work: () => Promise<unknown>): Promise<AuditEntry[]> => {
    const before = new Set((await entries()).map(({ id }) => id));
    await work();
    return (await entries()).filter(({ id }) => !before.has(id));
  };
  const actionsOf = (added: AuditEntry[]) => added.map(({ action }) => action);

  for (const kind of ['inbox', 'conversation'] as const) {
    it(`knows every event of ${kind}, and no other`, () => {
      const events = Object.keys(contract[kind].client).sort();
      assert.deepEqual(Object.keys(acts[kind]).sort(), events);
    });

    for (const [event, { payload, on, action, why }] of Object.entries(acts[kind])) {
      it(`${event}: ${action ?? `none, ${why}`}`, async () => {
        const own = kind === 'inbox' ? fixture.workspace.id : ids.conversationId;
        const id = on?.(ids) ?? own;
        const added = await addedBy(() => socket.push(`${kind}:${id}`, event, payload(ids)));
        assert.deepEqual(actionsOf(added), action === null ? [] : [action]);
        for (const entry of added) {
          assert.deepEqual([entry.actorType, entry.actorId], ['agent', fixture.owner.id]);
          assert.equal(entry.at, fixture.clock.now());
          assert.ok(entry.targetId);
        }
      });
    }
  }

  it('an act that changes nothing, or is refused, leaves none', async () => {
    const topic = `conversation:${ids.conversationId}`;
    const added = await addedBy(async () => {
      await socket.push(topic, 'conversation:reopen');
      await socket.push(topic, 'contact:unblock');
      await socket
        .push(topic, 'message:edit', { messageId: 'ms_unknown', text: 'x' })
        .catch(() => undefined);
    });
    assert.deepEqual(actionsOf(added), []);
  });

  it('signing in and out, profiles, passwords and settings leave one each', async () => {
    const { app, owner, url } = fixture;
    const email = 'owner@shop.example';
    const password = 'a SECRET password';
    await fixture.storage.agents.updateAccount(owner.id, { email });
    const headers = { origin: url };
    const code = await createSignInLink(app.ports, owner.id);
    const cookieOf = (reply: Response) => reply.headers.get('set-cookie')?.split(';')[0] ?? '';
    const post = (path: string, body: object) =>
      fetch(url + path, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    let cookie = '';
    const steps: [string, () => Promise<unknown>][] = [
      [
        'agent.sign_in_link',
        async () => (cookie = cookieOf(await post('/v1/agent/sign-in-link', { code }))),
      ],
      [
        'agent.profile',
        () => call(fixture, 'PATCH', '/v1/agent/profile', { password }, { ...headers, cookie }),
      ],
      ['agent.sign_in', () => post('/v1/agent/sign-in', { email, password })],
      [
        'agent.sign_out',
        () => call(fixture, 'POST', '/v1/agent/sign-out', {}, { ...headers, cookie }),
      ],
      [
        'settings.update',
        () => updateSetting(app.ports, fixture.workspace.id, 'greeting', 'SECRET greeting'),
      ],
    ];
    for (const [action, step] of steps) {
      assert.deepEqual(actionsOf(await addedBy(step)), [action]);
    }
  });

  it('no entry holds what people wrote, or a secret', async () => {
    assert.doesNotMatch(JSON.stringify(await entries()), /SECRET|secret@/);
  });
});
