import { limits } from '#kit/protocol/limits.js';
import type { BlockedContacts, ContactsBlocked } from '#kit/protocol/payloads.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { Ports } from './act.js';
import { contactView } from './views.js';

/** Contacts that may not write, the latest first (S3.17). */
export async function listBlocked(
  { storage }: Pick<Ports, 'storage'>,
  { workspaceId }: AgentCaller,
  { before, limit = limits.pageSize }: ContactsBlocked,
): Promise<BlockedContacts> {
  const { contacts, more } = await storage.contacts.blocked({
    workspaceId,
    before: before ?? null,
    limit,
  });
  return {
    contacts: contacts.map((record) => ({
      contact: contactView(record),
      blockedAt: record.blockedAt ?? 0,
      byName: record.blockedBy,
    })),
    more,
  };
}
