import { CodedError } from '#kit/protocol/errors.js';
import type { VisitorCaller } from '../auth/tokens.js';
import type { MessageRecord } from '../ports.js';
import { act, type Ports } from './act.js';
import { checkFileCount, claimFiles } from './claim-files.js';
import { cleanMessageText } from './clean-text.js';
import { lockVisitor } from './locked-contact.js';
import { LockedConversation } from './locked-conversation.js';
import { newConversation } from './new-conversation.js';
import { routeConversation } from './route-conversation.js';
import { storedBefore } from './stored-before.js';

/**
 * A visitor writes: starts the live conversation, or reopens it, and where nobody has it the first
 * message that waits for an answer is routed (S4.5). The same `clientId` again gives the same message. Rejects with `message_empty`, `message_too_long`, `client_id_reused`,
 * `contact_not_found`, `message_refused`, `too_many_files`, `file_not_found`.
 */
export async function sendVisitorMessage(
  ports: Ports,
  caller: VisitorCaller,
  input: { clientId: string; text: string; attachmentIds?: string[] },
): Promise<MessageRecord> {
  const { clientId, attachmentIds = [] } = input;
  checkFileCount(attachmentIds);
  const text = cleanMessageText(input.text, attachmentIds.length > 0);
  // Outside of the transaction: the roster may have to read them first.
  const online = await ports.roster.online(caller.workspaceId);
  return act(ports, async (repositories, emit) => {
    const contact = await lockVisitor(repositories, caller);
    const writer = { ...caller, contactId: contact.id };
    const sent = { clientId, kind: 'reply', text, attachmentIds, conversationId: null } as const;
    const [before, live] = await Promise.all([
      storedBefore(repositories, { type: 'contact', id: contact.id }, sent),
      repositories.conversations.lockLive(contact.id, 'chat'),
    ]);
    if (before) return before;
    if (contact.blocked !== null) throw new CodedError('message_refused');
    const record =
      live ??
      (await newConversation(ports, repositories, {
        workspaceId: caller.workspaceId,
        contactId: contact.id,
        channel: 'chat',
        groupId: null,
        subject: null,
      }));
    const conversation = new LockedConversation(ports, repositories, emit, record);
    if (record.state === 'closed') {
      conversation.appendSystem({ type: 'reopened', byId: null, byName: null });
      conversation.set({ state: 'open', closedAt: null });
    }
    const { id, name, avatarUrl } = contact;
    const author = { type: 'contact', id, name, avatarUrl } as const;
    const attachments = await claimFiles(repositories, writer, attachmentIds, record.id);
    const isFirst = conversation.record.waitingSince === null;
    const message = conversation.append({
      clientId,
      kind: 'reply',
      author,
      text,
      attachments,
    });
    if (isFirst) await routeConversation(ports, repositories, conversation, online);
    await conversation.save();
    return message;
  });
}
