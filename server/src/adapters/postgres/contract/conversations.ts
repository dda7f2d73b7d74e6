import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareInView, isInView } from '#kit/domain/index.js';
import type { Channel, Counts, View } from '#kit/domain/index.js';
import type { ConversationRecord, Storage } from '../../../ports.js';
import { aConversation, addConversation, aScene, newId, send } from '../testing/fixtures.js';
import type { Runner, Subject } from './subject.js';

const channels: Channel[] = ['chat', 'email', 'social:instagram'];

export function conversationsContract({ describe, it }: Runner, subject: Subject): void {
  describe('conversations', () => {
    it('come back as they were stored', async () => {
      const { conversations } = subject.storage;
      const { workspaceId, agentIds } = await aScene(subject.storage);
      const assigneeIds = [agentIds[1], agentIds[0]];
      const stored = await addConversation(subject.storage, workspaceId, {
        assigneeIds,
        waitingSince: 900,
        closedAt: 2 ** 40,
        rating: { score: 4, comment: 'Quick “answers”', at: 2 ** 41 },
      });
      assert.deepEqual(await conversations.get(stored.id), stored);
      assert.equal(await conversations.get('cv_none'), null);
      assert.equal(await conversations.snapshot('cv_none'), null);
    });

    it('change the named fields and raise the version', async () => {
      const { conversations } = subject.storage;
      const { conversationId, agentIds } = await aScene(subject.storage);
      await conversations.update(conversationId, { assigneeIds: [agentIds[0], agentIds[0]] });
      const changed = await conversations.update(conversationId, { waitingSince: 5 });
      const last = await conversations.update(conversationId, { assigneeIds: [agentIds[1]] });
      assert.deepEqual(changed.assigneeIds, [agentIds[0]]);
      assert.deepEqual([last.version, last.waitingSince], [4, 5]);
      assert.deepEqual(last.assigneeIds, [agentIds[1]]);
      assert.deepEqual(await conversations.get(conversationId), last);
      await assert.rejects(conversations.update('cv_none', { state: 'closed' }), {
        code: 'conversation_not_found',
      });
    });

    it('keep the latest rating, which their card has, and lose it', async () => {
      const { conversations } = subject.storage;
      const { conversationId } = await aScene(subject.storage);
      const rating = { score: 5, comment: null, at: 7 };
      await conversations.update(conversationId, { rating: { score: 1, comment: 'No', at: 6 } });
      const rated = await conversations.update(conversationId, { rating });
      assert.deepEqual([rated.rating, rated.version], [rating, 3]);
      assert.deepEqual((await conversations.snapshot(conversationId))?.rating, rating);
      await conversations.update(conversationId, { rating: null });
      assert.equal((await conversations.get(conversationId))?.rating, null);
    });

    it('are live once for a contact and channel', async () => {
      const { conversations } = subject.storage;
      const scene = await aScene(subject.storage);
      const { contactId, conversationId } = scene;
      assert.equal((await conversations.live(contactId, 'chat'))?.id, conversationId);
      assert.equal(await conversations.live(contactId, 'email'), null);
      await assert.rejects(conversations.create(aConversation(scene)));
      await conversations.update(conversationId, { live: false, state: 'closed' });
      assert.equal(await conversations.live(contactId, 'chat'), null);
      const next = aConversation(scene);
      await conversations.create(next);
      assert.deepEqual(await conversations.live(contactId, 'chat'), next);
    });

    it('are locked as what they are once the lock is there', async () => {
      const { conversations } = subject.storage;
      const { contactId, conversationId, agentIds } = await aScene(subject.storage);
      const assigneeIds = [agentIds[1], agentIds[0]];
      await conversations.update(conversationId, { assigneeIds });
      await subject.storage.transaction(async (inside) => {
        const contact = await inside.conversations.lockContact(contactId);
        assert.deepEqual(contact, await inside.contacts.get(contactId));
        const live = await inside.conversations.lockLive(contactId, 'chat');
        assert.equal(live?.id, conversationId);
        assert.deepEqual(live.assigneeIds, assigneeIds);
        assert.equal(await inside.conversations.lockLive(contactId, 'email'), null);
        assert.equal(await inside.conversations.lockContact('ct_none'), null);
      });
    });

    it('show agents a card with all that it needs', async () => {
      const { conversations, contacts, marks } = subject.storage;
      const { conversationId, contactId, agentIds } = await aScene(subject.storage);
      await contacts.update(contactId, { name: 'Ida' });
      const author = { type: 'agent', id: agentIds[0], name: 'Ann', avatarUrl: null } as const;
      const text = '**Bold** [link](https://a.example) ' + 'x'.repeat(7_900);
      const message = await send(subject.storage, conversationId, {
        author,
        text,
        format: 'markdown',
      });
      await conversations.update(conversationId, { assigneeIds: [agentIds[1]] });
      await marks.raise(conversationId, agentIds[0], { read: 1 });
      await marks.raise(conversationId, 'contact', { delivered: 1 });
      assert.deepEqual(await conversations.snapshot(conversationId), {
        id: conversationId,
        contact: { id: contactId, name: 'Ida', email: null, avatarUrl: null },
        channel: 'chat',
        state: 'open',
        assigneeIds: [agentIds[1]],
        groupId: null,
        lastMessage: {
          id: message.id,
          kind: 'reply',
          authorType: 'agent',
          authorId: agentIds[0],
          authorName: 'Ann',
          excerpt: `Bold link ${'x'.repeat(149)}…`,
          createdAt: message.createdAt,
        },
        activeAt: message.createdAt,
        waitingSince: null,
        lastContactPosition: 0,
        reads: { [agentIds[0]]: 1 },
        mentions: {},
        contactMark: { delivered: 1, read: 0 },
        live: true,
        subject: null,
        rating: null,
        createdAt: 1_000,
        version: 6,
      });
    });
  });

  describe('windows', () => {
    it('are sorted and complete in every view, page by page', async () => {
      const { workspaceId, agentIds, conversationId } = await aScene(subject.storage);
      const first = await subject.storage.conversations.get(conversationId);
      assert.ok(first);
      const all = [first, ...(await seedCards(subject.storage, workspaceId, agentIds))];
      for (const view of everyView()) {
        const found = await pages(subject.storage, workspaceId, agentIds[0], view);
        const expected = all
          .filter((card) => isInView(card, view, agentIds[0]))
          .sort((a, b) => compareInView(a, b, view.order));
        assert.deepEqual(
          found.map(({ id }) => id),
          expected.map(({ id }) => id),
          JSON.stringify(view),
        );
      }
    });
  });

  describe('counts', () => {
    it('are right after any sequence of acts', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
          const { workspaceId, agentIds, conversationId } = await aScene(subject.storage);
          const model = new Map<string, Pick<ConversationRecord, 'state' | 'assigneeIds'>>([
            [conversationId, { state: 'open', assigneeIds: [] }],
          ]);
          for (const { pick, patches, rollsBack, creates } of acts) {
            const ids = [...model.keys()];
            const id = creates ? newId('cv') : (ids[pick % ids.length] ?? conversationId);
            const changes = patches.map(({ state, assignees }) => ({
              ...(state && { state }),
              ...(assignees && { assigneeIds: assignees.map((index) => agentIds[index]) }),
            }));
            if (creates) {
              const made = await addConversation(subject.storage, workspaceId, { id });
              model.set(id, made);
            }
            const work = subject.storage.transaction(async ({ conversations }) => {
              for (const change of changes) await conversations.update(id, change);
              const inside = await conversations.counts(workspaceId);
              assert.deepEqual(inside, countsOf(applied(model, id, changes)));
              if (rollsBack) throw new Error('rolled back');
            });
            await work.catch((error: unknown) => {
              if (!rollsBack || (error as Error).message !== 'rolled back') throw error;
            });
            if (!rollsBack)
              applied(model, id, changes).forEach((card, key) => model.set(key, card));
          }
          const counts = await subject.storage.conversations.counts(workspaceId);
          assert.deepEqual(counts, countsOf(model));
        }),
        { numRuns: 15 },
      );
    });
  });
}

type Card = Pick<ConversationRecord, 'state' | 'assigneeIds'>;

const act = fc.record({
  pick: fc.nat(),
  creates: fc.boolean(),
  rollsBack: fc.boolean(),
  patches: fc.array(
    fc.record({
      state: fc.constantFrom('open' as const, 'closed' as const, undefined),
      assignees: fc.option(fc.subarray([0, 1] as (0 | 1)[]), { nil: undefined }),
    }),
    { maxLength: 3 },
  ),
});

function applied(model: Map<string, Card>, id: string, changes: Partial<Card>[]) {
  const after = new Map(model);
  const card = after.get(id);
  if (!card) throw new Error(`no conversation ${id}`);
  after.set(id, Object.assign({}, card, ...changes) as Card);
  return after;
}

function countsOf(model: Map<string, Card>): Counts {
  const open = [...model.values()].filter(({ state }) => state === 'open');
  const counts: Counts = { all: open.length, unassigned: 0, byAgent: {} };
  for (const { assigneeIds } of open) {
    if (assigneeIds.length === 0) counts.unassigned++;
    for (const id of assigneeIds) counts.byAgent[id] = (counts.byAgent[id] ?? 0) + 1;
  }
  return counts;
}

function* everyView(): Generator<View> {
  for (const name of ['mine', 'unassigned', 'all'] as const)
    for (const state of ['open', 'closed'] as const)
      for (const channel of ['all', 'chat', 'email', 'social'] as const)
        for (const order of ['newest', 'oldest'] as const) yield { name, state, channel, order };
}

/** Cards in all mixtures, several of each with the same time. */
async function seedCards(storage: Storage, workspaceId: string, [me, other]: [string, string]) {
  const cards: ConversationRecord[] = [];
  for (let index = 0; index < 72; index++) {
    const assigneeIds = [[], [me], [other], [me, other]][index % 4] ?? [];
    const state = index % 3 === 0 ? 'closed' : 'open';
    const channel = channels[Math.floor(index / 4) % 3] ?? 'chat';
    const activeAt = 2_000 + (index % 5);
    cards.push(
      await addConversation(storage, workspaceId, { assigneeIds, state, channel, activeAt }),
    );
  }
  return cards;
}

/** All cards of a view, seven at a time. */
async function pages(storage: Storage, workspaceId: string, me: string, view: View) {
  const found = [];
  let after: { activeAt: number; id: string } | null = null;
  for (;;) {
    const page = await storage.conversations.window({ workspaceId, me, view, after, limit: 7 });
    found.push(...page.conversations);
    assert.ok(page.conversations.length <= 7);
    after = page.conversations.at(-1) ?? null;
    if (!page.more) return found;
    assert.equal(page.conversations.length, 7);
  }
}
