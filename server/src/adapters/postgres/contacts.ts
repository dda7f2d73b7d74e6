import { and, eq, sql } from 'drizzle-orm';
import type { Contacts } from '../../contact-ports.js';
import { attachments, contacts, conversations, messages, visits } from './schema.js';
import type { Scope } from './scope.js';

export function createContacts(scope: Scope): Contacts {
  return {
    async create(contact) {
      await scope.connection.insert(contacts).values(emptyAsNull(contact));
    },

    async get(id) {
      const [row] = await scope.connection.select().from(contacts).where(eq(contacts.id, id));
      return row ?? null;
    },

    async byIdentity(workspaceId, identity) {
      const [row] = await scope.connection
        .select()
        .from(contacts)
        .where(and(eq(contacts.workspaceId, workspaceId), eq(contacts.identity, identity)));
      return row ?? null;
    },

    update: (id, { name, email, phone, language, blocked }) =>
      scope.atomically(async ({ connection }) => {
        const fields = given(emptyAsNull({ name, email, phone, language, blocked }));
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

    async note(id, { identity, claims, network }) {
      const fields = given({ identity, claims, network });
      if (Object.keys(fields).length === 0) return;
      await scope.connection.update(contacts).set(fields).where(eq(contacts.id, id));
    },

    merge: (fromId, intoId) =>
      scope.atomically(async ({ connection }) => {
        // A client id names one message of an author: where both made the same, the moved one has none.
        await connection.execute(sql`
          update messages m set author_id = ${sql.param(intoId, messages.authorId)},
            client_id = case when exists (
              select 1 from messages known where known.author_type = 'contact'
              and known.author_id = ${sql.param(intoId, messages.authorId)}
              and known.client_id = m.client_id
            ) then null else m.client_id end
          where m.author_type = 'contact' and m.author_id = ${sql.param(fromId, messages.authorId)}
        `);
        await connection
          .update(conversations)
          .set({ contactId: intoId, version: sql`${conversations.version} + 1` })
          .where(eq(conversations.contactId, fromId));
        await connection
          .update(visits)
          .set({ contactId: intoId })
          .where(eq(visits.contactId, fromId));
        await connection
          .update(attachments)
          .set({ uploaderId: intoId })
          .where(and(eq(attachments.uploaderType, 'contact'), eq(attachments.uploaderId, fromId)));
        await connection
          .update(contacts)
          .set({ mergedInto: intoId })
          .where(eq(contacts.id, fromId));
        // Threads that showed the other one take only a newer version.
        const other = connection
          .select({ version: contacts.version })
          .from(contacts)
          .where(eq(contacts.id, fromId));
        await connection
          .update(contacts)
          .set({ version: sql`greatest(${contacts.version}, (${other})) + 1` })
          .where(eq(contacts.id, intoId));
      }),
  };
}

/** With null for an empty string. */
function emptyAsNull<T extends object>(fields: T): T {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, value === '' ? null : value]),
  ) as T;
}

/** Those that were named. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
