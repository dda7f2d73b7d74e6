import { and, eq, gt, lte } from 'drizzle-orm';
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

    async remove(hash) {
      await scope.connection.delete(sessions).where(eq(sessions.hash, hash));
    },
  };
}
