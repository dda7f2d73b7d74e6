import { asc, eq, sql } from 'drizzle-orm';
import { defaultSettings } from '#kit/domain/settings.js';
import { defaultLook, withLook } from '#kit/domain/widget-look.js';
import type { WorkspaceRecord, Workspaces } from '../../ports.js';
import { workspaces } from './schema.js';
import type { Scope } from './scope.js';

/** Any number that no other program, and nothing else here, takes in the same database. */
const firstLockKey = 6_032_174_552;

export function createWorkspaces(scope: Scope): Workspaces {
  return {
    async create(workspace) {
      await scope.connection.insert(workspaces).values(workspace);
    },

    async get(id) {
      const [row] = await scope.connection.select().from(workspaces).where(eq(workspaces.id, id));
      return row ? whole(row) : null;
    },

    async lock(id) {
      const [row] = await scope.connection
        .select()
        .from(workspaces)
        .where(eq(workspaces.id, id))
        .for('update');
      return row ? whole(row) : null;
    },

    async lockRouting(id) {
      const [row] = await scope.connection
        .select({ settings: workspaces.settings, last: workspaces.lastRouted })
        .from(workspaces)
        .where(eq(workspaces.id, id))
        .for('no key update');
      const routing = row?.settings.routing ?? defaultSettings.routing;
      return row ? { routing, last: row.last } : null;
    },

    async routed(id, agentId) {
      await scope.connection
        .update(workspaces)
        .set({ lastRouted: agentId })
        .where(eq(workspaces.id, id));
    },

    async lockFirst() {
      await scope.connection.execute(sql`select pg_advisory_xact_lock(${firstLockKey})`);
    },

    async list() {
      const rows = await scope.connection
        .select()
        .from(workspaces)
        .orderBy(asc(workspaces.createdAt), asc(workspaces.id));
      return rows.map(whole);
    },

    async update(id, patch) {
      const rises = 'settings' in patch || 'name' in patch;
      const by = rises ? 1 : 0;
      const [row] = await scope.connection
        .update(workspaces)
        .set({ ...patch, settingsVersion: sql`${workspaces.settingsVersion} + ${by}` })
        .where(eq(workspaces.id, id))
        .returning();
      return row ? whole(row) : null;
    },
  };
}

/** A setting that is younger than the workspace is as by default. */
function whole(row: typeof workspaces.$inferSelect): WorkspaceRecord {
  const { groupsVersion: _groupsVersion, lastRouted: _lastRouted, ...workspace } = row;
  const look = withLook(defaultLook, row.settings.look);
  return { ...workspace, settings: { ...defaultSettings, ...row.settings, look } };
}
