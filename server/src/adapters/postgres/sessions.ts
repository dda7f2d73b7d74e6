import { and, eq, gt, lte, not, sql } from 'drizzle-orm';
import type { Sessions } from '../../ports.js';
import { sessions, signInLinks } from './schema.js';
import type { Scope } from './scope.js';

export function createSessions(scope: Scope): Sessions {
  return {
    async createLink(link) {
      await scope.connection.insert(signInLinks).values(link);
    },

    async consumeLink(hash, now) {
      const [link] = await scope.connection
        .delete(signInLinks)
        .where(eq(signInLinks.hash, hash))
        .returning();
      return link && link.expiresAt > now ? link.agentId : null;
    },

    async create(session) {
      const { connection } = scope;
      await connection
        .delete(sessions)
        .where(
          and(eq(sessions.agentId, session.agentId), lte(sessions.expiresAt, session.createdAt)),
        );
      await connection.insert(sessions).values(session);
    },

    async find(hash, now) {
      const [row] = await scope.connection
        .select({ agentId: sessions.agentId })
        .from(sessions)
        .where(and(eq(sessions.hash, hash), gt(sessions.expiresAt, now)));
      return row ?? null;
    },

    async isLive(agentId, sessionId, now) {
      const [row] = await scope.connection
        .select({ hash: sessions.hash })
        .from(sessions)
        .where(
          and(
            eq(sessions.agentId, agentId),
            gt(sessions.expiresAt, now),
            sql`starts_with(${sessions.hash}, ${sql.param(sessionId, sessions.hash)})`,
          ),
        )
        .limit(1);
      return row !== undefined;
    },

    async remove(hash) {
      await scope.connection.delete(sessions).where(eq(sessions.hash, hash));
    },

    async removeOthers(agentId, sessionId) {
      const own = sql`starts_with(${sessions.hash}, ${sql.param(sessionId, sessions.hash)})`;
      const removed = await scope.connection
        .delete(sessions)
        .where(and(eq(sessions.agentId, agentId), sessionId === null ? undefined : not(own)))
        .returning({ hash: sessions.hash });
      return removed.map(({ hash }) => hash);
    },
  };
}
