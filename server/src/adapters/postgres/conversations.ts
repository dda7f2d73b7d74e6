import { and, asc, eq, getTableColumns, isNotNull, isNull, sql } from 'drizzle-orm';
import { CodedError } from '#kit/protocol/errors.js';
import type { ConversationRecord, Conversations } from '../../ports.js';
import { readCard, readEarlier, readWindow } from './cards.js';
import { readCounts } from './counts.js';
import { contacts, conversationAssignees, conversations, removals } from './schema.js';
import type { Connection, Scope, TransactionScope } from './scope.js';
import { slot, slots, statement } from './statement.js';

type Row = typeof conversations.$inferSelect;

const withAssignees = {
  ...getTableColumns(conversations),
  assigneeIds: sql<string[]>`array(
    select a.agent_id from conversation_assignees a
    where a.conversation_id = conversations.id order by a.place
  )`,
};

/** A contact's live conversation of one channel. */
const isLive = () =>
  and(
    eq(conversations.contactId, slot('contactId', conversations.contactId)),
    eq(conversations.channel, slot('channel', conversations.channel)),
    eq(conversations.live, true),
  );

const liveOf = statement((connection) =>
  connection.select(withAssignees).from(conversations).where(isLive()).prepare(''),
);

const contactLocked = statement((connection) =>
  connection
    .select()
    .from(contacts)
    .where(eq(contacts.id, slot('contactId', contacts.id)))
    .for('no key update')
    .prepare(''),
);

const locked = statement((connection) =>
  connection
    .select()
    .from(conversations)
    .where(and(eq(conversations.id, slot('id', conversations.id)), isNull(conversations.deletedAt)))
    .for('no key update')
    .prepare(''),
);

/** Whoever waits for the row is given it only if it is still the live one. */
const liveLocked = statement((connection) =>
  connection.select().from(conversations).where(isLive()).for('no key update').prepare(''),
);

const assignees = statement((connection) =>
  connection
    .select({ agentId: conversationAssignees.agentId })
    .from(conversationAssignees)
    .where(
      eq(
        conversationAssignees.conversationId,
        slot('conversationId', conversationAssignees.conversationId),
      ),
    )
    .orderBy(asc(conversationAssignees.place))
    .prepare(''),
);

type Settable = Exclude<keyof Row, 'id' | 'version' | 'changedXid'>;

const updates = new Map<string, ReturnType<typeof updateOf>>();

/** One statement for each set of columns that is ever changed together. */
function updating(names: readonly Settable[]): ReturnType<typeof updateOf> {
  const key = names.join();
  const known = updates.get(key) ?? updateOf(names);
  updates.set(key, known);
  return known;
}

function updateOf(names: readonly Settable[]) {
  return statement((connection) =>
    connection
      .update(conversations)
      .set({ ...slots(conversations, names), version: sql`${conversations.version} + 1` })
      .where(eq(conversations.id, slot('id', conversations.id)))
      .returning()
      .prepare(''),
  );
}

function given(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

export function createConversations(scope: Scope): Conversations {
  return {
    create: ({ assigneeIds, ...fields }) =>
      scope.atomically(async ({ connection, counts }) => {
        const assigned = assigneeIds.length > 0;
        await connection.insert(conversations).values({ ...fields, assigned });
        const assignees = await assign(connection, fields.id, assigneeIds);
        const { workspaceId, state, live } = fields;
        counts.add(workspaceId, null, { state, live, assigneeIds: assignees });
      }),

    async get(id) {
      const [row] = await scope.connection
        .select(withAssignees)
        .from(conversations)
        .where(and(eq(conversations.id, id), isNull(conversations.deletedAt)));
      return row ? toRecord(row, row.assigneeIds) : null;
    },

    lock: async (id) => lock(inTransaction(scope), id),

    async lockLive(contactId, channel) {
      const { connection } = inTransaction(scope);
      const [row] = await liveLocked(connection).execute({ contactId, channel });
      return row ? toRecord(row, await assigneesOf(connection, row)) : null;
    },

    async live(contactId, channel) {
      const [row] = await liveOf(scope.connection).execute({ contactId, channel });
      return row ? toRecord(row, row.assigneeIds) : null;
    },

    async lockContact(contactId) {
      const [row] = await contactLocked(inTransaction(scope).connection).execute({ contactId });
      return row ?? null;
    },

    update: (id, patch) => scope.atomically((transaction) => update(transaction, id, patch)),

    delete: (id, at) =>
      scope.atomically(async (transaction) => {
        const patch = { live: false, deletedAt: at, lastMessageId: null, waitingSince: null };
        const deleted = await update(transaction, id, patch);
        await transaction.connection
          .insert(removals)
          .values({ conversationId: id, deletedAt: at })
          .onConflictDoNothing();
        return deleted;
      }),

    async wasDeleted(id, workspaceId) {
      const rows = await scope.connection
        .select({ id: conversations.id })
        .from(conversations)
        .where(
          and(
            eq(conversations.id, id),
            eq(conversations.workspaceId, workspaceId),
            isNotNull(conversations.deletedAt),
          ),
        );
      return rows.length > 0;
    },

    snapshot: (id) => readCard(scope.connection, id),

    window: (query) => readWindow(scope.connection, query),

    earlier: (query) => readEarlier(scope.connection, query),

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
  const [row] = await locked(connection).execute({ id });
  return row ? toRecord(row, await assigneesOf(connection, row)) : null;
}

async function update(
  scope: TransactionScope,
  id: string,
  { assigneeIds, ...fields }: Parameters<Conversations['update']>[1],
): Promise<ConversationRecord> {
  const { connection, counts } = scope;
  const counted =
    assigneeIds !== undefined || fields.state !== undefined || fields.live !== undefined;
  const before = counted ? await lock(scope, id) : null;
  const values = given({ ...fields, ...(assigneeIds && { assigned: assigneeIds.length > 0 }) });
  const [row] = await updating(Object.keys(values) as Settable[])(connection).execute({
    ...values,
    id,
  });
  if (!row) throw new CodedError('conversation_not_found');
  if (assigneeIds) {
    await connection
      .delete(conversationAssignees)
      .where(eq(conversationAssignees.conversationId, id));
  }
  const assignees = assigneeIds
    ? await assign(connection, id, assigneeIds)
    : (before?.assigneeIds ?? (await assigneesOf(connection, row)));
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

/** Most conversations have none, which their row tells. */
async function assigneesOf(
  connection: Connection,
  { id: conversationId, assigned }: Pick<Row, 'id' | 'assigned'>,
): Promise<string[]> {
  if (!assigned) return [];
  const rows = await assignees(connection).execute({ conversationId });
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
    subject: row.subject,
    rating: row.rating,
    mentions: row.mentions,
    deletedAt: row.deletedAt,
    version: row.version,
  };
}
