import { expect } from '@open-wc/testing';
import { route, type RoutingInput } from './index.js';

const online = (id: string) => ({ id, status: 'online' as const });
const three = [online('ag_c'), online('ag_a'), online('ag_b')];

const ask = (patch: Partial<RoutingInput>): string | null =>
  route({ routing: 'round_robin', agents: three, group: null, open: {}, last: null, ...patch });

describe('routing', () => {
  it('S4.5 none leaves it, round robin goes round, least busy takes who has fewest', () => {
    expect(ask({ routing: 'none' })).to.equal(null);
    const turns: (string | null)[] = [];
    for (let last: string | null = null; turns.length < 4;) turns.push((last = ask({ last })));
    expect(turns).to.deep.equal(['ag_a', 'ag_b', 'ag_c', 'ag_a']);
    const open = { ag_a: 2, ag_b: 1, ag_c: 2 };
    expect(ask({ routing: 'least_busy', open })).to.equal('ag_b');
    expect(ask({ routing: 'least_busy', open: { ag_a: 1, ag_b: 1 } })).to.equal('ag_c');
    const group = { memberIds: ['ag_c', 'ag_x'] };
    expect(ask({ group, last: 'ag_c' })).to.equal('ag_c');
    expect(ask({ routing: 'least_busy', open: { ag_c: 9 }, group })).to.equal('ag_c');
  });

  it('goes on after an agent who left or went offline', () => {
    expect(ask({ last: 'ag_bb' })).to.equal('ag_c');
    expect(ask({ last: 'ag_z' })).to.equal('ag_a');
    expect(ask({ agents: three.slice(0, 2), last: 'ag_a' })).to.equal('ag_c');
  });

  it('takes turns among those who are equally busy', () => {
    expect(ask({ routing: 'least_busy', last: 'ag_a' })).to.equal('ag_b');
    expect(ask({ routing: 'least_busy', last: 'ag_c', open: { ag_a: 1 } })).to.equal('ag_b');
  });

  it('gives nothing to who is invisible or offline, and leaves it where nobody is there', () => {
    const agents = [
      { id: 'ag_a', status: 'invisible' as const },
      { id: 'ag_b', status: 'offline' as const },
    ];
    expect(ask({ agents })).to.equal(null);
    expect(ask({ agents: [...agents, online('ag_c')] })).to.equal('ag_c');
    expect(ask({ group: { memberIds: [] } })).to.equal(null);
  });
});
