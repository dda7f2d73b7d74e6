import type { Contact, ContactPatch } from '#kit/domain/contact.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { AgentCaller } from '../auth/tokens.js';
import { act, type Ports } from './act.js';
import { audit } from './audit.js';
import { cleanEmail, cleanLine } from './clean-text.js';
import { lockConversation } from './locked-conversation.js';
import { contactView } from './views.js';

/**
 * Changes the named fields of the conversation's contact and leaves the others (S3.35). Rejects
 * with `invalid_email`, `contact_not_found`, `conversation_not_found`.
 */
export async function updateContact(
  ports: Ports,
  caller: AgentCaller,
  conversationId: string,
  input: ContactPatch,
): Promise<Contact> {
  const { name, email, phone } = input;
  const patch: ContactPatch = {
    ...(name === undefined ? {} : { name: cleanLine(name ?? '') }),
    ...(email === undefined ? {} : { email: cleanEmail(email ?? '') }),
    ...(phone === undefined ? {} : { phone: cleanLine(phone ?? '') }),
  };
  return act(ports, async (repositories, emit) => {
    // The contact before the conversation, as where a visitor writes: neither waits for the other.
    const found = await repositories.conversations.get(conversationId);
    if (found) await repositories.conversations.lockContact(found.contactId);
    const conversation = await lockConversation(
      ports,
      repositories,
      emit,
      caller.workspaceId,
      conversationId,
    );
    const { workspaceId, contactId } = conversation.record;
    const stored = await repositories.contacts.update(contactId, patch);
    if (!stored) throw new CodedError('contact_not_found');
    const contact = contactView(stored);
    await audit(ports, repositories, caller, 'contact.update', contactId, {
      fields: Object.keys(patch),
    });
    emit({ type: 'contact', workspaceId, contact, conversationIds: [conversationId] });
    // The card shows the contact's name: its snapshot is a new one.
    await conversation.save();
    return contact;
  });
}
