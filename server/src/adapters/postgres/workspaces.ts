import { asc, eq, sql } from 'drizzle-orm';
import type { Workspaces } from '../../ports.js';
import { workspaces } from './schema.js';
import type { Scope } from './scope.js';

export function createWorkspaces(scope: Scope): Workspaces {
  return {
    async create(workspace) {
      await scope.connection.insert(workspaces).values(workspace);
    },

    async get(id) {
      const [row] = await scope.connection.select().from(workspaces).where(eq(workspaces.id, id));
      return row ?? null;
    },

    list: () =>
      scope.connection
        .select()
        .from(workspaces)
        .orderBy(asc(workspaces.createdAt), asc(workspaces.id)),

    async update(id, patch) {
      const rises = 'settings' in patch || 'name' in patch;
      const by = rises ? 1 : 0;
      const [row] = await scope.connection
        .update(workspaces)
        .set({ ...patch, settingsVersion: sql`${workspaces.settingsVersion} + ${by}` })
        .where(eq(workspaces.id, id))
        .returning();
      return row ?? null;
    },
  };
}
