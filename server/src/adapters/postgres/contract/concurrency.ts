import assert from 'node:assert/strict';
import type { Repositories } from '../../../ports.js';
import {
  aConversation,
  addConversation,
  anAgent,
  aContact,
  aScene,
  newId,
  send,
  sendIn,
} from '../testing/fixtures.js';
import type { Runner, Subject } from './subject.js';

export function concurrencyContract({ describe, it }: Runner, subject: Subject): void {
  describe('many at a time', () => {
    it('16 senders take dense numbers', async () => {
      const { storage } = subject;
      const { conversationId } = await aScene(storage);
      const senders = upTo(16).map(async (sender) => {
        for (const turn of upTo(5)) {
          const kind = (sender + turn) % 3 === 0 ? 'comment' : 'reply';
          await send(storage, conversationId, { kind });
        }
      });
      await Promise.all(senders);
      const rows = await subject.rows(
        'select seq, public_seq from message_changes where conversation_id = $1 order by seq',
        [conversationId],
      );
      const publicSeqs = rows.flatMap((row) =>
        row['public_seq'] === null ? [] : [Number(row['public_seq'])],
      );
      assert.deepEqual(
        rows.map((row) => Number(row['seq'])),
        upTo(80),
      );
      assert.deepEqual(publicSeqs, upTo(publicSeqs.length));
      assert.ok(publicSeqs.length > 40);
    });

    it('one clientId sent 16 times is stored once', async () => {
      const { storage } = subject;
      const { conversationId, contactId } = await aScene(storage);
      const clientId = newId('client');
      const once = (repositories: Repositories) =>
        repositories.messages
          .byClientId({ type: 'contact', id: contactId }, clientId)
          .then((found) => found ?? sendIn(repositories, conversationId, { clientId }));
      const sent = await Promise.all(upTo(16).map(() => storage.transaction(once)));
      const conversation = await storage.conversations.get(conversationId);
      assert.equal(new Set(sent.map(({ id }) => id)).size, 1);
      assert.equal(conversation?.lastSeq, 1);
    });

    it('a contact who writes in 16 tabs has one live conversation', async () => {
      const { storage } = subject;
      const { workspaceId } = await aScene(storage);
      const contact = aContact(workspaceId);
      await storage.contacts.create(contact);
      const open = (locking: boolean) =>
        storage.transaction(async ({ conversations }) => {
          if (locking) await conversations.lockContact(contact.id);
          const live = await conversations.live(contact.id, 'chat');
          if (live) return live.id;
          const made = aConversation({ workspaceId, contactId: contact.id });
          await conversations.create(made);
          return made.id;
        });
      const opened = await Promise.all(upTo(16).map((tab) => open(tab % 4 > 0)));
      assert.equal(new Set(opened).size, 1);
      assert.equal((await storage.conversations.counts(workspaceId)).all, 2);
    });

    it('an agent of the host who arrives 8 times is made once', async () => {
      const { storage } = subject;
      const { workspaceId } = await aScene(storage);
      const arrive = async ({ agents }: Repositories) => {
        const found = await agents.byExternalId(workspaceId, 'host-1');
        if (found) return found.id;
        const [agent, account] = anAgent(workspaceId, { externalId: 'host-1' });
        await agents.create(agent, account);
        return agent.id;
      };
      const arrived = await Promise.all(upTo(8).map(() => storage.transaction(arrive)));
      assert.equal(new Set(arrived).size, 1);
    });

    it('a sign-in link is used once', async () => {
      const { sessions } = subject.storage;
      const { agentIds } = await aScene(subject.storage);
      const hash = newId('hash');
      await sessions.createLink({ hash, agentId: agentIds[0], expiresAt: 10 });
      const used = await Promise.all(upTo(16).map(() => sessions.consumeLink(hash, 0)));
      assert.deepEqual(
        used.filter((id) => id !== null),
        [agentIds[0]],
      );
    });

    it('marks end at the greatest', async () => {
      const { conversationId } = await aScene(subject.storage);
      const { marks } = subject.storage;
      const raised = upTo(16).map((read) =>
        marks.raise(conversationId, 'contact', { read, delivered: 17 - read }),
      );
      await Promise.all(raised);
      assert.deepEqual((await marks.get(conversationId)).contact, { delivered: 16, read: 16 });
    });

    it('edits of different fields of a contact both last', async () => {
      const { contacts } = subject.storage;
      const { contactId } = await aScene(subject.storage);
      await Promise.all([
        contacts.update(contactId, { name: 'Ida' }),
        contacts.update(contactId, { email: 'ida@home.example' }),
        contacts.update(contactId, { phone: '7' }),
      ]);
      const contact = await contacts.get(contactId);
      assert.deepEqual(
        [contact?.name, contact?.email, contact?.phone, contact?.version],
        ['Ida', 'ida@home.example', '7', 4],
      );
    });

    it('counts and assignees are right after a crowd worked on few conversations', async () => {
      const { storage } = subject;
      const { workspaceId, agentIds, conversationId } = await aScene(storage);
      const others = await Promise.all(upTo(3).map(() => addConversation(storage, workspaceId)));
      const ids = [conversationId, ...others.map(({ id }) => id)];
      const crowd = upTo(60).map((index) => {
        const id = ids[index % ids.length] ?? conversationId;
        const assigneeIds = agentIds.filter((_, place) => (index >> (place + 2)) % 2 === 0);
        const state = index % 5 === 0 ? 'closed' : 'open';
        if (index % 3 === 0) return storage.conversations.update(id, { assigneeIds });
        return storage.transaction(async ({ conversations, messages }) => {
          const locked = await conversations.lock(id);
          const updated = await conversations.update(id, { state });
          assert.deepEqual(updated.assigneeIds, locked?.assigneeIds);
          await messages.lastShown(id);
          return conversations.update(id, { assigneeIds });
        });
      });
      await Promise.all(crowd);
      const view = { name: 'all', state: 'open', channel: 'all', order: 'newest' } as const;
      const query = { workspaceId, me: agentIds[0], view, after: null, limit: 50 };
      const { conversations: open } = await storage.conversations.window(query);
      const byAgent = agentIds.flatMap((id) => {
        const count = open.filter(({ assigneeIds }) => assigneeIds.includes(id)).length;
        return count > 0 ? [[id, count] as const] : [];
      });
      assert.deepEqual(await storage.conversations.counts(workspaceId), {
        all: open.length,
        unassigned: open.filter(({ assigneeIds }) => assigneeIds.length === 0).length,
        byAgent: Object.fromEntries(byAgent),
      });
    });

    it('reads between the messages of others get their own answers', async () => {
      const { storage } = subject;
      const { workspaceId, conversationId, contactId } = await aScene(storage);
      const readers = upTo(6).map(async () => {
        for (let round = 0; round < 60; round++) {
          const [workspace, conversation, contact, agents] = await Promise.all([
            storage.workspaces.get(workspaceId),
            storage.conversations.get(conversationId),
            storage.contacts.get(contactId),
            storage.agents.list(workspaceId),
          ]);
          const read = [workspace?.id, conversation?.id, contact?.id];
          assert.deepEqual(read, [workspaceId, conversationId, contactId]);
          assert.ok(agents.every((agent) => agent.workspaceId === workspaceId));
        }
      });
      const writers = upTo(2).map(async () => {
        for (let round = 0; round < 20; round++) await send(storage, conversationId);
      });
      await Promise.all([...readers, ...writers]);
    });
  });
}

function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
