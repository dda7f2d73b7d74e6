import { answeredQuestions, missingAnswers, openQuestions } from '#kit/domain/contact-form.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { ContactRecord } from '../contact-ports.js';
import type { ConversationRecord, Repositories, WorkspaceRecord } from '../ports.js';
import type { Emit, Ports } from './act.js';
import { choosable, groupedBy } from './choose-group.js';
import { LockedConversation } from './locked-conversation.js';

const nothingAnswered = { values: {}, consents: {} };

/**
 * A new live conversation of the chat, before its first message: of the group that the contact, which
 * is locked, chose before, and with a line of what they answered. Throws `form_required` while they
 * leave required questions open that come before it.
 */
export async function beginConversation(
  ports: Ports,
  repositories: Repositories,
  emit: Emit,
  { settings }: Pick<WorkspaceRecord, 'settings'>,
  contact: ContactRecord,
): Promise<LockedConversation> {
  requireAnswers(settings, contact);
  const { id: contactId, workspaceId, chosenGroup, formAnswered } = contact;
  const group = await choosable(repositories, workspaceId, chosenGroup);
  const now = ports.clock.now();
  const record: ConversationRecord = {
    id: ports.ids.next('cv'),
    workspaceId,
    contactId,
    channel: 'chat',
    state: 'open',
    live: true,
    assigneeIds: [],
    groupId: group?.id ?? null,
    lastSeq: 0,
    lastPublicSeq: 0,
    lastMessageId: null,
    activeAt: now,
    waitingSince: null,
    lastContactPosition: 0,
    createdAt: now,
    closedAt: null,
    subject: null,
    rating: null,
    mentions: {},
    deletedAt: null,
    version: 1,
  };
  await repositories.conversations.create(record);
  const conversation = new LockedConversation(ports, repositories, emit, record);
  if (group) conversation.appendSystem(groupedBy(contact, group));
  if (formAnswered) conversation.appendSystem({ type: 'form', given: formAnswered });
  if (chosenGroup !== null || formAnswered !== null) {
    await repositories.contacts.note(contactId, { chosenGroup: null, formAnswered: null });
  }
  return conversation;
}

function requireAnswers({ form }: WorkspaceRecord['settings'], contact: ContactRecord): void {
  if (form?.when !== 'before') return;
  const open = openQuestions(form, answeredQuestions(form, contact));
  if (open && missingAnswers(open, nothingAnswered).length > 0) {
    throw new CodedError('form_required');
  }
}
