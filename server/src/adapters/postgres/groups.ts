import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { CodedError } from '#kit/protocol/errors.js';
import type { Groups } from '../../agent-ports.js';
import { agents, contacts, conversations, groupMembers, groups, workspaces } from './schema.js';
import type { Connection, Scope } from './scope.js';
import { isDuplicate } from './sql-fault.js';

const withMembers = {
  id: groups.id,
  name: groups.name,
  names: groups.names,
  private: groups.private,
  version: groups.version,
  memberIds: sql<string[]>`array(
    select m.agent_id from group_members m where m.group_id = groups.id order by m.agent_id
  )`,
};

export function createGroups(scope: Scope): Groups {
  return {
    async list(workspaceId) {
      const { connection } = scope;
      // Before the groups: what is newer than its number is told again, and never too late.
      const [workspace] = await connection
        .select({ version: workspaces.groupsVersion })
        .from(workspaces)
        .where(eq(workspaces.id, workspaceId));
      const rows = await connection
        .select(withMembers)
        .from(groups)
        .where(eq(groups.workspaceId, workspaceId))
        .orderBy(asc(groups.name), asc(groups.id));
      return { groups: rows, version: workspace?.version ?? 0 };
    },

    async get(workspaceId, id) {
      const [row] = await scope.connection
        .select(withMembers)
        .from(groups)
        .where(and(eq(groups.workspaceId, workspaceId), eq(groups.id, id)));
      return row ?? null;
    },

    async lock(workspaceId, id) {
      const rows = await scope.connection
        .select({ id: groups.id })
        .from(groups)
        .where(and(eq(groups.workspaceId, workspaceId), eq(groups.id, id)))
        .for('update');
      return rows.length > 0;
    },

    save: ({ workspaceId, memberIds, id, ...fields }) =>
      scope.atomically(async ({ connection }) => {
        await raiseVersion(connection, workspaceId);
        const insert = connection
          .insert(groups)
          .values({ id, workspaceId, ...fields, version: 1 })
          .onConflictDoUpdate({
            target: groups.id,
            set: { ...fields, version: sql`${groups.version} + 1` },
            setWhere: eq(groups.workspaceId, workspaceId),
          })
          .returning({ version: groups.version });
        const [row] = await withNameCheck(insert);
        if (!row) throw new CodedError('group_not_found');
        await connection.delete(groupMembers).where(eq(groupMembers.groupId, id));
        const members = [...new Set(memberIds)].sort();
        if (members.length > 0) {
          const added = await connection.execute(sql`
            insert into group_members (group_id, agent_id)
            select ${sql.param(id, groups.id)}, ${agents.id} from ${agents}
            where ${agents.workspaceId} = ${sql.param(workspaceId, agents.workspaceId)}
            and ${agents.id} in ${members}
          `);
          if (added.rowCount !== members.length) throw new CodedError('agent_not_found');
        }
        return { id, ...fields, memberIds: members, version: row.version };
      }),

    delete: (workspaceId, id) =>
      scope.atomically(async ({ connection }) => {
        const isOfIt = and(eq(contacts.workspaceId, workspaceId), eq(contacts.groupId, id));
        await connection
          .update(contacts)
          .set({ groupId: null, version: sql`${contacts.version} + 1` })
          .where(isOfIt);
        await connection
          .delete(groups)
          .where(and(eq(groups.workspaceId, workspaceId), eq(groups.id, id)));
        await raiseVersion(connection, workspaceId);
      }),

    async conversations(id, limit) {
      const rows = await scope.connection
        .select({ id: conversations.id })
        .from(conversations)
        .where(and(eq(conversations.groupId, id), isNull(conversations.deletedAt)))
        .orderBy(asc(conversations.id))
        .limit(limit);
      return rows.map((row) => row.id);
    },

    async contacts(id, limit) {
      const rows = await scope.connection
        .select({ id: contacts.id })
        .from(contacts)
        .where(and(eq(contacts.groupId, id), isNull(contacts.mergedInto)))
        .orderBy(asc(contacts.id))
        .limit(limit);
      return rows.map((row) => row.id);
    },
  };
}

/** Locks the workspace's row, so that changes of its groups come one after the other. */
async function raiseVersion(connection: Connection, workspaceId: string): Promise<void> {
  await connection
    .update(workspaces)
    .set({ groupsVersion: sql`${workspaces.groupsVersion} + 1` })
    .where(eq(workspaces.id, workspaceId));
}

async function withNameCheck<T>(statement: PromiseLike<T>): Promise<T> {
  try {
    return await statement;
  } catch (error) {
    if (!isDuplicate(error, 'groups_workspace_id_name_key')) throw error;
    const message = 'Another group has this name. Give it another one.';
    throw new CodedError('invalid_payload', { message, cause: error });
  }
}
