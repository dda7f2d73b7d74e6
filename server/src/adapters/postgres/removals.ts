import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { Removals } from '../../removal-ports.js';
import {
  attachments,
  conversationAssignees,
  conversations,
  marks,
  messages,
  removals,
  searchProgress,
} from './schema.js';
import type { Connection, Scope } from './scope.js';

export function createRemovals(scope: Scope): Removals {
  return {
    part: (limit, now) =>
      scope.atomically(async ({ connection }) => {
        const [row] = await connection
          .select({ id: removals.conversationId })
          .from(removals)
          .orderBy(asc(removals.deletedAt))
          .limit(1)
          .for('update', { skipLocked: true });
        if (!row) return false;
        const taken = await takeMessages(connection, row.id, limit, now);
        if (taken < limit) await finish(connection, row.id, now);
        return true;
      }),
  };
}

async function takeMessages(
  connection: Connection,
  conversationId: string,
  limit: number,
  now: number,
): Promise<number> {
  const rows = await connection
    .select({ id: messages.id })
    .from(messages)
    .where(eq(messages.conversationId, conversationId))
    .orderBy(asc(messages.position))
    .limit(limit);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return 0;
  // The rows stay until the bytes are gone, and a message takes its own along.
  await connection
    .update(attachments)
    .set({ messageId: null, place: null, deletedAt: sql`coalesce(deleted_at, ${now})` })
    .where(inArray(attachments.messageId, ids));
  await connection.delete(messages).where(inArray(messages.id, ids));
  return ids.length;
}

/** Whatever belongs to the conversation itself; its row stays, so that every server hears of it. */
async function finish(connection: Connection, conversationId: string, now: number): Promise<void> {
  await connection
    .update(attachments)
    .set({ deletedAt: sql`coalesce(deleted_at, ${now})` })
    .where(eq(attachments.conversationId, conversationId));
  await connection.delete(marks).where(eq(marks.conversationId, conversationId));
  await connection
    .delete(conversationAssignees)
    .where(eq(conversationAssignees.conversationId, conversationId));
  await connection.delete(searchProgress).where(eq(searchProgress.conversationId, conversationId));
  await connection
    .update(conversations)
    .set({ subject: null, rating: null, mentions: {}, assigned: false })
    .where(eq(conversations.id, conversationId));
  await connection.delete(removals).where(eq(removals.conversationId, conversationId));
}
