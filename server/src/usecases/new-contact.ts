import { noDetails } from '#kit/domain/contact.js';
import type { ContactRecord, Contacts, NewContact } from '../contact-ports.js';
import type { Ports } from './act.js';

/** Stores a contact of whom nothing is known but where it came from, and who the host says it is. */
export async function newContact(
  ports: Pick<Ports, 'ids' | 'clock'>,
  contacts: Contacts,
  given: Pick<ContactRecord, 'workspaceId' | 'identity' | 'network'> &
    Partial<Pick<ContactRecord, 'name' | 'email'>>,
): Promise<ContactRecord> {
  const contact: NewContact & ContactRecord = {
    id: ports.ids.next('ct'),
    name: null,
    email: null,
    phone: null,
    avatarUrl: null,
    language: null,
    createdAt: ports.clock.now(),
    blocked: null,
    blockedAt: null,
    blockedBy: null,
    version: 1,
    ...noDetails(),
    claims: null,
    mergedInto: null,
    chosenGroup: null,
    formAnswered: null,
    ...given,
  };
  await contacts.create(contact);
  return contact;
}
