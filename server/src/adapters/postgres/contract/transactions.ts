import assert from 'node:assert/strict';
import { aConversation, aScene, newId, send, sendIn } from '../testing/fixtures.js';
import type { Runner, Subject } from './subject.js';

export function transactionsContract({ describe, it }: Runner, subject: Subject): void {
  describe('transactions', () => {
    it('leave nothing behind when the work rejects', async () => {
      const { storage } = subject;
      const { workspaceId, contactId, conversationId } = await aScene(storage);
      const before = await storage.conversations.get(conversationId);
      const work = storage.transaction(async (repositories) => {
        await sendIn(repositories, conversationId);
        await repositories.contacts.update(contactId, { name: 'Ida' });
        await repositories.conversations.update(conversationId, { state: 'closed' });
        throw new Error('no');
      });
      await assert.rejects(work, { message: 'no' });
      assert.deepEqual(await storage.conversations.get(conversationId), before);
      assert.equal((await storage.contacts.get(contactId))?.name, null);
      assert.equal((await storage.conversations.counts(workspaceId)).all, 1);
      assert.equal(await storage.messages.lastShown(conversationId), null);
    });

    it('leave nothing behind when a statement fails and the work goes on', async () => {
      const { storage } = subject;
      const scene = await aScene(storage);
      const work = storage.transaction(async ({ conversations, contacts }) => {
        await contacts.update(scene.contactId, { name: 'Ida' });
        await conversations
          .create(aConversation(scene, { channel: 'email', groupId: 'gr_none' }))
          .catch(() => undefined);
      });
      await work.catch(() => undefined);
      assert.equal((await storage.contacts.get(scene.contactId))?.name, null);
    });

    it('give back what the work resolves with', async () => {
      const { storage } = subject;
      const { conversationId } = await aScene(storage);
      const message = await storage.transaction((repositories) =>
        sendIn(repositories, conversationId),
      );
      assert.deepEqual(await storage.messages.get(message.id), message);
    });

    it('try again after a serialisation fault', async () => {
      const { storage } = subject;
      const { conversationId } = await aScene(storage);
      let tries = 0;
      await storage.transaction(async (repositories) => {
        await sendIn(repositories, conversationId);
        if (++tries < 3) throw Object.assign(new Error('deadlock'), { code: '40P01' });
      });
      const conversation = await storage.conversations.get(conversationId);
      assert.equal(tries, 3);
      assert.equal(conversation?.lastSeq, 1);
    });

    it('end as unavailable when the faults go on', async () => {
      const fault = Object.assign(new Error('serialisation'), { code: '40001' });
      const work = subject.storage.transaction(() => Promise.reject(fault));
      await assert.rejects(work, { code: 'unavailable' });
    });

    it('refuse calls past their repositories, which would wait for themselves', async () => {
      const { storage } = subject;
      const { conversationId } = await aScene(storage);
      const nested = /within one of its transactions/;
      await assert.rejects(
        storage.transaction(() => storage.conversations.get(conversationId)),
        nested,
      );
      await assert.rejects(
        storage.transaction(() => send(storage, conversationId)),
        nested,
      );
      await assert.rejects(storage.conversations.lockContact('ct'), /within transaction/);
      await assert.rejects(storage.conversations.lockLive('ct', 'chat'), /within transaction/);
      await assert.rejects(storage.conversations.lock('cv'), /within transaction/);
    });
  });

  describe('ping', () => {
    it('resolves while the database answers', async () => {
      await subject.storage.ping();
    });
  });

  describe('text that PostgreSQL refuses', () => {
    it('makes no call fail', async () => {
      const { storage } = subject;
      const { conversationId, workspaceId } = await aScene(storage);
      const odd = '\u0000a\udc00';
      const message = await send(storage, conversationId, { text: odd, clientId: newId(odd) });
      assert.equal((await storage.messages.get(message.id))?.text, 'a\ufffd');
      assert.equal(
        (await storage.messages.byClientId(message.author, message.clientId ?? ''))?.id,
        message.id,
      );
      assert.equal(await storage.conversations.get(odd), null);
      assert.equal(await storage.agents.byEmail(odd), null);
      assert.equal(await storage.sessions.find(odd, 0), null);
      assert.deepEqual(await storage.marks.get(odd), {
        contact: { delivered: 0, read: 0 },
        agents: {},
      });
      const view = { name: 'mine', state: 'open', channel: 'all', order: 'newest' } as const;
      const after = { activeAt: 1, id: odd };
      const window = await storage.conversations.window({
        workspaceId,
        me: odd,
        view,
        after,
        limit: 5,
      });
      assert.deepEqual(window, { conversations: [], more: false });
    });
  });
}
