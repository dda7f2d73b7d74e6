import { expect } from '@open-wc/testing';
import { compareInView, type Conversation, type DotForecast } from '../domain/index.js';
import { createOrderedCards } from './ordered-cards.js';

function conversation(n: number, patch: Partial<Conversation> = {}): Conversation {
  return {
    id: `cv_${String(n).padStart(6, '0')}`,
    contact: { id: `ct_${n}`, name: null, email: null, avatarUrl: null },
    channel: 'chat',
    state: 'open',
    assigneeIds: [],
    groupId: null,
    lastMessage: null,
    activeAt: n,
    waitingSince: null,
    lastContactPosition: 0,
    reads: {},
    mentions: {},
    contactMark: { delivered: 0, read: 0 },
    live: true,
    subject: null,
    rating: null,
    createdAt: 0,
    version: 1,
    ...patch,
  };
}

/** A row over conversations that the test changes, which counts how often a dot is worked out. */
function row(count: number) {
  const known = new Map(
    Array.from({ length: count }, (_, n) => conversation(n)).map((each) => [each.id, each]),
  );
  let asked = 0;
  const ordered = createOrderedCards({
    order: 'newest',
    find: (id) => known.get(id),
    forecast({ waitingSince }): DotForecast {
      asked++;
      if (waitingSince === null) return { dot: 'none', changesAt: null };
      return now >= waitingSince + 30
        ? { dot: 'missed', changesAt: null }
        : { dot: 'new', changesAt: waitingSince + 30 };
    },
  });
  let now = 0;
  for (const id of known.keys()) ordered.admit(id);
  ordered.update(0);
  return {
    ordered,
    known,
    change(n: number, patch: Partial<Conversation>): void {
      const next = conversation(n, patch);
      known.set(next.id, next);
      ordered.touch(next.id);
    },
    update(at: number) {
      now = at;
      asked = 0;
      ordered.update(at);
      return asked;
    },
    ids: () => ordered.cards.map(({ conversation: { id } }) => id),
    sorted: () =>
      [...known.values()].sort((a, b) => compareInView(a, b, 'newest')).map(({ id }) => id),
  };
}

describe('cards in order', () => {
  it('are in the order of a sort, whatever changed, came and went', () => {
    const { ordered, known, change, update, ids, sorted } = row(300);
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let turn = 0; turn < 200; turn++) {
      const n = random(300);
      const { id } = conversation(n);
      const act = random(5);
      if (act === 0) {
        known.delete(id);
        ordered.touch(id);
      } else {
        change(n, { activeAt: random(1_000), version: turn + 2 });
        ordered.admit(id);
      }
      if (random(3) === 0) {
        update(turn);
        expect(ids()).to.deep.equal(sorted());
      }
    }
    for (let n = 0; n < 200; n++) {
      change(n, { activeAt: random(500) });
      ordered.admit(conversation(n).id);
    }
    update(201);
    expect(ids()).to.deep.equal(sorted());
  });

  it('S3.13 cost what changed, not what there is, with 100,000 of them', () => {
    const { ordered, change, update, ids, sorted } = row(100_000);
    const before = ordered.cards;
    change(5, { activeAt: 200_000 });
    change(99_999, { activeAt: 0 });
    change(50_000, { version: 2 });

    expect(update(1)).to.equal(3);
    expect(ids().slice(0, 3)).to.deep.equal(sorted().slice(0, 3));
    expect(ordered.cards.length).to.equal(100_000);
    expect(ordered.cards[10]).to.equal(before[10]);
    expect(update(2)).to.equal(0);
  });

  it('keep their row as long as nothing in it changed', () => {
    const { ordered, update } = row(3);
    const before = ordered.cards;
    ordered.touchAll();
    update(1);
    expect(ordered.cards).to.equal(before);
  });

  it('change their dots when they are due, those alone, and say when the next one is', () => {
    const { ordered, change, update } = row(1_000);
    const dots = (): string[] =>
      ordered.cards.flatMap(({ conversation: { id }, dot }) =>
        dot === 'none' ? [] : [`${id} ${dot}`],
      );
    change(1, { waitingSince: 100 });
    change(2, { waitingSince: 90 });
    change(3, { waitingSince: 95 });
    update(100);
    expect(ordered.nextDue()).to.equal(120);
    expect(update(119)).to.equal(0);
    expect(update(120)).to.equal(1);
    expect(dots()).to.deep.equal(['cv_000003 new', 'cv_000002 missed', 'cv_000001 new']);
    change(3, {});
    expect(update(130)).to.equal(2);
    expect(dots()).to.deep.equal(['cv_000002 missed', 'cv_000001 missed']);
    expect(ordered.nextDue()).to.equal(null);
    expect(ordered.dots).to.equal(2);
    ordered.drop('cv_000001');
    update(131);
    expect(ordered.dots).to.equal(1);
  });

  it('are looked at again where their agents changed', () => {
    const { ordered, change, update } = row(1_000);
    change(1, { waitingSince: 10, assigneeIds: ['ag_1'] });
    change(2, { waitingSince: 10, assigneeIds: ['ag_2'] });
    change(3, { assigneeIds: ['ag_1'] });
    update(10);
    ordered.touchWaitingFor(['ag_1']);
    expect(update(11)).to.equal(1);
    change(1, { assigneeIds: ['ag_1'] });
    update(12);
    ordered.touchWaitingFor(['ag_1']);
    expect(update(13)).to.equal(0);
  });
});
