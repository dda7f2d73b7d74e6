import { and, desc, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import type { ConversationState } from '#kit/domain/index.js';
import type { ContactFields, Contacts } from '../../contact-ports.js';
import { attachments, contacts, conversations, visits } from './schema.js';
import type { Scope } from './scope.js';
import { slot, statement } from './statement.js';

/** A conversation that became an earlier one. */
interface Ended extends Record<string, unknown> {
  workspaceId: string;
  state: ConversationState;
  assigneeIds: string[];
}

const byId = statement((connection) =>
  connection
    .select()
    .from(contacts)
    .where(eq(contacts.id, slot('id', contacts.id)))
    .prepare(''),
);

/** Agents never look through more of them. */
const mostConversations = 50;

export function createContacts(scope: Scope): Contacts {
  return {
    async create(contact) {
      await scope.connection.insert(contacts).values(emptyAsNull(contact));
    },

    async get(id) {
      const [row] = await byId(scope.connection).execute({ id });
      return row ?? null;
    },

    async byIdentity(workspaceId, identity) {
      const [row] = await scope.connection
        .select()
        .from(contacts)
        .where(and(eq(contacts.workspaceId, workspaceId), eq(contacts.identity, identity)));
      return row ?? null;
    },

    byEmail: (workspaceId, email) =>
      scope.connection
        .select()
        .from(contacts)
        .where(
          and(
            eq(contacts.workspaceId, workspaceId),
            eq(sql`lower(${contacts.email})`, sql.param(email.toLowerCase(), contacts.email)),
            isNull(contacts.mergedInto),
          ),
        )
        .orderBy(desc(contacts.createdAt), desc(contacts.id))
        .limit(mostConversations),

    async blocked({ workspaceId, before, limit }) {
      const rows = await scope.connection
        .select()
        .from(contacts)
        .where(
          and(
            eq(contacts.workspaceId, workspaceId),
            isNotNull(contacts.blocked),
            isNull(contacts.mergedInto),
            before === null
              ? undefined
              : or(
                  lt(contacts.blockedAt, before.blockedAt),
                  and(eq(contacts.blockedAt, before.blockedAt), lt(contacts.id, before.id)),
                ),
          ),
        )
        .orderBy(desc(contacts.blockedAt), desc(contacts.id))
        .limit(limit + 1);
      return { contacts: rows.slice(0, limit), more: rows.length > limit };
    },

    async conversationIds(id) {
      const rows = await scope.connection
        .select({ id: conversations.id })
        .from(conversations)
        .where(and(eq(conversations.contactId, id), isNull(conversations.deletedAt)))
        .orderBy(desc(conversations.createdAt), desc(conversations.id))
        .limit(mostConversations);
      return rows.map((row) => row.id);
    },

    update: (id, patch) =>
      scope.atomically(async ({ connection }) => {
        const fields: ContactFields = given(emptyAsNull(patch));
        const [row] = await connection
          .update(contacts)
          .set({ ...fields, version: sql`${contacts.version} + 1` })
          .where(eq(contacts.id, id))
          .returning();
        // Their cards show these fields, so they are newer snapshots.
        if (row && ('name' in fields || 'email' in fields)) {
          await connection
            .update(conversations)
            .set({ version: sql`${conversations.version} + 1` })
            .where(eq(conversations.contactId, id));
        }
        return row ?? null;
      }),

    async note(id, { identity, claims, network, chosenGroup, formAnswered }) {
      const fields = given({ identity, claims, network, chosenGroup, formAnswered });
      if (Object.keys(fields).length === 0) return;
      await scope.connection.update(contacts).set(fields).where(eq(contacts.id, id));
    },

    merge: (fromId, intoId) =>
      scope.atomically(async ({ connection, counts }) => {
        const into = sql.param(intoId, contacts.id);
        const from = sql.param(fromId, contacts.id);
        const ended = await connection.execute<Ended>(sql`
          update conversations c set live = false where c.contact_id = ${from} and c.live
          and exists (
            select 1 from conversations o
            where o.contact_id = ${into} and o.live and o.channel = c.channel
          )
          returning c.workspace_id as "workspaceId", c.state, array(
            select a.agent_id from conversation_assignees a where a.conversation_id = c.id
          ) as "assigneeIds"
        `);
        for (const { workspaceId, ...was } of ended.rows) {
          counts.add(workspaceId, { ...was, live: true }, { ...was, live: false });
        }
        const moved = await connection
          .update(conversations)
          .set({ contactId: intoId, version: sql`${conversations.version} + 1` })
          .where(eq(conversations.contactId, fromId))
          .returning({ id: conversations.id, deletedAt: conversations.deletedAt });
        // A client id names one message of an author: where both made the same, the moved has none.
        await connection.execute(sql`
          update messages m set author_id = ${into}, client_id = case when exists (
            select 1 from messages o where o.author_type = 'contact' and o.author_id = ${into}
            and o.client_id = m.client_id
          ) then null else m.client_id end
          where m.author_type = 'contact' and m.author_id = ${from}
        `);
        await connection
          .update(visits)
          .set({ contactId: intoId })
          .where(eq(visits.contactId, fromId));
        await connection
          .update(attachments)
          .set({ uploaderId: intoId })
          .where(and(eq(attachments.uploaderType, 'contact'), eq(attachments.uploaderId, fromId)));
        await connection.execute(sql`
          insert into blocked_networks (workspace_id, network, contact_id, blocked_at)
          select workspace_id, network, ${into}, blocked_at from blocked_networks
          where contact_id = ${from} on conflict do nothing
        `);
        await connection
          .update(contacts)
          .set({ mergedInto: intoId })
          .where(eq(contacts.id, fromId));
        // Threads that showed the former one take only a newer version.
        await connection.execute(sql`
          update contacts c set version = greatest(c.version, o.version) + 1
          from contacts o where c.id = ${into} and o.id = ${from}
        `);
        return moved.filter(({ deletedAt }) => deletedAt === null).map(({ id }) => id);
      }),
  };
}

/** With null for an empty string, but for notes, which are none when empty. */
function emptyAsNull<T extends object>(fields: T): T {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      value === '' && key !== 'notes' ? null : value,
    ]),
  ) as T;
}

/** Those that were named. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
