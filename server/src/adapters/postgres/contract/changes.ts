import assert from 'node:assert/strict';
import type { Storage } from '../../../ports.js';
import { aScene, send } from '../testing/fixtures.js';
import type { Runner, Subject } from './subject.js';

/**
 * A moment by which nothing of these workspaces has changed any more. Whatever else is under way on
 * the same PostgreSQL, be it in other databases, holds moments back until it ends.
 */
export async function laterMoment(storage: Storage, workspaceIds: string[]): Promise<string> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const moment = await storage.changes.now();
    const found = await storage.changes.conversations(workspaceIds, moment);
    if (found.length === 0) return moment;
    if (performance.now() > deadline) assert.deepEqual(found, []);
  }
}

export function changesContract({ describe, it }: Runner, subject: Subject): void {
  describe('changes', () => {
    it('are found since a moment, and no more once they were looked at', async () => {
      const { storage } = subject;
      const { conversationId, workspaceId } = await aScene(storage);
      const before = await storage.changes.now();
      await send(storage, conversationId);
      const [found] = await storage.changes.conversations([workspaceId], before);
      const record = await storage.conversations.get(conversationId);
      assert.ok(found && record);
      const { id, contactId, live, lastSeq, lastPublicSeq, version } = record;
      const numbers = { lastSeq, lastPublicSeq, version };
      const row = { id, workspaceId, contactId, live, deleted: false, ...numbers };
      assert.deepEqual(found, row);
      const after = await laterMoment(storage, [workspaceId]);
      assert.deepEqual(await storage.changes.conversations([workspaceId], after), []);
    });

    it('are those of the workspaces that are asked for', async () => {
      const { storage } = subject;
      const [asked, other] = [await aScene(storage), await aScene(storage)];
      const before = await laterMoment(storage, [asked.workspaceId]);
      await send(storage, other.conversationId);
      assert.deepEqual(await storage.changes.conversations([asked.workspaceId], before), []);
    });

    it('tell a mark and a new name of the contact as well', async () => {
      const { storage } = subject;
      const { conversationId, workspaceId, contactId } = await aScene(storage);
      await send(storage, conversationId);
      const count = async (since: string) =>
        (await storage.changes.conversations([workspaceId], since)).length;
      const first = await storage.changes.now();
      await storage.marks.raise(conversationId, 'contact', { read: 1 });
      assert.equal(await count(first), 1);
      const second = await storage.changes.now();
      await storage.contacts.update(contactId, { name: 'Ada' });
      assert.equal(await count(second), 1);
    });

    it('give the versions of settings, and the agents', async () => {
      const { storage } = subject;
      const { workspaceId } = await aScene(storage);
      const workspace = await storage.workspaces.get(workspaceId);
      assert.deepEqual(
        await storage.changes.settings([workspaceId]),
        new Map([[workspaceId, workspace?.settingsVersion]]),
      );
      const byId = <T extends { id: string }>(rows: T[]) =>
        rows.sort((one, other) => (one.id < other.id ? -1 : 1));
      assert.deepEqual(
        byId(await storage.changes.agents([workspaceId])),
        byId(await storage.agents.list(workspaceId)),
      );
    });
  });
}
