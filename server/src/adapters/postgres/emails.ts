import { and, asc, count, desc, eq, inArray, lt, lte, sql } from 'drizzle-orm';
import type { Emails } from '../../mail-ports.js';
import { emails, messages } from './schema.js';
import type { Scope } from './scope.js';

const onTheirWay = inArray(emails.state, ['queued', 'sending']);

export function createEmails(scope: Scope): Emails {
  /** Of one conversation, the latest first. */
  const written = (conversationId: string, before: number, limit: number) =>
    scope.connection
      .select({ messageId: emails.messageId, subject: emails.subject })
      .from(emails)
      .innerJoin(messages, eq(messages.id, emails.messageId))
      .where(and(eq(messages.conversationId, conversationId), lt(messages.position, before)))
      .orderBy(desc(messages.position))
      .limit(limit);

  return {
    async queue(email, dueAt) {
      await scope.connection
        .insert(emails)
        .values({ ...email, state: 'queued', error: null, attempts: 0, dueAt });
    },

    async lease({ now, until, limit }) {
      const due = scope.connection
        .select({ id: emails.messageId })
        .from(emails)
        .where(and(onTheirWay, lte(emails.dueAt, now)))
        .orderBy(asc(emails.dueAt), asc(emails.messageId))
        .limit(limit)
        .for('update', { skipLocked: true });
      const rows = await scope.connection
        .update(emails)
        .set({ state: 'sending', attempts: sql`${emails.attempts} + 1`, dueAt: until })
        .where(inArray(emails.messageId, due))
        .returning({
          messageId: emails.messageId,
          workspaceId: emails.workspaceId,
          recipient: emails.recipient,
          subject: emails.subject,
          attempts: emails.attempts,
        });
      if (rows.length === 0) return [];
      const places = await scope.connection
        .select({ id: messages.id, conversationId: messages.conversationId })
        .from(messages)
        .where(
          inArray(
            messages.id,
            rows.map(({ messageId }) => messageId),
          ),
        )
        .orderBy(asc(messages.createdAt), asc(messages.position));
      const byId = new Map(rows.map((row) => [row.messageId, row]));
      return places.flatMap(({ id, conversationId }) => {
        const row = byId.get(id);
        return row ? [{ ...row, conversationId }] : [];
      });
    },

    async settle({ messageId, attempts }, outcome) {
      const rows = await scope.connection
        .update(emails)
        .set(outcome)
        .where(
          and(
            eq(emails.messageId, messageId),
            eq(emails.attempts, attempts),
            eq(emails.state, 'sending'),
          ),
        )
        .returning({ id: emails.messageId });
      return rows.length > 0;
    },

    async retry(messageId, recipient, dueAt) {
      const rows = await scope.connection
        .update(emails)
        .set({ state: 'queued', error: null, attempts: 0, recipient, dueAt })
        .where(and(eq(emails.messageId, messageId), eq(emails.state, 'failed')))
        .returning({ id: emails.messageId });
      return rows.length > 0;
    },

    async latest(conversationId) {
      const [row] = await written(conversationId, Number.MAX_SAFE_INTEGER, 1);
      return row ?? null;
    },

    before: (conversationId, position, limit) => written(conversationId, position, limit),

    async waiting() {
      const [row] = await scope.connection
        .select({ count: count() })
        .from(emails)
        .where(onTheirWay);
      return row?.count ?? 0;
    },
  };
}
