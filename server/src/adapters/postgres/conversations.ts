import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm';
import { CodedError } from '#kit/protocol/errors.js';
import type { ConversationRecord, Conversations } from '../../ports.js';
import { readCard, readWindow } from './cards.js';
import { readCounts } from './counts.js';
import { contacts, conversationAssignees, conversations } from './schema.js';
import type { Connection, Scope, TransactionScope } from './scope.js';

type Row = typeof conversations.$inferSelect;

const withAssignees = {
  ...getTableColumns(conversations),
  assigneeIds: sql<string[]>`array(
    select a.agent_id from conversation_assignees a
    where a.conversation_id = conversations.id order by a.place
  )`,
};

export function createConversations(scope: Scope): Conversations {
  return {
    create: ({ assigneeIds, ...fields }) =>
      scope.atomically(async ({ connection, counts }) => {
        const assigned = assigneeIds.length > 0;
        await connection.insert(conversations).values({ ...fields, assigned });
        const assignees = await assign(connection, fields.id, assigneeIds);
        counts.add(fields.workspaceId, null, { state: fields.state, assigneeIds: assignees });
      }),

    async get(id) {
      const [row] = await scope.connection
        .select(withAssignees)
        .from(conversations)
        .where(eq(conversations.id, id));
      return row ? toRecord(row, row.assigneeIds) : null;
    },

    lock: async (id) => lock(inTransaction(scope), id),

    async live(contactId, channel) {
      const [row] = await scope.connection
        .select(withAssignees)
        .from(conversations)
        .where(
          and(
            eq(conversations.contactId, contactId),
            eq(conversations.channel, channel),
            eq(conversations.live, true),
          ),
        );
      return row ? toRecord(row, row.assigneeIds) : null;
    },

    async lockContact(contactId) {
      await inTransaction(scope)
        .connection.select({ id: contacts.id })
        .from(contacts)
        .where(eq(contacts.id, contactId))
        .for('no key update');
    },

    update: (id, patch) => scope.atomically((transaction) => update(transaction, id, patch)),

    snapshot: (id) => readCard(scope.connection, id),

    window: (query) => readWindow(scope.connection, query),

    counts: (workspaceId) => readCounts(scope, workspaceId),
  };
}

function inTransaction(scope: Scope): Scope {
  if (scope.counts) return scope;
  throw new Error('A row is locked until the end of a transaction. Call it within transaction().');
}

/**
 * The assignees are read by a statement of their own: one that waited for the row would show them
 * as they were before it waited.
 */
async function lock({ connection }: Scope, id: string): Promise<ConversationRecord | null> {
  const [row] = await connection
    .select()
    .from(conversations)
    .where(eq(conversations.id, id))
    .for('no key update');
  return row ? toRecord(row, await assigneesOf(connection, id)) : null;
}

async function update(
  scope: TransactionScope,
  id: string,
  { assigneeIds, ...fields }: Parameters<Conversations['update']>[1],
): Promise<ConversationRecord> {
  const { connection, counts } = scope;
  const counted = assigneeIds !== undefined || fields.state !== undefined;
  const before = counted ? await lock(scope, id) : null;
  const [row] = await connection
    .update(conversations)
    .set({
      ...fields,
      ...(assigneeIds && { assigned: assigneeIds.length > 0 }),
      version: sql`${conversations.version} + 1`,
    })
    .where(eq(conversations.id, id))
    .returning();
  if (!row) throw new CodedError('conversation_not_found');
  if (assigneeIds) {
    await connection
      .delete(conversationAssignees)
      .where(eq(conversationAssignees.conversationId, id));
  }
  const assignees = assigneeIds
    ? await assign(connection, id, assigneeIds)
    : (before?.assigneeIds ?? (await assigneesOf(connection, id)));
  const after = toRecord(row, assignees);
  if (before) counts.add(row.workspaceId, before, after);
  return after;
}

/** Adds them in their order, each once. */
async function assign(
  connection: Connection,
  conversationId: string,
  assigneeIds: string[],
): Promise<string[]> {
  const once = [...new Set(assigneeIds)];
  if (once.length > 0) {
    await connection
      .insert(conversationAssignees)
      .values(once.map((agentId, place) => ({ conversationId, agentId, place })));
  }
  return once;
}

async function assigneesOf(connection: Connection, conversationId: string): Promise<string[]> {
  const rows = await connection
    .select({ agentId: conversationAssignees.agentId })
    .from(conversationAssignees)
    .where(eq(conversationAssignees.conversationId, conversationId))
    .orderBy(asc(conversationAssignees.place));
  return rows.map(({ agentId }) => agentId);
}

function toRecord(row: Row, assigneeIds: string[]): ConversationRecord {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    contactId: row.contactId,
    channel: row.channel,
    state: row.state,
    live: row.live,
    assigneeIds,
    groupId: row.groupId,
    lastSeq: row.lastSeq,
    lastPublicSeq: row.lastPublicSeq,
    lastMessageId: row.lastMessageId,
    activeAt: row.activeAt,
    waitingSince: row.waitingSince,
    lastContactPosition: row.lastContactPosition,
    createdAt: row.createdAt,
    closedAt: row.closedAt,
    version: row.version,
  };
}
