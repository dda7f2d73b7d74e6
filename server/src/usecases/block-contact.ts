import type { Contact, ContactBlock } from '#kit/domain/contact.js';
import type { SystemEvent } from '#kit/domain/message.js';
import { CodedError } from '#kit/protocol/errors.js';
import { socketNames } from '../auth/socket-names.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { ContactRecord } from '../contact-ports.js';
import type { Repositories } from '../ports.js';
import { act, type Emit, type Ports } from './act.js';
import { audit } from './audit.js';
import { lockConversation } from './locked-conversation.js';
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
  return setBlock(ports, caller, conversationId, address ? 'address' : 'contact');
}

/** Lifts the block of the contact and of its network. Rejects as `blockContact` does. */
export async function unblockContact(
  ports: Ports,
  caller: AgentCaller,
  conversationId: string,
): Promise<Contact> {
  return setBlock(ports, caller, conversationId, null);
}

async function setBlock(
  ports: Ports,
  caller: AgentCaller,
  conversationId: string,
  blocked: ContactBlock | null,
): Promise<Contact> {
  return act(ports, async (repositories, emit) => {
    const { agents, contacts, conversations } = repositories;
    // The contact before the conversation, as where a visitor writes: neither waits for the other.
    const found = await conversations.get(conversationId);
    if (found) await conversations.lockContact(found.contactId);
    const { workspaceId } = caller;
    const conversation = await lockConversation(
      ports,
      repositories,
      emit,
      workspaceId,
      conversationId,
    );
    const contact = await contacts.get(conversation.record.contactId);
    if (!contact) throw new CodedError('contact_not_found');
    if (contact.blocked === blocked) return contactView(contact);

    await setNetwork(ports, repositories, emit, contact, blocked);
    const changed = await contacts.update(contact.id, { blocked });
    if (!changed) throw new CodedError('contact_not_found');
    const agent = await agents.get(caller.agentId);
    const by = { byId: caller.agentId, byName: agent?.name ?? null };
    const line: SystemEvent =
      blocked === null
        ? { type: 'unblocked', ...by }
        : { type: 'blocked', ...by, address: blocked === 'address' };
    conversation.appendSystem(line);
    const action = blocked === null ? 'contact.unblock' : 'contact.block';
    const details = { blocked: { before: contact.blocked, after: blocked } };
    await audit(ports, repositories, caller, action, contact.id, details);
    const view = contactView(changed);
    emit({ type: 'contact', workspaceId, contact: view, conversationIds: [conversationId] });
    await conversation.save();
    return view;
  });
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
