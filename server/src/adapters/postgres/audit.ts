import { desc, eq } from 'drizzle-orm';
import type { Audit } from '../../ports.js';
import { audit } from './schema.js';
import type { Scope } from './scope.js';

export function createAudit(scope: Scope): Audit {
  return {
    async append(entry) {
      await scope.connection.insert(audit).values(entry);
    },

    latest: (workspaceId, limit) =>
      scope.connection
        .select()
        .from(audit)
        .where(eq(audit.workspaceId, workspaceId))
        .orderBy(desc(audit.at), desc(audit.id))
        .limit(limit),
  };
}
