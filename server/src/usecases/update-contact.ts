import type { Contact, ContactPatch } from '#kit/domain/contact.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { AgentCaller } from '../auth/tokens.js';
import { act, type Ports } from './act.js';
import { audit } from './audit.js';
import { cleanPatch, contactChanges } from './contact-changes.js';
import { lockVisitor } from './locked-contact.js';
import { tellContact } from './tell-contact.js';

/**
 * Changes the named fields of the conversation's contact and leaves the others (S3.35): under its
 * lock, so that agents who add attributes or tags at once all keep theirs. Rejects with
 * `invalid_email`, `invalid_payload` for what is no phone number or language, `group_not_found`,
 * `limit_reached`, `contact_not_found`, `conversation_not_found`.
 */
export async function updateContact(
  ports: Ports,
  caller: AgentCaller,
  conversationId: string,
  input: ContactPatch,
): Promise<Contact> {
  const patch = cleanPatch(input);
  const { workspaceId } = caller;
  return act(ports, async (repositories, emit) => {
    const conversation = await repositories.conversations.get(conversationId);
    if (conversation?.workspaceId !== workspaceId) throw new CodedError('conversation_not_found');
    const { contactId } = conversation;
    // The group before the contact, as where a group is deleted: neither waits for the other.
    const { groupId } = patch;
    if (groupId != null && !(await repositories.groups.lock(workspaceId, groupId))) {
      throw new CodedError('group_not_found');
    }
    const before = await lockVisitor(repositories, { contactId, workspaceId });
    const fields = contactChanges(before, patch, ports.clock.now());
    const names = Object.keys(fields);
    if (names.length === 0) return tellContact(repositories, emit, before, []);
    const changed = await repositories.contacts.update(before.id, fields);
    if (!changed) throw new CodedError('contact_not_found');
    await audit(ports, repositories, caller, 'contact.update', before.id, { fields: names });
    return tellContact(repositories, emit, changed, names);
  });
}
