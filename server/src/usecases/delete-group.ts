import { CodedError } from '#kit/protocol/errors.js';
import type { AgentCaller } from '../auth/tokens.js';
import { act, type Ports } from './act.js';
import { audit } from './audit.js';
import { lockAnyConversation } from './locked-conversation.js';
import { requireRole } from './require-role.js';
import { tellContact } from './tell-contact.js';
import { tellGroups } from './tell-groups.js';

const batch = 100;

/**
 * Deletes a group; its conversations and contacts have none then, and whoever sees them is told. Rejects with
 * `forbidden`, `group_not_found`.
 */
export async function deleteGroup(
  ports: Ports,
  caller: AgentCaller,
  { id }: { id: string },
): Promise<void> {
  // Of many conversations some at a time: whoever writes in one does not wait for all.
  while (!(await deletePart(ports, caller, id)));
}

/** True once the group is gone. */
async function deletePart(ports: Ports, caller: AgentCaller, id: string): Promise<boolean> {
  const { workspaceId } = caller;
  return act(ports, async (repositories, emit) => {
    await requireRole(repositories, caller, 'group.delete');
    const { groups } = repositories;
    // Nothing more comes to the group meanwhile.
    if (!(await groups.lock(workspaceId, id))) throw new CodedError('group_not_found');
    const ids = await groups.conversations(id, batch);
    for (const conversationId of ids) {
      const conversation = await lockAnyConversation(
        ports,
        repositories,
        emit,
        workspaceId,
        conversationId,
      );
      conversation.set({ groupId: null });
      await conversation.save();
    }
    // Never both in one transaction: whoever writes takes the contact before the conversation.
    if (ids.length > 0) return false;
    const contactIds = await groups.contacts(id, batch);
    for (const contactId of contactIds) {
      await repositories.conversations.lockContact(contactId);
      const changed = await repositories.contacts.update(contactId, { groupId: null });
      if (changed) await tellContact(repositories, emit, changed, ['groupId']);
    }
    if (contactIds.length > 0) return false;
    await groups.delete(workspaceId, id);
    await audit(ports, repositories, caller, 'group.delete', id);
    await tellGroups(repositories, emit, workspaceId);
    return true;
  });
}
