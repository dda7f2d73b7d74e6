import { eq, sql } from 'drizzle-orm';
import type { Contact, ContactPatch } from '#kit/domain/index.js';
import type { Contacts } from '../../ports.js';
import { contacts, conversations } from './schema.js';
import type { Scope } from './scope.js';

export function createContacts(scope: Scope): Contacts {
  return {
    async create(contact) {
      await scope.connection.insert(contacts).values({ ...contact, ...emptyAsNull(contact) });
    },

    async get(id) {
      const [row] = await scope.connection.select().from(contacts).where(eq(contacts.id, id));
      return row ?? null;
    },

    update: (id, patch) =>
      scope.atomically(async ({ connection }) => {
        const [row] = await connection
          .update(contacts)
          .set({ ...emptyAsNull(patch), version: sql`${contacts.version} + 1` })
          .where(eq(contacts.id, id))
          .returning();
        // Their cards show these fields, so they are newer snapshots.
        if (row && ('name' in patch || 'email' in patch)) {
          await connection
            .update(conversations)
            .set({ version: sql`${conversations.version} + 1` })
            .where(eq(conversations.contactId, id));
        }
        return row ?? null;
      }),
  };
}

type Fields = ContactPatch & Partial<Pick<Contact, 'language' | 'avatarUrl'>>;

/** The fields of a contact that were given, with null for an empty string. */
function emptyAsNull({ name, email, phone, language, avatarUrl }: Fields): Fields {
  const given = { name, email, phone, language, avatarUrl };
  return Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, value === '' ? null : value]),
  );
}
