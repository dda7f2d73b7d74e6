import { expect } from '@open-wc/testing';
import { dot, forecastDot, type DotInput } from './dot.js';

const second = 1_000;
const limit = 30 * second;

interface Scene {
  assignees?: string[];
  waitingSince?: number | null;
  state?: 'open' | 'closed';
  reads?: Record<string, number>;
  agents?: Record<string, 'online' | 'offline' | 'invisible'>;
  availableSince?: number;
  now?: number;
}

function scene({
  assignees = [],
  waitingSince = 0,
  state = 'open',
  reads = {},
  agents = { ana: 'online', ben: 'online' },
  availableSince = 0,
  now = 0,
}: Scene = {}): DotInput {
  return {
    conversation: {
      state,
      assigneeIds: assignees,
      waitingSince,
      lastContactPosition: 3,
      reads,
    },
    agents: new Map(
      Object.entries(agents).map(([id, status]) => [
        id,
        { status, availableSince: status === 'offline' ? null : availableSince },
      ]),
    ),
    me: 'ana',
    now,
    missedAfterMs: limit,
  };
}

describe('status dot', () => {
  it('S2.1 shows none when read, replied to or closed', () => {
    expect(dot(scene({ reads: { ana: 3 } }))).to.equal('none');
    expect(dot(scene({ waitingSince: null }))).to.equal('none');
    expect(dot(scene({ state: 'closed' }))).to.equal('none');
  });

  it('S2.2 is violet for a new conversation of nobody, until I open it', () => {
    expect(dot(scene())).to.equal('new');
    expect(dot(scene({ reads: { ben: 3 } }))).to.equal('new');
    expect(dot(scene({ reads: { ana: 3 } }))).to.equal('none');
  });

  it('S2.2 is violet for a new message in mine, not in one of another agent', () => {
    expect(dot(scene({ assignees: ['ana'], reads: { ana: 2 } }))).to.equal('new');
    expect(dot(scene({ assignees: ['ben'], reads: { ana: 2 } }))).to.equal('none');
  });

  it('S2.3 is red once the assignee did not answer in time, for every agent', () => {
    const waiting = { assignees: ['ben'], waitingSince: 0 };
    expect(dot(scene({ ...waiting, now: limit - 1 }))).to.equal('none');
    expect(dot(scene({ ...waiting, now: limit }))).to.equal('missed');
    expect(dot(scene({ ...waiting, assignees: ['ana'], now: limit }))).to.equal('missed');
  });

  it('S2.3 is red at once when the assignee is offline, and wins over violet', () => {
    expect(dot(scene({ assignees: ['ana'], agents: { ana: 'offline' } }))).to.equal('missed');
    expect(dot(scene({ assignees: ['gone'] }))).to.equal('missed');
  });

  it('S2.3 clears on a reply and when the agent comes back online', () => {
    const offline = { assignees: ['ben'], agents: { ben: 'offline' as const }, now: 90 * second };
    expect(dot(scene(offline))).to.equal('missed');
    expect(dot(scene({ ...offline, waitingSince: null }))).to.equal('none');
    expect(
      dot(scene({ ...offline, agents: { ben: 'online' }, availableSince: 90 * second })),
    ).to.equal('none');
  });

  it('S2.4 counts from the later of the first waiting message and the return online', () => {
    const back = { assignees: ['ben'], waitingSince: 10 * second, availableSince: 60 * second };
    expect(dot(scene({ ...back, now: 89 * second }))).to.equal('none');
    expect(dot(scene({ ...back, now: 90 * second }))).to.equal('missed');
  });

  it('S2.4 is never red without an assignee', () => {
    expect(dot(scene({ now: 3_600 * second, reads: { ana: 3 } }))).to.equal('none');
  });

  it('S2.4 with several is red only when each is offline or late', () => {
    const both = { assignees: ['ana', 'ben'], reads: { ana: 3 } };
    expect(dot(scene({ ...both, agents: { ana: 'online', ben: 'offline' } }))).to.equal('none');
    expect(dot(scene({ ...both, agents: { ana: 'offline', ben: 'offline' } }))).to.equal('missed');
    expect(dot(scene({ ...both, now: limit }))).to.equal('missed');
  });

  it('S2.4 takes invisible for online', () => {
    const input = { assignees: ['ben'], agents: { ben: 'invisible' as const } };
    expect(dot(scene({ ...input, now: 1 }))).to.equal('none');
    expect(dot(scene({ ...input, now: limit }))).to.equal('missed');
  });

  it('S2.5 foretells the moment of its change', () => {
    expect(forecastDot(scene({ assignees: ['ana'], reads: { ana: 2 }, now: 5 }))).to.deep.equal({
      dot: 'new',
      changesAt: limit,
    });
    expect(forecastDot(scene()).changesAt).to.equal(null);
    expect(forecastDot(scene({ assignees: ['ana'], now: limit })).changesAt).to.equal(null);
  });
});
