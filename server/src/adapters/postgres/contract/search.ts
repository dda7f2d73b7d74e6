import assert from 'node:assert/strict';
import { lexemes } from '../lexemes.js';
import { addConversation, aScene, change, send } from '../testing/fixtures.js';
import type { Runner, Subject } from './subject.js';

/** More than are put in order. */
const many = 10_100;
const page = { prefix: null, after: null, limit: 10, messages: 3 };

export function searchContract({ describe, it }: Runner, subject: Subject): void {
  const wordsOf = (conversationId: string) =>
    subject.rows('select words::text from message_words where conversation_id = $1', [
      conversationId,
    ]);
  const author = { type: 'agent', id: 'ag_1', name: null, avatarUrl: null } as const;

  describe('search', () => {
    it('takes in what was said once, and takes away what was deleted', async () => {
      const { storage } = subject;
      const { conversationId, workspaceId } = await aScene(storage);
      const said = await send(storage, conversationId, { text: 'Oranges, and oranges' });
      await send(storage, conversationId, { kind: 'comment', author, text: 'Lemons' });
      assert.equal(await storage.search.takeIn([conversationId]), true);
      assert.equal(await storage.search.takeIn([conversationId, 'cv_unknown']), true);
      assert.equal((await wordsOf(conversationId)).length, 2);
      const query = { workspaceId, words: ['oranges'], ...page };
      const { results } = await storage.search.find(query);
      assert.deepEqual(
        results.map(({ conversation, messages }) => [conversation.id, messages[0]?.id]),
        [[conversationId, said.id]],
      );

      await change(storage, said, 'deleted');
      await storage.search.takeIn([conversationId]);
      assert.equal((await wordsOf(conversationId)).length, 1);
    });

    it('keeps nothing of a deleted conversation, whose row stays', async () => {
      const { storage } = subject;
      const { conversationId, workspaceId } = await aScene(storage);
      await send(storage, conversationId, { text: 'Pears' });
      await storage.search.takeIn([conversationId]);
      await storage.transaction(({ conversations }) => conversations.delete(conversationId, 9_000));
      assert.equal(await storage.conversations.get(conversationId), null);
      assert.equal(await storage.conversations.wasDeleted(conversationId, workspaceId), true);
      assert.equal((await storage.conversations.counts(workspaceId)).all, 0);
      const query = { workspaceId, words: ['pears'], ...page };
      assert.deepEqual(await storage.search.find(query), { results: [], more: false });

      while (await storage.removals.part(1, 9_000));
      assert.deepEqual(await wordsOf(conversationId), []);
      const left = await subject.rows(
        `select last_message_id, subject, mentions::text, live from conversations where id = $1`,
        [conversationId],
      );
      assert.deepEqual(left, [
        { last_message_id: null, subject: null, mentions: '{}', live: false },
      ]);
    });
  });
}

/** Of words that are found more often than is put in order; filling takes long on the embedded one. */
export function frequentWordsContract({ describe, it }: Runner, subject: Subject): void {
  describe('search for frequent words', () => {
    it('finds what very many messages hold from the most active conversation down', async () => {
      const { storage } = subject;
      const { conversationId, workspaceId, contactId } = await aScene(storage);
      const [marked] = lexemes(workspaceId, ['everywhere']);
      await subject.rows(
        `with filled as (
          insert into messages (id, workspace_id, conversation_id, kind, author_type, author_id, text,
            format, position, seq, public_position, public_seq, created_at)
          select $2 || n, $1, $2, 'reply', 'contact', $3, 'everywhere', 'plain', n, n, n, n, 1
          from generate_series(1, ${many}) n returning id
        ) select count(*) from filled`,
        [workspaceId, conversationId, contactId],
      );
      await subject.rows(
        `insert into message_words (message_id, conversation_id, words)
         select id, conversation_id, array_to_tsvector(array[$2::text]) from messages
         where conversation_id = $1`,
        [conversationId, marked],
      );
      const earlier = await addConversation(storage, workspaceId, { live: false, activeAt: 1 });
      const closed = await addConversation(storage, workspaceId, {
        state: 'closed',
        activeAt: 9_999,
      });
      const silent = await addConversation(storage, workspaceId, { activeAt: 9_998 });
      await send(storage, silent.id, { text: 'Nothing' });
      for (const { id } of [earlier, closed]) await send(storage, id, { text: 'Everywhere' });
      await storage.conversations.update(closed.id, { activeAt: 9_999 });
      await storage.conversations.update(earlier.id, { activeAt: 1 });
      await storage.search.takeIn([earlier.id, closed.id, silent.id]);

      const query = { workspaceId, words: ['everywhere'], ...page };
      const { results } = await storage.search.find(query);
      assert.deepEqual(
        results.map(({ conversation }) => conversation.id),
        [closed.id, conversationId, earlier.id],
      );
      assert.equal(results[1]?.messages.length, 3);
      const first = await storage.search.find({ ...query, limit: 1 });
      assert.equal(first.more, true);
      const after = { activeAt: 9_999, id: closed.id };
      const rest = await storage.search.find({ ...query, after });
      assert.deepEqual(
        rest.results.map(({ conversation }) => conversation.id),
        [conversationId, earlier.id],
      );
    });
  });
}
