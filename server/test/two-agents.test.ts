import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { ListStore } from '#kit/store/agent-client.js';
import { seeded } from '../src/phoenix/testing/seeded.js';
import { startFixture, type Fixture } from './app-fixture.js';
import { noLimits } from './chaos/server-process.js';
import { comesTrue } from './chaos/wait.js';
import { Desk } from './two-agents/desk.js';
import { interleave } from './two-agents/interleave.js';
import { makeScript } from './two-agents/script.js';
import type { Office } from './two-agents/seat.js';

/** One of these plays alone, as often as needed: `TWO_AGENTS_SEED=17`. */
const only = process.env['TWO_AGENTS_SEED'];
const count = 200;
const seeds = only ? [Number(only)] : Array.from({ length: count }, (_, index) => index + 1);
/** So many conversations at once, each before desks of its own. */
const rooms = only ? 1 : 4;

describe('two agents in one conversation at once', () => {
  let fixture: Fixture;
  let office: Office;
  let desks: [Desk, Desk][];

  before(async () => {
    fixture = await startFixture({ graceMs: 60_000, environment: { LIMITS: noLimits } });
    const other = await fixture.agent('Bo');
    const random = seeded(1);
    desks = Array.from({ length: rooms }, () => [
      new Desk(fixture, fixture.owner, random),
      new Desk(fixture, other, random),
    ]);
    const all = desks.flat();
    await comesTrue(() => all.every(({ client }) => client.$me.get() !== null), 10_000);
    const { client } = all[0]!;
    const group = { names: {}, private: false, memberIds: [other.id] };
    const sales = await client.saveGroup({ ...group, name: 'Sales' });
    const service = await client.saveGroup({ ...group, name: 'Service' });
    const reply = await client.saveReply({ shortcut: 'hi', text: 'Hi!', shared: true });
    office = { groupIds: [sales.id, service.id], replyId: reply.id };
  });

  after(async () => {
    for (const desk of desks.flat()) desk.leave();
    await fixture.close();
  });

  it(`S3.35 ${seeds.length} seeded interleavings: both screens and the database agree, nothing is lost, refused acts are undone`, async () => {
    const failed: string[] = [];
    let next = 0;
    // Those with a fault first: the time limits of requests that get lost run out while others play.
    const scripts = seeds.map(makeScript).sort((a, b) => b.faults.length - a.faults.length);
    await Promise.all(
      desks.map(async (pair) => {
        for (let script = scripts[next++]; script; script = scripts[next++]) {
          const faults = await interleave(fixture, pair, script, office);
          if (faults.length === 0) continue;
          const lines = [`TWO_AGENTS_SEED=${script.seed} failed:`, ...faults];
          failed.push([...lines, JSON.stringify(script)].join('\n  '));
        }
      }),
    );
    assert.equal(failed.length, 0, `${failed.length} of ${seeds.length}:\n${failed.join('\n')}`);
  });

  it('all lists and counts are those of the database afterwards', async () => {
    const { storage, workspace } = fixture;
    const counts = await storage.conversations.counts(workspace.id);
    for (const { agent, client, lists } of desks.flat()) {
      // They are told a moment later, many changes at once.
      const right = (): boolean => isDeepStrictEqual(client.$counts.get(), counts);
      await comesTrue(right, 10_000);
      assert.deepEqual(client.$counts.get(), counts);
      for (const list of lists) {
        await loadWhole(list);
        const query = { workspaceId: workspace.id, me: agent.id, view: list.view, after: null };
        const stored = await storage.conversations.window({ ...query, limit: 1_000 });
        const ids = stored.conversations.map(({ id }) => id);
        const shown = list.$list.get().cards.map(({ conversation }) => conversation.id);
        assert.deepEqual(shown, ids, `${list.view.name}, ${list.view.state}`);
      }
    }
  });
});

async function loadWhole({ $list, loadMore }: ListStore): Promise<void> {
  const whole = await comesTrue(
    () => {
      const { more, loadingMore } = $list.get();
      if (more && !loadingMore) loadMore();
      return !more;
    },
    10_000,
    5,
  );
  assert.ok(whole, 'a list has no end');
}
