import assert from 'node:assert/strict';
import { aContact, aConversation, aScene, newId } from '../testing/fixtures.js';
import type { Runner, Subject } from './subject.js';

const day = 86_400_000;

export function accessContract({ describe, it }: Runner, subject: Subject): void {
  describe('access', () => {
    it('revokes a token until its expiry, the later one of two', async () => {
      const { access } = subject.storage;
      const id = newId('vt');
      assert.equal(await access.isRevoked(id), false);
      await access.revoke({ id, expiresAt: 2 * day }, day);
      await access.revoke({ id, expiresAt: day + 1 }, day);
      await access.revoke({ id: newId('vt'), expiresAt: 3 * day }, 2 * day - 1);
      assert.equal(await access.isRevoked(id), true);
      await access.revoke({ id: newId('vt'), expiresAt: 3 * day }, 2 * day);
      assert.equal(await access.isRevoked(id), false);
    });

    it('lets a single-use token through once per workspace, also when many come at once', async () => {
      const { access } = subject.storage;
      const { workspaceId } = await aScene(subject.storage);
      const other = await aScene(subject.storage);
      const token = { workspaceId, hash: newId('jti'), expiresAt: day };
      const uses = await Promise.all(Array.from({ length: 5 }, () => access.useOnce(token, 1)));
      assert.equal(uses.filter(Boolean).length, 1);
      assert.equal(await access.useOnce({ ...token, workspaceId: other.workspaceId }, 1), true);
      assert.equal(await access.useOnce(token, day), true);
    });

    it('keeps a network closed while it is closed for anybody', async () => {
      const { access, contacts } = subject.storage;
      const { workspaceId } = await aScene(subject.storage);
      const other = await aScene(subject.storage);
      const [one, two] = [aContact(workspaceId), aContact(workspaceId)];
      const network = newId('net');
      for (const { id: contactId } of [one, two]) {
        await contacts.create(contactId === one.id ? one : two);
        const block = { workspaceId, network, contactId, blockedAt: 1 };
        await access.blockNetwork(block);
        await access.blockNetwork(block);
      }
      await access.unblockNetworks(one.id);
      assert.equal(await access.isNetworkBlocked(workspaceId, network), true);
      assert.equal(await access.isNetworkBlocked(other.workspaceId, network), false);
      await access.unblockNetworks(two.id);
      assert.equal(await access.isNetworkBlocked(workspaceId, network), false);
    });

    it('says of a visitor at once whether they may come', async () => {
      const { access, contacts } = subject.storage;
      const { workspaceId } = await aScene(subject.storage);
      const contact = aContact(workspaceId);
      await contacts.create({ ...contact, network: 'before' });
      const query = { contactId: contact.id, tokenId: newId('vt'), network: newId('net') };
      const fine = {
        workspaceId,
        blocked: null,
        mergedInto: null,
        network: 'before',
        tokenRevoked: false,
        networkBlocked: false,
      };
      assert.deepEqual(await access.visitor(query), fine);
      await access.revoke({ id: query.tokenId, expiresAt: day }, 1);
      const { contactId, network } = query;
      await access.blockNetwork({ workspaceId, network, contactId, blockedAt: 1 });
      await contacts.update(contactId, { blocked: 'address' });
      const refused = { blocked: 'address', tokenRevoked: true, networkBlocked: true };
      assert.deepEqual(await access.visitor(query), { ...fine, ...refused });
      assert.equal(await access.visitor({ ...query, contactId: 'ct_none' }), null);
    });
  });

  describe('contacts with an identity', () => {
    it('are found by it in their workspace, and are one each', async () => {
      const { contacts } = subject.storage;
      const { workspaceId } = await aScene(subject.storage);
      const other = await aScene(subject.storage);
      const identity = `id:${newId('user')}`;
      const contact = aContact(workspaceId);
      await contacts.create({ ...contact, identity });
      assert.equal((await contacts.byIdentity(workspaceId, identity))?.id, contact.id);
      assert.equal(await contacts.byIdentity(other.workspaceId, identity), null);
      await assert.rejects(contacts.create({ ...aContact(workspaceId), identity }));
    });

    it('take over all that another one had, and keep one conversation live', async () => {
      const { contacts, conversations } = subject.storage;
      const { workspaceId } = await aScene(subject.storage);
      const [from, into] = [aContact(workspaceId, { version: 7 }), aContact(workspaceId)];
      await contacts.create(from);
      await contacts.create(into);
      const moved = aConversation({ workspaceId, contactId: from.id });
      await conversations.create(moved);
      const kept = aConversation({ workspaceId, contactId: into.id });
      await conversations.create(kept);
      assert.deepEqual(await contacts.merge(from.id, into.id), [moved.id]);
      assert.equal((await conversations.live(into.id, 'chat'))?.id, kept.id);
      const after = await conversations.get(moved.id);
      assert.deepEqual([after?.contactId, after?.live], [into.id, false]);
      assert.equal((await contacts.get(from.id))?.mergedInto, into.id);
      // Newer than what threads were shown of either.
      assert.equal((await contacts.get(into.id))?.version, 8);
    });
  });

  describe('sessions of an agent', () => {
    it('are found by the beginning of their hash, and end all but one', async () => {
      const { sessions } = subject.storage;
      const { agentIds } = await aScene(subject.storage);
      const [agentId, otherId] = agentIds;
      const hashes = ['a', 'b', 'c'].map((letter) => newId(letter.repeat(20)));
      for (const hash of hashes) {
        await sessions.create({ hash, agentId, createdAt: 1, expiresAt: day });
      }
      const [first = ''] = hashes;
      const sessionId = first.slice(0, 20);
      assert.equal(await sessions.isLive(agentId, sessionId, 1), true);
      assert.equal(await sessions.isLive(agentId, sessionId, day), false);
      assert.equal(await sessions.isLive(otherId, sessionId, 1), false);
      const ended = await sessions.removeOthers(agentId, sessionId);
      assert.deepEqual(ended.sort(), hashes.slice(1).sort());
      assert.equal(await sessions.isLive(agentId, sessionId, 1), true);
      assert.deepEqual(await sessions.removeOthers(agentId, null), [first]);
    });
  });

  describe('the audit log', () => {
    it('is read from its end', async () => {
      const { audit } = subject.storage;
      const { workspaceId } = await aScene(subject.storage);
      const entry = (at: number) => ({
        id: newId('au'),
        workspaceId,
        actorType: 'system' as const,
        actorId: null,
        action: 'settings.update',
        targetId: null,
        details: {},
        at,
      });
      const entries = [entry(1), entry(2), entry(3)];
      for (const each of entries) await audit.append(each);
      assert.deepEqual(await audit.latest(workspaceId, 2), entries.toReversed().slice(0, 2));
    });
  });
}
