import { and, desc, eq, isNotNull, lte, sql } from 'drizzle-orm';
import type { MarkRecord, Marks } from '../../ports.js';
import { conversations, marks, messages } from './schema.js';
import type { Connection, Scope } from './scope.js';

export function createMarks(scope: Scope): Marks {
  return {
    async raise(conversationId, party, { delivered = 0, read = 0 }) {
      const found = await find(scope.connection, conversationId, party);
      // Marks only rise, so this needs no lock; it is the usual case of a repeated mark.
      if (found.delivered >= delivered && found.read >= read) {
        return { changed: false, mark: found };
      }
      return scope.atomically(({ connection }) =>
        raise(connection, { conversationId, party, delivered, read }),
      );
    },

    async get(conversationId) {
      const rows = await scope.connection
        .select()
        .from(marks)
        .where(eq(marks.conversationId, conversationId));
      const byParty = rows.map(
        ({ party, delivered, read }) => [party, { delivered, read }] as const,
      );
      const { contact = { delivered: 0, read: 0 }, ...agents } = Object.fromEntries(byParty);
      return { contact, agents };
    },

    async toPublic(conversationId, position) {
      const [row] = await scope.connection
        .select({ publicPosition: messages.publicPosition })
        .from(messages)
        .where(
          and(
            eq(messages.conversationId, conversationId),
            lte(messages.position, position),
            isNotNull(messages.publicPosition),
          ),
        )
        .orderBy(desc(messages.position))
        .limit(1);
      return row?.publicPosition ?? 0;
    },

    async fromPublic(conversationId, publicPosition) {
      const [row] = await scope.connection
        .select({ position: messages.position })
        .from(messages)
        .where(
          and(
            eq(messages.conversationId, conversationId),
            lte(messages.publicPosition, publicPosition),
          ),
        )
        .orderBy(desc(messages.publicPosition))
        .limit(1);
      return row?.position ?? 0;
    },
  };
}

async function find(
  connection: Connection,
  conversationId: string,
  party: string,
): Promise<MarkRecord> {
  const [row] = await connection
    .select({ delivered: marks.delivered, read: marks.read })
    .from(marks)
    .where(and(eq(marks.conversationId, conversationId), eq(marks.party, party)));
  return row ?? { delivered: 0, read: 0 };
}

/** The conversation's row first, as everybody who locks both. */
async function raise(
  connection: Connection,
  wanted: typeof marks.$inferInsert,
): Promise<{ changed: boolean; mark: MarkRecord }> {
  const { conversationId, party } = wanted;
  await connection
    .select({ id: conversations.id })
    .from(conversations)
    .where(eq(conversations.id, conversationId))
    .for('no key update');
  const [mark] = await connection
    .insert(marks)
    .values(wanted)
    .onConflictDoUpdate({
      target: [marks.conversationId, marks.party],
      set: {
        delivered: sql`greatest(marks.delivered, excluded.delivered)`,
        read: sql`greatest(marks.read, excluded.read)`,
      },
      setWhere: sql`excluded.delivered > marks.delivered or excluded.read > marks.read`,
    })
    .returning({ delivered: marks.delivered, read: marks.read });
  if (!mark) return { changed: false, mark: await find(connection, conversationId, party) };
  await connection
    .update(conversations)
    .set({ version: sql`${conversations.version} + 1` })
    .where(eq(conversations.id, conversationId));
  return { changed: true, mark };
}
