import { and, eq, lte, sql } from 'drizzle-orm';
import type { Access } from '../../contact-ports.js';
import { blockedNetworks, contacts, revokedTokens, usedIdentityTokens } from './schema.js';
import type { Scope } from './scope.js';

export function createAccess(scope: Scope): Access {
  return {
    async revoke({ id, expiresAt }, now) {
      const { connection } = scope;
      await connection.delete(revokedTokens).where(lte(revokedTokens.expiresAt, now));
      await connection
        .insert(revokedTokens)
        .values({ id, expiresAt })
        .onConflictDoUpdate({
          target: revokedTokens.id,
          set: { expiresAt: sql`greatest(${revokedTokens.expiresAt}, excluded.expires_at)` },
        });
    },

    async isRevoked(tokenId) {
      const [row] = await scope.connection
        .select({ id: revokedTokens.id })
        .from(revokedTokens)
        .where(eq(revokedTokens.id, tokenId));
      return row !== undefined;
    },

    async useOnce(token, now) {
      const { connection } = scope;
      await connection.delete(usedIdentityTokens).where(lte(usedIdentityTokens.expiresAt, now));
      const used = await connection
        .insert(usedIdentityTokens)
        .values(token)
        .onConflictDoNothing()
        .returning({ hash: usedIdentityTokens.hash });
      return used.length > 0;
    },

    async blockNetwork(block) {
      await scope.connection.insert(blockedNetworks).values(block).onConflictDoNothing();
    },

    async unblockNetworks(contactId) {
      await scope.connection
        .delete(blockedNetworks)
        .where(eq(blockedNetworks.contactId, contactId));
    },

    async isNetworkBlocked(workspaceId, network) {
      const [row] = await scope.connection
        .select({ network: blockedNetworks.network })
        .from(blockedNetworks)
        .where(
          and(eq(blockedNetworks.workspaceId, workspaceId), eq(blockedNetworks.network, network)),
        )
        .limit(1);
      return row !== undefined;
    },

    async visitor({ contactId, tokenId, network }) {
      const [row] = await scope.connection
        .select({
          workspaceId: contacts.workspaceId,
          blocked: contacts.blocked,
          mergedInto: contacts.mergedInto,
          network: contacts.network,
          tokenRevoked: sql<boolean>`exists (
            select 1 from revoked_tokens r where r.id = ${sql.param(tokenId, revokedTokens.id)}
          )`,
          networkBlocked: sql<boolean>`exists (
            select 1 from blocked_networks b where b.workspace_id = ${contacts.workspaceId}
            and b.network = ${sql.param(network, blockedNetworks.network)}
          )`,
        })
        .from(contacts)
        .where(eq(contacts.id, contactId));
      return row ?? null;
    },
  };
}
