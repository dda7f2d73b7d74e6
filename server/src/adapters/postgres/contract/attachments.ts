import assert from 'node:assert/strict';
import type { AttachmentRecord } from '../../../file-ports.js';
import { aScene, anAttachment, change, send, upload } from '../testing/fixtures.js';
import type { Runner, Subject } from './subject.js';

export function attachmentsContract({ describe, it }: Runner, subject: Subject): void {
  const stored = async (record: AttachmentRecord): Promise<AttachmentRecord> => {
    await subject.storage.attachments.create(record);
    return record;
  };
  const find = async (id: string) => (await subject.storage.attachments.find([id]))[0] ?? null;

  describe('attachments', () => {
    it('are found as they were stored, and with the message that shows them', async () => {
      const scene = await aScene(subject.storage);
      const image = { width: 3, height: 4 };
      const record = await stored(anAttachment(scene, { image }));
      assert.deepEqual(await find(record.id), { ...record, shown: null });
      assert.deepEqual(await subject.storage.attachments.find([]), []);

      const file = { id: record.id, name: 'a.txt', size: 1, mediaType: 'text/plain', image };
      const { conversationId, contactId } = scene;
      const message = await send(subject.storage, conversationId, { attachments: [file] });
      assert.deepEqual(await find(record.id), {
        ...record,
        conversationId,
        messageId: message.id,
        shown: { contactId, live: true, public: true },
      });
    });

    it('of a comment are not public', async () => {
      const scene = await aScene(subject.storage);
      const file = await upload(subject.storage, scene);
      await send(subject.storage, scene.conversationId, { kind: 'comment', attachments: [file] });
      assert.equal((await find(file.id))?.shown?.public, false);
    });

    it('stand on the card where their message has no words', async () => {
      const { storage } = subject;
      const scene = await aScene(storage);
      const { conversationId } = scene;
      const excerpt = async () =>
        (await storage.conversations.snapshot(conversationId))?.lastMessage?.excerpt;
      const attachments = [
        await upload(storage, scene, { name: 'first.pdf' }),
        await upload(storage, scene, { name: 'second.pdf' }),
      ];
      await send(storage, conversationId, { text: '', attachments });
      assert.equal(await excerpt(), 'first.pdf');
      await send(storage, conversationId, {
        text: 'Words',
        attachments: [await upload(storage, scene)],
      });
      assert.equal(await excerpt(), 'Words');
    });

    it('belong to one message only', async () => {
      const scene = await aScene(subject.storage);
      const file = await upload(subject.storage, scene);
      const draft = { attachments: [file] };
      await send(subject.storage, scene.conversationId, draft);
      const again = send(subject.storage, scene.conversationId, draft);
      await assert.rejects(again, { code: 'file_not_found' });
      const stranger = await aScene(subject.storage);
      const foreign = { attachments: [await upload(subject.storage, stranger)] };
      const taken = send(subject.storage, scene.conversationId, foreign);
      await assert.rejects(taken, { code: 'file_not_found' });
    });

    it('are claimed by their uploader, for their conversation, in the order asked', async () => {
      const scene = await aScene(subject.storage);
      const { workspaceId, conversationId, agentIds, contactId } = scene;
      const uploader = { type: 'agent', id: agentIds[0] } as const;
      const first = await upload(subject.storage, scene, { uploader, conversationId });
      const second = await upload(subject.storage, scene, { uploader, conversationId });
      const claim = (patch: object) =>
        subject.storage.transaction(({ attachments }) =>
          attachments.claim({
            ids: [second.id, first.id],
            uploader,
            workspaceId,
            conversationId,
            ...patch,
          }),
        );
      assert.deepEqual(await claim({}), [second, first]);
      assert.deepEqual(await claim({ ids: [] }), []);
      assert.deepEqual(await claim({ uploader: { type: 'agent', id: agentIds[1] } }), []);
      assert.deepEqual(await claim({ uploader: { type: 'contact', id: contactId } }), []);
      assert.deepEqual(await claim({ conversationId: null }), []);
      assert.deepEqual(await claim({ conversationId: 'cv_other' }), []);
      assert.deepEqual(await claim({ workspaceId: 'ws_other' }), []);
    });

    it('count what waits for a message', async () => {
      const { storage } = subject;
      const scene = await aScene(storage);
      const uploader = { type: 'contact', id: scene.contactId } as const;
      assert.deepEqual(await storage.attachments.waiting(uploader), { count: 0, bytes: 0 });
      const sent = await upload(storage, scene, { size: 5 });
      await upload(storage, scene, { size: 2 ** 33 });
      await upload(storage, scene, { size: 1 });
      await send(storage, scene.conversationId, { attachments: [sent] });
      assert.deepEqual(await storage.attachments.waiting(uploader), {
        count: 2,
        bytes: 2 ** 33 + 1,
      });
    });

    it('are given up when no message named them in time, and with their message', async () => {
      const { storage } = subject;
      const scene = await aScene(storage);
      const old = await upload(storage, scene, { createdAt: 10 });
      const young = await upload(storage, scene, { createdAt: 20 });
      const sent = await upload(storage, scene, { createdAt: 10 });
      const unsent = await upload(storage, scene, { createdAt: 10 });
      const kept = await send(storage, scene.conversationId, { attachments: [sent] });
      const gone = await send(storage, scene.conversationId, { attachments: [unsent] });
      await change(storage, gone, 'deleted');
      await storage.attachments.giveUp({ before: 20, now: 30, limit: 100 });

      assert.equal(await find(old.id), null);
      assert.equal(await find(unsent.id), null);
      assert.deepEqual((await storage.messages.get(kept.id))?.attachments, [sent]);
      assert.ok(await find(young.id));
      const deleted = await storage.attachments.deleted(100);
      assert.deepEqual(
        [old, young, sent, unsent].map(({ id }) => deleted.includes(id)),
        [true, false, false, true],
      );
      const known = () => storage.attachments.known([old.id, young.id, sent.id, 'at_none']);
      assert.equal((await known()).length, 3);
      await storage.attachments.remove([old.id, young.id, sent.id, unsent.id]);
      assert.deepEqual((await known()).sort(), [young.id, sent.id].sort());
      const late = send(storage, scene.conversationId, { attachments: [old] });
      await assert.rejects(late, { code: 'file_not_found' });
    });

    it('are swept by one server at a time', async () => {
      const begin = (now: number, job = 'sweep') =>
        subject.storage.attachments.beginJob({ job, now, everyMs: 1_000 });
      const begun = await Promise.all([begin(50_000), begin(50_000), begin(50_001)]);
      assert.equal(begun.filter(Boolean).length, 1);
      assert.equal(await begin(50_900), false);
      assert.equal(await begin(50_900, 'another'), true);
      assert.equal(await begin(51_001), true);
    });
  });
}
