import { answeredQuestions, missingAnswers, openQuestions } from '#kit/domain/contact-form.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { ContactRecord } from '../contact-ports.js';
import type { Repositories, WorkspaceRecord } from '../ports.js';
import type { Emit, Ports } from './act.js';
import { choosable, groupedBy } from './choose-group.js';
import { LockedConversation } from './locked-conversation.js';
import { newConversation } from './new-conversation.js';

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
  const record = await newConversation(ports, repositories, {
    workspaceId,
    contactId,
    channel: 'chat',
    groupId: group?.id ?? null,
    subject: null,
  });
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
