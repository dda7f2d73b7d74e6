import type { Contact, ContactBlock } from '#kit/domain/contact.js';
import type { SystemEvent } from '#kit/domain/message.js';
import { CodedError } from '#kit/protocol/errors.js';
import { socketNames } from '../auth/socket-names.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { ContactRecord } from '../contact-ports.js';
import type { Repositories } from '../ports.js';
import { act, type Emit, type Ports } from './act.js';
import { audit } from './audit.js';
import { lockVisitor } from './locked-contact.js';
import { lockConversation, type LockedConversation } from './locked-conversation.js';
import { tellContact } from './tell-contact.js';
import { contactView } from './views.js';

/**
 * The conversation's contact can write no more; with `address` nobody can come from the network
 * that it came from last. Again changes nothing. Rejects with `conversation_not_found`,
 * `contact_not_found`.
 */
export async function blockContact(
  ports: Ports,
  caller: AgentCaller,
  conversationId: string,
  { address }: { address: boolean },
): Promise<Contact> {
  return setBlock(ports, caller, { conversationId }, address ? 'address' : 'contact');
}

/** Lifts the block of the contact and of its network. Rejects as `blockContact` does. */
export async function unblockContact(
  ports: Ports,
  caller: AgentCaller,
  conversationId: string,
): Promise<Contact> {
  return setBlock(ports, caller, { conversationId }, null);
}

/** The same without a conversation at hand, from the list of the blocked (S3.17). */
export async function liftBlock(
  ports: Ports,
  caller: AgentCaller,
  { contactId }: { contactId: string },
): Promise<void> {
  await setBlock(ports, caller, { contactId }, null);
}

async function setBlock(
  ports: Ports,
  caller: AgentCaller,
  whom: { conversationId: string } | { contactId: string },
  blocked: ContactBlock | null,
): Promise<Contact> {
  return act(ports, async (repositories, emit) => {
    const { agents, contacts } = repositories;
    const { contact, conversation } = await lockBoth(ports, repositories, emit, caller, whom);
    if (contact.blocked === blocked) return contactView(contact);

    await setNetwork(ports, repositories, emit, contact, blocked);
    const agent = await agents.get(caller.agentId);
    const changed = await contacts.update(contact.id, {
      blocked,
      blockedAt: blocked === null ? null : ports.clock.now(),
      blockedBy: blocked === null ? null : (agent?.name ?? null),
    });
    if (!changed) throw new CodedError('contact_not_found');
    const by = { byId: caller.agentId, byName: agent?.name ?? null };
    const line: SystemEvent =
      blocked === null
        ? { type: 'unblocked', ...by }
        : { type: 'blocked', ...by, address: blocked === 'address' };
    conversation?.appendSystem(line);
    const action = blocked === null ? 'contact.unblock' : 'contact.block';
    const details = { blocked: { before: contact.blocked, after: blocked } };
    await audit(ports, repositories, caller, action, contact.id, details);
    const view = await tellContact(repositories, emit, changed, ['blocked']);
    await conversation?.save();
    return view;
  });
}

/** The contact before the conversation, as where a visitor writes: neither waits for the other. */
async function lockBoth(
  ports: Ports,
  repositories: Repositories,
  emit: Emit,
  { workspaceId }: AgentCaller,
  whom: { conversationId: string } | { contactId: string },
): Promise<{ contact: ContactRecord; conversation: LockedConversation | null }> {
  const { conversations } = repositories;
  const lock = (id: string) => lockConversation(ports, repositories, emit, workspaceId, id);
  if ('conversationId' in whom) {
    const found = await conversations.get(whom.conversationId);
    if (found?.workspaceId !== workspaceId) throw new CodedError('conversation_not_found');
    const contact = await lockVisitor(repositories, { contactId: found.contactId, workspaceId });
    return { contact, conversation: await lock(whom.conversationId) };
  }
  const contact = await lockVisitor(repositories, { ...whom, workspaceId });
  const live =
    (await conversations.live(contact.id, 'chat')) ??
    (await conversations.live(contact.id, 'email'));
  return { contact, conversation: live && (await lock(live.id)) };
}

async function setNetwork(
  ports: Pick<Ports, 'clock'>,
  { access }: Pick<Repositories, 'access'>,
  emit: Emit,
  { id: contactId, workspaceId, network }: ContactRecord,
  blocked: ContactBlock | null,
): Promise<void> {
  if (blocked !== 'address') {
    await access.unblockNetworks(contactId);
    return;
  }
  const sockets = [socketNames.contact(contactId)];
  if (network !== null) {
    const blockedAt = ports.clock.now();
    await access.blockNetwork({ workspaceId, network, contactId, blockedAt });
    sockets.push(socketNames.network(workspaceId, network));
  }
  emit({ type: 'access', workspaceId, sockets });
}
