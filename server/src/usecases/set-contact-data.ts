import { withFields, type Contact } from '#kit/domain/contact.js';
import { CodedError } from '#kit/protocol/errors.js';
import { limits } from '#kit/protocol/limits.js';
import type { ContactData } from '#kit/protocol/payloads.js';
import type { AgentCaller, VisitorCaller } from '../auth/tokens.js';
import { signedIdentity } from '../auth/visitor-identities.js';
import type { ContactRecord } from '../contact-ports.js';
import type { Repositories } from '../ports.js';
import { act, type Emit, type Ports } from './act.js';
import { audit } from './audit.js';
import { storable } from './clean-text.js';
import { lockVisitor } from './locked-contact.js';
import { tellContact } from './tell-contact.js';

/** UTF-16 units of all keys and values: agents are sent the whole list with each change. */
const mostUnits = 32_768;

/**
 * What the page knows of its visitor (S3.33). Nothing happens where the contact is blocked, which it
 * is not to notice. Rejects with `limit_reached`, `too_large`, `contact_not_found`.
 */
export async function pushContactData(
  ports: Ports,
  caller: VisitorCaller,
  input: ContactData,
): Promise<void> {
  await act(ports, async (repositories, emit) => {
    const contact = await lockVisitor(repositories, caller);
    if (contact.blocked === null) await store(repositories, emit, contact, input);
  });
}

/** By the contact's id, or by the id that the host signs. */
export type ContactName = { contactId: string } | { externalId: string };

/** What the host's server knows of a contact; rejects as `pushContactData` does. */
export async function setContactData(
  ports: Ports,
  caller: AgentCaller,
  name: ContactName,
  input: ContactData,
): Promise<Contact> {
  const { workspaceId } = caller;
  return act(ports, async (repositories, emit) => {
    const { contacts } = repositories;
    const contactId =
      'contactId' in name
        ? name.contactId
        : (await contacts.byIdentity(workspaceId, identityOf(name.externalId)))?.id;
    if (contactId === undefined) throw new CodedError('contact_not_found');
    const before = await lockVisitor(repositories, { contactId, workspaceId });
    const contact = await store(repositories, emit, before, input);
    // What it says is not for the log.
    await audit(ports, repositories, caller, 'contact.data', before.id, { how: input.how });
    return contact;
  });
}

function identityOf(externalId: string): string {
  try {
    return signedIdentity(externalId);
  } catch (cause) {
    throw new CodedError('contact_not_found', { cause });
  }
}

async function store(
  repositories: Pick<Repositories, 'contacts' | 'conversations'>,
  emit: Emit,
  before: ContactRecord,
  { how, data: given }: ContactData,
): Promise<Contact> {
  const changes = given.map(({ key, value }) => ({
    key: storable(key),
    value: value === null ? null : storable(value),
  }));
  const data = withFields(how === 'set' ? [] : before.data, changes);
  if (data.length > limits.fields) throw new CodedError('limit_reached');
  const units = data.reduce((sum, { key, value }) => sum + key.length + value.length, 0);
  if (units > mostUnits) throw new CodedError('too_large');
  if (JSON.stringify(data) === JSON.stringify(before.data)) {
    return tellContact(repositories, emit, before, []);
  }
  const changed = await repositories.contacts.update(before.id, { data });
  if (!changed) throw new CodedError('contact_not_found');
  return tellContact(repositories, emit, changed, ['data']);
}
