import type { SystemEvent } from '#kit/domain/message.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { VisitorMessageSend } from '#kit/protocol/payloads.js';
import type { VisitorCaller } from '../auth/tokens.js';
import type { MessageRecord, WorkspaceRecord } from '../ports.js';
import { act, type Ports } from './act.js';
import { beginConversation } from './begin-conversation.js';
import { checkFileCount, claimFiles } from './claim-files.js';
import { cleanMessageText, storable } from './clean-text.js';
import { lockVisitor } from './locked-contact.js';
import { LockedConversation } from './locked-conversation.js';
import { routeConversation } from './route-conversation.js';
import { storedBefore } from './stored-before.js';

/**
 * A visitor writes: starts the live conversation, or reopens it, and where nobody has it the first
 * message that waits for an answer is routed (S4.5). What the page showed by itself before stands
 * before it (S5.8). The same `clientId` again gives the same message. Rejects with `message_empty`,
 * `message_too_long`, `client_id_reused`, `contact_not_found`, `message_refused`, `form_required`,
 * `too_many_files`, `file_not_found`.
 */
export async function sendVisitorMessage(
  ports: Ports,
  caller: VisitorCaller,
  input: VisitorMessageSend,
): Promise<MessageRecord> {
  const { clientId, attachmentIds = [], shown = [] } = input;
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
    const workspace =
      live && shown.length === 0 ? null : await repositories.workspaces.get(caller.workspaceId);
    const conversation = live
      ? new LockedConversation(ports, repositories, emit, live)
      : await beginConversation(ports, repositories, emit, found(workspace), contact);
    if (conversation.record.state === 'closed') {
      conversation.appendSystem({ type: 'reopened', byId: null, byName: null });
      conversation.set({ state: 'open', closedAt: null });
    }
    const { id, name, avatarUrl } = contact;
    const author = { type: 'contact', id, name, avatarUrl } as const;
    const attachments = await claimFiles(
      repositories,
      writer,
      attachmentIds,
      conversation.record.id,
    );
    for (const line of shownLines(shown, workspace)) conversation.appendSystem(line);
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

function found(workspace: WorkspaceRecord | null): WorkspaceRecord {
  if (!workspace) throw new CodedError('workspace_not_found');
  return workspace;
}

/** A page says what it showed: only the workspace's own targeted messages are told by their id. */
function shownLines(
  shown: NonNullable<VisitorMessageSend['shown']>,
  workspace: WorkspaceRecord | null,
): SystemEvent[] {
  const known = new Set(workspace?.settings.targeted.map(({ id }) => id));
  return shown.flatMap(({ text, targetedId }) => {
    const clean = storable(text).trim();
    const id = targetedId !== null && known.has(targetedId) ? targetedId : null;
    return clean === '' ? [] : [{ type: 'shown', text: clean, targetedId: id }];
  });
}
