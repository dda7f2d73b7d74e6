import { expect } from '@open-wc/testing';
import type { AgentRole } from './agent.js';
import { may, mayChangeRole, roleActs } from './roles.js';

const roles: AgentRole[] = ['owner', 'admin', 'agent'];

describe('roles', () => {
  it('let owners do everything', () => {
    expect(roleActs.filter((act) => !may('owner', act))).to.deep.equal([]);
  });

  it('keep groups, settings and people from agents', () => {
    const refused = roleActs.filter((act) => !may('agent', act));
    expect(refused).to.include.members(['group.save', 'group.delete', 'settings.update']);
    expect(refused).to.include.members(['agent.invite', 'agent.remove', 'agent.role']);
    expect(roleActs.filter((act) => !may('admin', act))).to.deep.equal([]);
  });

  it('let only owners make, unmake and remove owners, and keep the last one', () => {
    expect(mayChangeRole('admin', 'agent', 'admin', 1)).to.equal(true);
    expect(mayChangeRole('admin', 'agent', 'owner', 1)).to.equal(false);
    expect(mayChangeRole('admin', 'owner', null, 2)).to.equal(false);
    expect(mayChangeRole('owner', 'owner', 'agent', 2)).to.equal(true);
    expect(mayChangeRole('owner', 'owner', 'agent', 1)).to.equal(false);
    expect(mayChangeRole('owner', 'owner', null, 1)).to.equal(false);
    expect(mayChangeRole('owner', 'agent', 'owner', 1)).to.equal(true);
    for (const before of roles) expect(mayChangeRole('agent', before, 'agent', 2)).to.equal(false);
  });
});
