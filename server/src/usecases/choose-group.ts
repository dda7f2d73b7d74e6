import type { Group } from '#kit/domain/agent.js';
import type { SystemEvent } from '#kit/domain/message.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { GroupChoose } from '#kit/protocol/payloads.js';
import type { VisitorCaller } from '../auth/tokens.js';
import type { ContactRecord } from '../contact-ports.js';
import type { Repositories } from '../ports.js';
import { act, type Ports } from './act.js';
import { lockVisitor } from './locked-contact.js';
import { LockedConversation } from './locked-conversation.js';
import { routeConversation } from './route-conversation.js';

/**
 * Whom a visitor wants to talk to (S5.6): the group of their live conversation, or of the next one.
 * Where it waits and nobody has it, it is routed anew. Null: not sure. The same again changes
 * nothing. Rejects with `group_not_found`, also for a private one, `message_refused`,
 * `contact_not_found`.
 */
export async function chooseGroup(
  ports: Ports,
  caller: VisitorCaller,
  { groupId }: GroupChoose,
): Promise<void> {
  const { workspaceId } = caller;
  // Outside of the transaction: the roster may have to read them first.
  const online = await ports.roster.online(workspaceId);
  await act(ports, async (repositories, emit) => {
    const { groups, conversations, contacts } = repositories;
    // The group before the contact, as where a group is deleted: neither waits for the other.
    if (groupId !== null) await groups.lock(workspaceId, groupId);
    const group = await choosable(repositories, workspaceId, groupId);
    if (groupId !== null && !group) throw new CodedError('group_not_found');
    const contact = await lockVisitor(repositories, caller);
    if (contact.blocked !== null) throw new CodedError('message_refused');
    const live = await conversations.lockLive(contact.id, 'chat');
    if (!live) {
      if (contact.chosenGroup !== groupId)
        await contacts.note(contact.id, { chosenGroup: groupId });
      return;
    }
    if (live.groupId === groupId) return;
    const conversation = new LockedConversation(ports, repositories, emit, live);
    conversation.appendSystem(groupedBy(contact, group));
    conversation.set({ groupId });
    if (live.waitingSince !== null) {
      await routeConversation(ports, repositories, conversation, online);
    }
    await conversation.save();
  });
}

/** The group if a visitor may choose it; one that they chose before may be gone or private by now. */
export async function choosable(
  { groups }: Pick<Repositories, 'groups'>,
  workspaceId: string,
  groupId: string | null,
): Promise<Group | null> {
  const group = groupId === null ? null : await groups.get(workspaceId, groupId);
  return group?.private === false ? group : null;
}

/** The line that says so: no agent did it. */
export function groupedBy({ name }: Pick<ContactRecord, 'name'>, group: Group | null): SystemEvent {
  const { id = null, name: groupName = null } = group ?? {};
  return { type: 'grouped', byId: null, byName: name, groupId: id, groupName };
}
