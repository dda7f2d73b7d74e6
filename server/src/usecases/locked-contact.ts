import { CodedError } from '#kit/protocol/errors.js';
import type { VisitorCaller } from '../auth/tokens.js';
import type { ContactRecord } from '../contact-ports.js';
import type { Repositories } from '../ports.js';

/**
 * The visitor's contact under its lock. Who turned out to be somebody known while this was on its
 * way is that contact: what they wrote a moment before must arrive where they are now. Rejects with
 * `contact_not_found`.
 */
export async function lockVisitor(
  { conversations }: Pick<Repositories, 'conversations'>,
  { contactId, workspaceId }: Pick<VisitorCaller, 'contactId' | 'workspaceId'>,
): Promise<ContactRecord> {
  const contact = await conversations.lockContact(contactId);
  if (contact?.workspaceId !== workspaceId) throw new CodedError('contact_not_found');
  if (contact.mergedInto === null) return contact;
  return lockVisitor({ conversations }, { contactId: contact.mergedInto, workspaceId });
}
