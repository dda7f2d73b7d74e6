import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { createOffice, observe, type Office } from './testing.fixture.js';

/** One thing that happens; numbers choose among what is there at that moment. */
type Step =
  | { type: 'visitor' }
  | { type: 'agent'; kind: 'reply' | 'comment' }
  | { type: 'edit' | 'delete'; pick: number }
  | { type: 'cut'; stayDown: boolean }
  | { type: 'restore' }
  | { type: 'wait'; ms: number }
  | { type: 'latency'; ms: number }
  | { type: 'flood' }
  | { type: 'older' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Step>({ type: 'visitor' }) },
  {
    weight: 5,
    arbitrary: fc
      .constantFrom('reply' as const, 'comment' as const)
      .map((kind): Step => ({ type: 'agent', kind })),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('edit' as const, 'delete' as const), fc.nat(100))
      .map(([type, pick]): Step => ({ type, pick })),
  },
  { weight: 2, arbitrary: fc.boolean().map((stayDown): Step => ({ type: 'cut', stayDown })) },
  { weight: 2, arbitrary: fc.constant<Step>({ type: 'restore' }) },
  { weight: 4, arbitrary: fc.nat(400).map((ms): Step => ({ type: 'wait', ms })) },
  { weight: 1, arbitrary: fc.nat(150).map((ms): Step => ({ type: 'latency', ms })) },
  { weight: 1, arbitrary: fc.constant<Step>({ type: 'flood' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ type: 'older' }) },
);

/** Plays the steps with clients that watch, then lets all come to rest. */
async function play(
  steps: readonly Step[],
  seeded: number,
): Promise<{ office: Office; shown: Record<'visitor' | 'agent', string[]>; truth: typeof shown }> {
  const office = createOffice();
  const { clock, server } = office;
  const visitor = office.visitor();
  visitor.send('first');
  await clock.advance(10);
  const id = [...server.workspace.conversations.keys()][0] ?? '';
  const contactId = server.workspace.conversations.get(id)?.contactId ?? '';
  for (let n = 0; n < seeded; n++) server.answer(id, 'ag_2', `old ${n}`);

  const agent = office.agent();
  const conversation = agent.conversation(id);
  observe(conversation.$thread);
  await clock.advance(10);

  const stored = () => server.workspace.conversations.get(id)?.messages ?? [];
  let written = 0;
  for (const now of steps) {
    if (now.type === 'visitor') server.say(contactId, `visitor ${written++}`);
    else if (now.type === 'agent') server.answer(id, 'ag_2', `agent ${written++}`, now.kind);
    else if (now.type === 'flood') {
      // More than a page of changes.
      for (let n = 0; n < 60; n++) server.answer(id, 'ag_2', `flood ${written++}`);
    } else if (now.type === 'edit' || now.type === 'delete') {
      const own = stored().filter((m) => m.author.id === 'ag_2' && m.deletedAt === null);
      const message = own[now.pick % Math.max(1, own.length)];
      if (message && now.type === 'edit') {
        server.acts.edit(id, 'ag_2', message.id, `edited ${written++}`);
      } else if (message) server.acts.remove(id, 'ag_2', message.id);
    } else if (now.type === 'cut') server.cut(now);
    else if (now.type === 'restore') server.restore();
    else if (now.type === 'wait') await clock.advance(now.ms);
    else if (now.type === 'latency') server.network.latencyMs = now.ms;
    else {
      visitor.loadOlder();
      conversation.loadOlder();
    }
  }

  server.restore();
  await clock.advance(60_000);
  for (let page = 0; page < 10; page++) {
    visitor.loadOlder();
    conversation.loadOlder();
    await clock.advance(1_000);
  }
  const line = (m: { id: string | null; text: string; deletedAt: number | null }): string =>
    `${m.id} ${m.deletedAt === null ? m.text : 'deleted'}`;
  const shown = {
    visitor: visitor.$thread.get().items.map(line),
    agent: conversation.$thread.get().items.map(line),
  };
  const truth = {
    visitor: stored()
      .filter(({ publicPosition }) => publicPosition !== null)
      .map(line),
    agent: stored().map(line),
  };
  return { office, shown, truth };
}

describe('cursors', () => {
  it('end with exactly what each side may see, in order, whatever happened between', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.constantFrom(0, 3, 70),
        async (steps, seeded) => {
          const { shown, truth } = await play(steps, seeded);
          expect(shown).to.deep.equal(truth);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('take the last page when the server does not know the cursor', async () => {
    const office = createOffice({
      conversations: [{ id: 'cv_1', messages: [{ text: 'one' }, { text: 'two' }] }],
    });
    const { clock, server } = office;
    const conversation = office.agent().conversation('cv_1');
    observe(conversation.$thread);
    await clock.advance(0);
    server.cut({ stayDown: true });
    // As after a restore from an older backup.
    const stored = server.workspace.conversations.get('cv_1');
    stored?.messages.pop();
    if (stored) stored.lastSeq = 1;
    server.restore();
    await clock.advance(100);

    expect(conversation.$thread.get().items.map(({ text }) => text)).to.deep.equal(['one']);
  });

  it('fetch what is missing when a number is skipped', async () => {
    const office = createOffice({ conversations: [{ id: 'cv_1', messages: [{ text: 'one' }] }] });
    const { clock, server } = office;
    const conversation = office.agent().conversation('cv_1');
    observe(conversation.$thread);
    await clock.advance(0);
    const stored = server.workspace.conversations.get('cv_1');
    // The bus delivers at most once: this message is stored, and its event lost.
    if (stored) {
      const [first] = stored.messages;
      stored.lastSeq = 2;
      if (first)
        stored.messages.push({ ...first, id: 'ms_lost', text: 'lost', position: 2, seq: 2 });
    }
    server.answer('cv_1', 'ag_2', 'three', 'comment');
    await clock.advance(1_000);

    expect(conversation.$thread.get().items.map(({ text }) => text)).to.deep.equal([
      'one',
      'lost',
      'three',
    ]);
  });
});
