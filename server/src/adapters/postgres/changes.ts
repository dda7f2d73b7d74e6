import { and, gte, inArray, lt, sql } from 'drizzle-orm';
import type { Changes } from '../../change-ports.js';
import { agents, conversations, workspaces } from './schema.js';
import type { Scope } from './scope.js';

export function createChanges(scope: Scope): Changes {
  return {
    async now() {
      const { rows } = await scope.connection.execute<{ moment: string }>(
        sql`select pg_snapshot_xmin(pg_current_snapshot())::text as moment`,
      );
      return rows[0]?.moment ?? '0';
    },

    conversations: (workspaceIds, since) =>
      scope.connection
        .select({
          id: conversations.id,
          workspaceId: conversations.workspaceId,
          contactId: conversations.contactId,
          live: sql<boolean>`${conversations.live} and ${conversations.channel} = 'chat'`,
          deleted: sql<boolean>`${conversations.deletedAt} is not null`,
          lastSeq: conversations.lastSeq,
          lastPublicSeq: conversations.lastPublicSeq,
          version: conversations.version,
        })
        .from(conversations)
        .where(
          and(
            inArray(conversations.workspaceId, workspaceIds),
            gte(conversations.changedXid, since),
            // What came from another database by a restore may bear numbers of the future.
            lt(conversations.changedXid, sql`pg_snapshot_xmax(pg_current_snapshot())`),
          ),
        ),

    async settings(workspaceIds) {
      const rows = await scope.connection
        .select({ id: workspaces.id, version: workspaces.settingsVersion })
        .from(workspaces)
        .where(inArray(workspaces.id, workspaceIds));
      return new Map(rows.map(({ id, version }) => [id, version]));
    },

    async groups(workspaceIds) {
      const rows = await scope.connection
        .select({ id: workspaces.id, version: workspaces.groupsVersion })
        .from(workspaces)
        .where(inArray(workspaces.id, workspaceIds));
      return new Map(rows.map(({ id, version }) => [id, version]));
    },

    agents: (workspaceIds) =>
      scope.connection.select().from(agents).where(inArray(agents.workspaceId, workspaceIds)),
  };
}
