import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { skip } from '../src/adapters/postgres/testing/database.js';
import { createWorkspace, firstWorkspace } from '../src/usecases/create-workspace.js';
import { updateSetting } from '../src/usecases/update-settings.js';
import { startFixture, type Fixture } from './app-fixture.js';

describe('commands at the same time', { skip }, () => {
  let fixture: Fixture;
  before(async () => {
    fixture = await startFixture();
  });
  after(() => fixture.close());

  it('each keep what the others set', async () => {
    const { ports } = fixture.app;
    const { id } = fixture.workspace;
    const changes = { missedAfterMs: 60_000, greeting: 'Good day', tracking: 'none' } as const;
    await Promise.all(
      Object.entries(changes).map(([name, value]) => updateSetting(ports, id, name, value)),
    );
    const stored = await ports.storage.workspaces.get(id);
    const { missedAfterMs, greeting, tracking } = stored?.settings ?? {};
    assert.deepEqual({ missedAfterMs, greeting, tracking }, changes);
    assert.equal(stored?.settingsVersion, fixture.workspace.settingsVersion + 3);
  });

  it('make one first workspace between them', async () => {
    const { ports } = fixture.app;
    const { workspaces } = ports.storage;
    // What three servers saw that began together, on a database where nothing was.
    const blind = {
      ...ports,
      storage: { ...ports.storage, workspaces: { ...workspaces, list: async () => [] } },
    };
    const made = await Promise.all([1, 2, 3].map(() => firstWorkspace(blind, 'Support')));
    assert.deepEqual(new Set(made.map(({ id }) => id)), new Set([fixture.workspace.id]));
    const second = await createWorkspace(ports, { name: 'Second' });
    assert.equal((await workspaces.list()).length, 2);
    assert.notEqual(second.workspace.id, fixture.workspace.id);
  });
});
