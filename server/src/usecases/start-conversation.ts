import type { Conversation } from '#kit/domain/conversation.js';
import { CodedError } from '#kit/protocol/errors.js';
import { limits } from '#kit/protocol/limits.js';
import type { ConversationStart } from '#kit/protocol/payloads.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { ContactRecord } from '../contact-ports.js';
import type { Repositories } from '../ports.js';
import { act, type Ports } from './act.js';
import { checkFileCount, claimFiles } from './claim-files.js';
import { cleanEmail, cleanLine, cleanMessageText } from './clean-text.js';
import { emailDelivery } from './email-delivery.js';
import { lockVisitor } from './locked-contact.js';
import { LockedConversation } from './locked-conversation.js';
import { newContact } from './new-contact.js';
import { newConversation } from './new-conversation.js';
import { storedBefore } from './stored-before.js';

/**
 * Writes an email to a contact, or to an address whose contact is found or made: in the live email
 * conversation with them, or in a new one that the writer has (S3.4). The same `clientId` again
 * gives the same conversation. Rejects with `mail_not_configured`, `invalid_email`,
 * `contact_not_found`, `message_empty`, `message_too_long`, `invalid_payload` without a subject,
 * `client_id_reused`, `too_many_files`, `file_not_found`, `rate_limited`.
 */
export async function startConversation(
  ports: Ports,
  caller: AgentCaller,
  input: ConversationStart,
): Promise<Conversation> {
  const { clientId, attachmentIds = [] } = input;
  checkFileCount(attachmentIds);
  const text = cleanMessageText(input.text, attachmentIds.length > 0);
  const subject = cleanLine(input.subject);
  if (subject === null) throw new CodedError('invalid_payload');
  return act(ports, async (repositories, emit) => {
    const { conversations, agents, messages } = repositories;
    const identity = { type: 'agent', id: caller.agentId } as const;
    const sent = { clientId, kind: 'reply', text, attachmentIds, conversationId: null } as const;
    const before = await storedBefore(repositories, identity, sent);
    if (before) {
      const snapshot = await conversations.snapshot(before.conversationId);
      if (!snapshot) throw new CodedError('conversation_not_found');
      return snapshot;
    }
    if (ports.mail.from === null) throw new CodedError('mail_not_configured');
    const contact = await recipient(ports, repositories, caller.workspaceId, input.to);
    if (contact.email === null) throw new CodedError('invalid_email');
    const agent = await agents.get(caller.agentId);
    if (!agent) throw new CodedError('agent_not_found');
    const { id, name, avatarUrl } = agent;

    const live = await conversations.lockLive(contact.id, 'email');
    const record =
      live ??
      (await newConversation(ports, repositories, {
        workspaceId: caller.workspaceId,
        contactId: contact.id,
        channel: 'email',
        groupId: contact.groupId,
        subject,
      }));
    const email = await emailDelivery(ports, repositories, record, { contact, subject });
    const conversation = new LockedConversation(ports, repositories, emit, record);
    if (record.state === 'closed') {
      conversation.appendSystem({ type: 'reopened', byId: id, byName: name });
      conversation.set({ state: 'open', closedAt: null });
    }
    if (!(await messages.repliers(record.id)).includes(id)) {
      conversation.appendSystem({ type: 'joined', agentId: id, agentName: name });
    }
    if (record.assigneeIds.length === 0) conversation.set({ assigneeIds: [id] });
    const attachments = await claimFiles(repositories, caller, attachmentIds, null);
    const author = { ...identity, name, avatarUrl };
    conversation.append({ clientId, kind: 'reply', author, text, attachments, email });
    return conversation.save();
  });
}

/** The contact under its lock. */
async function recipient(
  ports: Ports,
  repositories: Repositories,
  workspaceId: string,
  to: ConversationStart['to'],
): Promise<ContactRecord> {
  if ('contactId' in to) return lockVisitor(repositories, { ...to, workspaceId });
  const email = cleanEmail(to.email);
  if (email === null) throw new CodedError('invalid_email');
  const known = async (): Promise<ContactRecord | null> => {
    const id = await bestOf(repositories, await repositories.contacts.byEmail(workspaceId, email));
    return id === null ? null : lockVisitor(repositories, { contactId: id, workspaceId });
  };
  const found = await known();
  if (found) return found;
  // One after the other: two who write to a new address write to one contact.
  await repositories.workspaces.lock(workspaceId);
  const made = await known();
  if (made) return made;
  const name = cleanLine(to.name ?? '')?.slice(0, limits.nameLength) ?? null;
  const contact = await newContact(ports, repositories.contacts, {
    workspaceId,
    identity: null,
    network: null,
    name,
    email,
  });
  return lockVisitor(repositories, { contactId: contact.id, workspaceId });
}

/** Of several with one address: whoever has a live email conversation, else the latest. */
async function bestOf(
  { conversations }: Repositories,
  contacts: readonly ContactRecord[],
): Promise<string | null> {
  for (const { id } of contacts.slice(0, 20)) {
    if (contacts.length > 1 && (await conversations.live(id, 'email'))) return id;
  }
  return contacts[0]?.id ?? null;
}
