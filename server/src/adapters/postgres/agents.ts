import { and, asc, eq, getTableColumns, isNull, ne, sql } from 'drizzle-orm';
import { CodedError } from '#kit/protocol/errors.js';
import type { AccountRecord, Agents } from '../../ports.js';
import { accounts, agents, conversationAssignees, conversations } from './schema.js';
import type { Scope } from './scope.js';
import { isDuplicate } from './sql-fault.js';

export function createAgents(scope: Scope): Agents {
  return {
    async create(agent, account) {
      await scope.atomically(async ({ connection }) => {
        await withEmailCheck(connection.insert(accounts).values(lowerEmail(account)));
        await connection.insert(agents).values(agent);
      });
    },

    async get(id) {
      const [row] = await scope.connection.select().from(agents).where(eq(agents.id, id));
      return row ?? null;
    },

    list: (workspaceId) =>
      scope.connection
        .select()
        .from(agents)
        .where(eq(agents.workspaceId, workspaceId))
        .orderBy(asc(agents.id)),

    async byExternalId(workspaceId, externalId) {
      const [row] = await scope.connection
        .select()
        .from(agents)
        .where(and(eq(agents.workspaceId, workspaceId), eq(agents.externalId, externalId)));
      return row ?? null;
    },

    async account(agentId) {
      const [row] = await scope.connection
        .select(getTableColumns(accounts))
        .from(accounts)
        .innerJoin(agents, eq(agents.accountId, accounts.id))
        .where(eq(agents.id, agentId));
      return row ?? null;
    },

    async byEmail(email) {
      const [row] = await scope.connection
        .select({ agent: getTableColumns(agents), account: getTableColumns(accounts) })
        .from(accounts)
        .innerJoin(agents, eq(agents.accountId, accounts.id))
        .where(eq(accounts.email, email.toLowerCase()));
      return row ?? null;
    },

    async update(id, patch) {
      const [row] = await scope.connection
        .update(agents)
        .set({ ...patch, version: sql`${agents.version} + 1` })
        .where(eq(agents.id, id))
        .returning();
      return row ?? null;
    },

    async updateAccount(agentId, patch) {
      if (Object.keys(patch).length === 0) return;
      const { connection } = scope;
      const owner = connection
        .select({ id: agents.accountId })
        .from(agents)
        .where(eq(agents.id, agentId));
      const change = connection.update(accounts).set(lowerEmail(patch));
      await withEmailCheck(change.where(sql`${accounts.id} = (${owner})`));
    },

    async lock(id) {
      const [row] = await scope.connection
        .select()
        .from(agents)
        .where(eq(agents.id, id))
        .for('update');
      return row ?? null;
    },

    withHours: () =>
      scope.connection
        .select()
        .from(agents)
        .where(and(sql`${agents.hours} ->> 'goOffline' = 'true'`, ne(agents.status, 'offline')))
        .orderBy(asc(agents.id)),

    remove: (id) =>
      scope.atomically(async ({ connection }) => {
        const [row] = await connection
          .delete(agents)
          .where(eq(agents.id, id))
          .returning({ accountId: agents.accountId });
        if (row) await connection.delete(accounts).where(eq(accounts.id, row.accountId));
      }),

    async assigned(id, limit) {
      const rows = await scope.connection
        .select({ id: conversationAssignees.conversationId })
        .from(conversationAssignees)
        .innerJoin(conversations, eq(conversations.id, conversationAssignees.conversationId))
        .where(and(eq(conversationAssignees.agentId, id), isNull(conversations.deletedAt)))
        .orderBy(asc(conversationAssignees.conversationId))
        .limit(limit);
      return rows.map((row) => row.id);
    },
  };
}

function lowerEmail<T extends Partial<Pick<AccountRecord, 'email'>>>(account: T): T {
  return account.email ? { ...account, email: account.email.toLowerCase() } : account;
}

async function withEmailCheck(statement: PromiseLike<unknown>): Promise<void> {
  try {
    await statement;
  } catch (error) {
    if (isDuplicate(error, 'accounts_email_key')) {
      throw new CodedError('email_taken', { cause: error });
    }
    throw error;
  }
}
