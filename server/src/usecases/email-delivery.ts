import type { EmailDelivery } from '#kit/domain/message.js';
import { CodedError } from '#kit/protocol/errors.js';
import { limits } from '#kit/protocol/limits.js';
import type { ContactRecord } from '../contact-ports.js';
import type { ConversationRecord, Repositories } from '../ports.js';
import type { Ports } from './act.js';

/**
 * How a reply in this conversation will travel; null where it goes by no email. Without a subject
 * it answers the last one. Rejects with `mail_not_configured`, `invalid_email` where the contact has
 * no address, `rate_limited`.
 */
export async function emailDelivery(
  { mail }: Pick<Ports, 'mail'>,
  { contacts, emails }: Pick<Repositories, 'contacts' | 'emails'>,
  conversation: Pick<
    ConversationRecord,
    'id' | 'workspaceId' | 'contactId' | 'channel' | 'subject'
  >,
  given?: { contact: ContactRecord; subject: string },
): Promise<EmailDelivery | null> {
  if (conversation.channel !== 'email') return null;
  if (mail.from === null) throw new CodedError('mail_not_configured');
  const contact = given?.contact ?? (await contacts.get(conversation.contactId));
  if (!contact) throw new CodedError('contact_not_found');
  const to = contact.email;
  if (to === null) throw new CodedError('invalid_email');
  await mail.limit.spend(conversation.workspaceId);
  const before = given ? null : await emails.latest(conversation.id);
  const subject = given?.subject ?? replySubject(before?.subject ?? conversation.subject ?? '');
  return { to, subject, state: 'queued', error: null };
}

/** `Re:` as mail programs of several languages spell it, however often. */
const answers = /^(?:\s*(?:re|aw|antw|sv|vs|rv|odp|res|回复|答复)(?:\[\d+\])?\s*[:：])+\s*/iu;

/** What an email is about, whoever answered it. */
export function baseSubject(subject: string): string {
  return subject.replace(answers, '').trim();
}

export function replySubject(subject: string): string {
  return `Re: ${baseSubject(subject)}`.trim().slice(0, limits.subjectLength);
}
