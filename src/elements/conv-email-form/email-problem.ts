import type { EmailStrings, Localizer } from '../../i18n/index.js';
import type { EmailDraft, FoundContact } from '../../store/agent-client.js';

/** Why an email cannot be sent as it is. */
export interface Problem {
  field: 'to' | 'subject' | 'text';
  text(l: Localizer<EmailStrings>): string;
}

/** One sign between two parts of which the latter has a dot: the server knows more. */
const address = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/;

export function isAddress(text: string): boolean {
  return address.test(text.trim());
}

export function problemOf(
  { contactId, to, subject, text }: EmailDraft,
  contact: FoundContact | null,
  hasFiles: boolean,
): Problem | null {
  if (contactId !== null && contact && !contact.email) {
    return { field: 'to', text: (l) => l.term('newEmail.noAddress', to) };
  }
  if (contactId === null && !isAddress(to)) {
    return { field: 'to', text: (l) => l.term('newEmail.needTo') };
  }
  if (subject.trim() === '')
    return { field: 'subject', text: (l) => l.term('newEmail.needSubject') };
  if (text.trim() === '' && !hasFiles) {
    return { field: 'text', text: (l) => l.term('newEmail.needText') };
  }
  return null;
}
