import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type * as p from '#kit/protocol/payloads.js';
import { limits } from '#kit/protocol/limits.js';
import type { AgentRecord } from '../src/ports.js';
import { startFixture, type Fixture } from './app-fixture.js';
import { RawSocket } from './raw-socket.js';
import { refusedWith } from './security-fixture.js';

describe('saved texts', () => {
  let fixture: Fixture;
  let topic: string;
  let bobRecord: AgentRecord;
  let owner: RawSocket;
  let ann: RawSocket;
  let bob: RawSocket;

  before(async () => {
    fixture = await startFixture();
    topic = `inbox:${fixture.workspace.id}`;
    const open = async (agent?: AgentRecord) => {
      const socket = await RawSocket.open(fixture.url, await fixture.agentToken(agent));
      await socket.join(topic);
      return socket;
    };
    bobRecord = await fixture.agent('Bob');
    [owner, ann, bob] = [
      await open(),
      await open(await fixture.agent('Ann')),
      await open(bobRecord),
    ];
  });
  after(async () => {
    for (const socket of [owner, ann, bob]) await socket.close();
    await fixture.close();
  });

  const save = async (agent: RawSocket, reply: Partial<p.ReplySave>) => {
    const given = { shortcut: 'hi', text: 'Hello', shared: true, ...reply };
    return (await agent.push<p.ReplySaved>(topic, 'reply:save', given)).reply;
  };
  const read = (agent: RawSocket) => agent.push<p.InboxJoined>(topic, 'snapshot:get');
  const ownOf = async (agent: RawSocket, id: string) =>
    (await read(agent)).replies.find((reply) => reply.id === id);

  it('S3.24 a shared reply is everybody’s, and changed by its maker, owners and admins', async () => {
    const made = await save(ann, { shortcut: 'refund', text: 'Dear {{contact.firstName}}' });
    assert.equal(made.ownerId, null);
    const isMade = ({ saved }: p.RepliesChanged) => saved?.id === made.id;
    const told = await bob.next<p.RepliesChanged>(topic, 'replies:changed', isMade);
    assert.deepEqual(told.saved, made);
    assert.deepEqual(await ownOf(bob, made.id), made);

    const changed = { id: made.id, shortcut: 'refund', text: 'New' };
    await assert.rejects(save(bob, changed), refusedWith('forbidden'));
    await assert.rejects(
      bob.push(topic, 'reply:delete', { id: made.id }),
      refusedWith('forbidden'),
    );
    assert.equal((await save(owner, changed)).version, made.version + 1);
    await fixture.storage.agents.update(bobRecord.id, { role: 'admin' });
    await bob.push(topic, 'reply:delete', { id: made.id });
    await fixture.storage.agents.update(bobRecord.id, { role: 'agent' });
    const isGone = ({ deletedId }: p.RepliesChanged) => deletedId === made.id;
    await ann.next(topic, 'replies:changed', isGone);
    assert.equal(await ownOf(ann, made.id), undefined);
  });

  it('an agent’s own reply is known to nobody else', async () => {
    const made = await save(ann, { shortcut: 'own', text: 'PRIVATE', shared: false });
    assert.deepEqual(await ownOf(ann, made.id), made);
    await ann.next<p.RepliesChanged>(
      topic,
      'replies:changed',
      ({ saved }) => saved?.id === made.id,
    );
    for (const agent of [owner, bob]) {
      assert.equal(await ownOf(agent, made.id), undefined);
      const change = { id: made.id, shortcut: 'own', text: 'Mine now' };
      await assert.rejects(save(agent, change), refusedWith('reply_not_found'));
      await assert.rejects(
        agent.push(topic, 'reply:delete', { id: made.id }),
        refusedWith('reply_not_found'),
      );
      assert.ok(!agent.frames.some((frame) => frame.includes('PRIVATE')));
    }
    // Shared, and taken back: the others see it come and go.
    await save(ann, { id: made.id, shortcut: 'own', text: 'For all', shared: true });
    await bob.next<p.RepliesChanged>(
      topic,
      'replies:changed',
      ({ saved }) => saved?.id === made.id,
    );
    await save(ann, { id: made.id, shortcut: 'own', text: 'PRIVATE again', shared: false });
    await bob.next<p.RepliesChanged>(
      topic,
      'replies:changed',
      ({ deletedId }) => deletedId === made.id,
    );
    assert.equal((await ownOf(ann, made.id))?.text, 'PRIVATE again');
    assert.ok(!bob.frames.some((frame) => frame.includes('PRIVATE')));
  });

  it('a shortcut names one reply of all, and one of each agent’s own', async () => {
    await save(ann, { shortcut: 'thanks' });
    await assert.rejects(save(bob, { shortcut: 'thanks' }), refusedWith('shortcut_taken'));
    await save(ann, { shortcut: 'thanks', shared: false });
    await save(bob, { shortcut: 'thanks', shared: false });
    await assert.rejects(
      save(bob, { shortcut: 'thanks', shared: false }),
      refusedWith('shortcut_taken'),
    );
    for (const shortcut of ['two words', '/slash', 'a.b']) {
      await assert.rejects(save(ann, { shortcut }), refusedWith('invalid_payload'), shortcut);
    }
    await assert.rejects(
      save(ann, { shortcut: 'blank', text: ' \n' }),
      refusedWith('message_empty'),
    );
    assert.equal((await save(ann, { shortcut: 'grüße-日本' })).shortcut, 'grüße-日本');
  });

  it('S3.25 a template is made, changed and deleted before everybody’s eyes', async () => {
    const given = { name: ' Welcome ', subject: 'Hello\n{{contact.name}}', body: '**Hi**' };
    const { template } = await ann.push<p.TemplateSaved>(topic, 'template:save', given);
    assert.deepEqual(
      { ...template, id: '' },
      { id: '', name: 'Welcome', subject: 'Hello {{contact.name}}', body: '**Hi**', version: 1 },
    );
    const isMade = ({ saved }: p.TemplatesChanged) => saved?.version === 1;
    await bob.next(topic, 'templates:changed', isMade);
    const change = { ...given, id: template.id, name: 'Goodbye' };
    const changed = await bob.push<p.TemplateSaved>(topic, 'template:save', change);
    assert.deepEqual((await read(owner)).templates, [changed.template]);
    await owner.push(topic, 'template:delete', { id: template.id });
    const isGone = ({ deletedId }: p.TemplatesChanged) => deletedId === template.id;
    await bob.next(topic, 'templates:changed', isGone);
    assert.deepEqual((await read(owner)).templates, []);
    await assert.rejects(
      bob.push(topic, 'template:save', change),
      refusedWith('template_not_found'),
    );
  });

  it('there are no more than the limit', async () => {
    const { savedTexts } = fixture.storage;
    const { id: workspaceId } = fixture.workspace;
    const fields = { workspaceId, createdAt: 0, updatedAt: 0, version: 1 };
    await fixture.storage.transaction(async (repositories) => {
      for (let n = 0; n < limits.templates; n++) {
        const template = { ...fields, id: `tp_${n}`, name: `${n}`, subject: '', body: '' };
        await repositories.savedTexts.storeTemplate(template);
      }
    });
    const one = { name: 'One more', subject: '', body: '' };
    await assert.rejects(owner.push(topic, 'template:save', one), refusedWith('limit_reached'));
    assert.equal(await savedTexts.countTemplates(workspaceId), limits.templates);
  });
});
