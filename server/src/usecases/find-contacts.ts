import { searchTerms, type ContactSummary } from '#kit/domain/index.js';
import type { ContactsFind, ContactsFound } from '#kit/protocol/payloads.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { Ports } from './act.js';

const most = 20;

/**
 * Contacts to write to (S3.4), by words of a name and address of which the last one may go on; an
 * exact address comes first. Somebody new is found within about a second.
 */
export async function findContacts(
  { storage }: Pick<Ports, 'storage'>,
  { workspaceId }: AgentCaller,
  { query }: ContactsFind,
): Promise<ContactsFound> {
  const terms = searchTerms(query);
  const [exact, named] = await Promise.all([
    storage.contacts.byEmail(workspaceId, query.trim()),
    terms.words.length === 0 && terms.prefix === null
      ? []
      : storage.search.contacts({ workspaceId, ...terms, limit: most }),
  ]);
  const found = new Map<string, ContactSummary>();
  for (const { id, name, email, avatarUrl } of [...exact, ...named]) {
    found.set(id, { id, name, email, avatarUrl });
  }
  return { contacts: [...found.values()].slice(0, most) };
}
