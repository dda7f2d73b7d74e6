import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Audience, MessageRecord, Storage } from '../../../ports.js';
import { aScene, change, newId, send, upload } from '../testing/fixtures.js';
import type { Runner, Subject } from './subject.js';

const system = { type: 'closed', byId: null, byName: null } as const;

export function messagesContract({ describe, it }: Runner, subject: Subject): void {
  describe('messages', () => {
    it('come back as they were stored', async () => {
      const { messages } = subject.storage;
      const scene = await aScene(subject.storage);
      const { conversationId } = scene;
      const attachments = [
        await upload(subject.storage, scene, {
          name: 'b.png',
          size: 2 ** 33,
          mediaType: 'image/png',
          image: { width: 640, height: 480 },
        }),
        await upload(subject.storage, scene),
      ];
      const message = await send(subject.storage, conversationId, { attachments });
      assert.deepEqual(await messages.get(message.id), message);
      assert.deepEqual(await messages.byClientId(message.author, message.clientId ?? ''), message);
      assert.equal(await messages.byClientId({ type: 'agent', id: 'x' }, 'none'), null);
      assert.equal(await messages.byClientId({ type: 'system', id: null }, 'none'), null);
      assert.equal(await messages.get('ms_none'), null);
    });

    it('are unique by author and clientId', async () => {
      const { conversationId, agentIds } = await aScene(subject.storage);
      const clientId = newId('client');
      const author = { type: 'agent', id: agentIds[0], name: 'Ann', avatarUrl: null } as const;
      await send(subject.storage, conversationId, { clientId });
      await send(subject.storage, conversationId, { clientId, author });
      await assert.rejects(send(subject.storage, conversationId, { clientId }));
      const conversation = await subject.storage.conversations.get(conversationId);
      assert.equal(conversation?.lastSeq, 2, 'what was refused took no number');
    });

    it('leave a tombstone without text or files', async () => {
      const { messages } = subject.storage;
      const scene = await aScene(subject.storage);
      const { conversationId } = scene;
      const file = await upload(subject.storage, scene);
      const message = await send(subject.storage, conversationId, { attachments: [file] });
      await change(subject.storage, message, 'edited');
      const edited = await messages.get(message.id);
      await change(subject.storage, message, 'deleted');
      const deleted = await messages.get(message.id);
      assert.deepEqual(edited, {
        ...message,
        text: 'Hello!',
        seq: 2,
        publicSeq: 2,
        editedAt: 5_002,
      });
      assert.deepEqual(deleted, {
        ...edited,
        text: '',
        seq: 3,
        publicSeq: 3,
        deletedAt: 5_003,
        attachments: [],
      });
      await assert.rejects(messages.change({ ...message, id: 'ms_none' }, 'edited'));
    });

    it('tell what a card shows and who replied', async () => {
      const { messages } = subject.storage;
      const { conversationId, agentIds } = await aScene(subject.storage);
      const by = (id: string) =>
        ({ author: { type: 'agent', id, name: null, avatarUrl: null } }) as const;
      assert.equal(await messages.lastShown(conversationId), null);
      await send(subject.storage, conversationId, by(agentIds[0]));
      await send(subject.storage, conversationId, by(agentIds[1]));
      const reply = await send(subject.storage, conversationId, by(agentIds[0]));
      const comment = await send(subject.storage, conversationId, {
        ...by(agentIds[1]),
        kind: 'comment',
      });
      await send(subject.storage, conversationId, {
        kind: 'system',
        system,
        author: { type: 'system', id: null, name: null, avatarUrl: null },
        clientId: null,
      });
      assert.equal((await messages.lastShown(conversationId))?.id, comment.id);
      await change(subject.storage, comment, 'deleted');
      assert.equal((await messages.lastShown(conversationId))?.id, reply.id);
      assert.deepEqual(await messages.repliers(conversationId), agentIds);
    });

    it('count the replies of agents after a position, as far as anybody is told', async () => {
      const { messages } = subject.storage;
      const { conversationId, agentIds } = await aScene(subject.storage);
      const author = { type: 'agent', id: agentIds[0], name: 'Ann', avatarUrl: null } as const;
      await send(subject.storage, conversationId);
      const first = await send(subject.storage, conversationId, { author });
      await send(subject.storage, conversationId, { author, kind: 'comment' });
      const gone = await send(subject.storage, conversationId, { author });
      await change(subject.storage, gone, 'deleted');
      await send(subject.storage, conversationId, { author });
      assert.equal(await messages.countReplies(conversationId, 0), 2);
      assert.equal(await messages.countReplies(conversationId, first.position), 1);
      assert.equal(await messages.countReplies('cv_none', 0), 0);
    });

    it('are read back in pages from the end, by each side in its own numbers', async () => {
      const { conversationId } = await aScene(subject.storage);
      const sent: MessageRecord[] = [];
      for (let index = 0; index < 23; index++) {
        const kind = index % 3 === 1 ? 'comment' : 'reply';
        sent.push(await send(subject.storage, conversationId, { kind }));
      }
      await change(subject.storage, sent[4] as MessageRecord, 'deleted');
      const agent = await thread(subject.storage, conversationId, 'agent');
      const visitor = await thread(subject.storage, conversationId, 'visitor');
      const shown = sent.filter(({ kind }) => kind === 'reply');
      assert.deepEqual(ids(agent), ids(sent));
      assert.deepEqual(ids(visitor), ids(shown));
    });

    it('bring each reader up to date from any number, with each change once', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 20 }), async (steps) => {
          const { conversationId } = await aScene(subject.storage);
          await play(subject.storage, conversationId, steps);
          await checkNumbers(subject, conversationId);
          for (const audience of ['agent', 'visitor'] as const) {
            await checkCursors(subject.storage, conversationId, audience);
          }
        }),
        { numRuns: 10 },
      );
    });
  });

  describe('marks', () => {
    it('never go back and raise the version only when they rise', async () => {
      const { marks, conversations } = subject.storage;
      const { conversationId, agentIds } = await aScene(subject.storage);
      const raise = (mark: { delivered?: number; read?: number }) =>
        marks.raise(conversationId, 'contact', mark);
      assert.deepEqual(await raise({}), { changed: false, mark: { delivered: 0, read: 0 } });
      assert.deepEqual(await raise({ delivered: 4 }), {
        changed: true,
        mark: { delivered: 4, read: 0 },
      });
      assert.deepEqual(await raise({ delivered: 2, read: 3 }), {
        changed: true,
        mark: { delivered: 4, read: 3 },
      });
      assert.deepEqual(await raise({ delivered: 1, read: 2 }), {
        changed: false,
        mark: { delivered: 4, read: 3 },
      });
      await marks.raise(conversationId, agentIds[0], { read: 2 });
      assert.deepEqual(await marks.get(conversationId), {
        contact: { delivered: 4, read: 3 },
        agents: { [agentIds[0]]: { delivered: 0, read: 2 } },
      });
      assert.equal((await conversations.get(conversationId))?.version, 4);
    });

    it('go from one side’s numbers to the other’s', async () => {
      const { marks } = subject.storage;
      const { conversationId } = await aScene(subject.storage);
      for (const kind of ['comment', 'reply', 'comment', 'reply', 'comment'] as const) {
        await send(subject.storage, conversationId, { kind });
      }
      const toPublic = [0, 1, 2, 3, 4, 5, 99].map((at) => marks.toPublic(conversationId, at));
      const fromPublic = [0, 1, 2, 99].map((at) => marks.fromPublic(conversationId, at));
      assert.deepEqual(await Promise.all(toPublic), [0, 0, 1, 1, 2, 2, 2]);
      assert.deepEqual(await Promise.all(fromPublic), [0, 2, 4, 4]);
    });
  });
}

const step = fc.record({
  act: fc.constantFrom('reply' as const, 'comment' as const, 'edited' as const, 'deleted' as const),
  pick: fc.nat(),
});

async function play(
  storage: Storage,
  conversationId: string,
  steps: { act: 'reply' | 'comment' | 'edited' | 'deleted'; pick: number }[],
): Promise<void> {
  const sent: MessageRecord[] = [];
  for (const { act, pick } of steps) {
    if (act === 'reply' || act === 'comment') {
      sent.push(await send(storage, conversationId, { kind: act }));
      continue;
    }
    const message = sent[pick % sent.length];
    if (message) await change(storage, message, act);
  }
}

/** Every change took the next number, and every public one the next public number. */
async function checkNumbers({ storage, rows }: Subject, conversationId: string): Promise<void> {
  const changes = await rows(
    'select seq, public_seq from message_changes where conversation_id = $1 order by seq',
    [conversationId],
  );
  const conversation = await storage.conversations.get(conversationId);
  const seqs = changes.map((row) => Number(row['seq']));
  const publicSeqs = changes.flatMap(({ public_seq: seq }) => (seq === null ? [] : [Number(seq)]));
  assert.deepEqual(seqs, upTo(conversation?.lastSeq ?? -1));
  assert.deepEqual(publicSeqs, upTo(conversation?.lastPublicSeq ?? -1));
}

async function checkCursors(
  storage: Storage,
  conversationId: string,
  audience: Audience,
): Promise<void> {
  const number = (message: MessageRecord) =>
    (audience === 'agent' ? message.seq : message.publicSeq) ?? Number.NaN;
  const latest = await thread(storage, conversationId, audience);
  latest.sort((a, b) => number(a) - number(b));
  for (let after = 0; after <= latest.length * 2; after++) {
    const found: MessageRecord[] = [];
    for (let cursor = after; ; cursor = number(found.at(-1) as MessageRecord)) {
      const range = { conversationId, audience, after: cursor, limit: 3 };
      const { messages, more } = await storage.messages.changedAfter(range);
      found.push(...messages);
      if (!more) break;
      assert.equal(messages.length, 3);
    }
    assert.deepEqual(
      found,
      latest.filter((message) => number(message) > after),
    );
  }
}

/** The whole thread, five messages at a time. */
async function thread(storage: Storage, conversationId: string, audience: Audience) {
  const found: MessageRecord[] = [];
  for (;;) {
    const first = found[0];
    const before = first && (audience === 'agent' ? first.position : first.publicPosition);
    const range = { conversationId, audience, limit: 5, before: before ?? null };
    const page = await storage.messages.before(range);
    found.unshift(...page.messages);
    if (!page.more) return found;
    assert.equal(page.messages.length, 5);
  }
}

function ids(messages: MessageRecord[]): string[] {
  return messages.map(({ id }) => id);
}

function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
