import type { Contact } from '#kit/domain/contact.js';
import type { ContactRecord } from '../contact-ports.js';
import type { Repositories } from '../ports.js';
import type { Emit } from './act.js';
import { tellConversation } from './locked-conversation.js';
import { contactView } from './views.js';

/**
 * Within the transaction that changed the named fields: tells all the contact's threads, and the
 * cards that show its name or email. Gives the contact as agents see it.
 */
export async function tellContact(
  repositories: Pick<Repositories, 'contacts' | 'conversations'>,
  emit: Emit,
  stored: ContactRecord,
  fields: readonly string[],
): Promise<Contact> {
  const contact = contactView(stored);
  if (fields.length === 0) return contact;
  const { workspaceId, id: contactId } = stored;
  const conversationIds = await repositories.contacts.conversationIds(contactId);
  emit({ type: 'contact', workspaceId, contact, conversationIds });
  if (!fields.includes('name') && !fields.includes('email')) return contact;
  for (const id of conversationIds) {
    await tellConversation(repositories, emit, { id, workspaceId, contactId });
  }
  return contact;
}
