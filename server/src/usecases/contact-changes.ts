import { applyPatch, type Contact, type ContactPatch } from '#kit/domain/contact.js';
import { CodedError } from '#kit/protocol/errors.js';
import { limits } from '#kit/protocol/limits.js';
import type { ContactFields, ContactRecord } from '../contact-ports.js';
import { cleanEmail, cleanLanguage, cleanPhone } from './clean-text.js';

/** Consents that one contact may have. */
const mostConsents = 50;

/** What is edited of a contact; each is stored by itself. */
const editable = [
  'name',
  'email',
  'phone',
  'language',
  'groupId',
  'notes',
  'attributes',
  'tags',
  'consents',
] as const satisfies (keyof ContactFields & keyof Contact)[];

/** As it is stored. Throws `invalid_email`, and `invalid_payload` for what is no phone number or language. */
export function cleanPatch(input: ContactPatch): ContactPatch {
  const { email, phone, language } = input;
  return {
    ...input,
    ...(email == null ? {} : { email: cleanEmail(email) }),
    ...(phone == null ? {} : { phone: cleanPhone(phone) }),
    ...(language == null ? {} : { language: cleanLanguage(language) }),
  };
}

/** The fields that a clean patch changes, `now` in epoch ms. Throws `limit_reached`. */
export function contactChanges(
  before: ContactRecord,
  patch: ContactPatch,
  now: number,
): ContactFields {
  const after = applyPatch(before, patch, now);
  const differing = editable.filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const fields = Object.fromEntries(differing.map((name) => [name, after[name]])) as ContactFields;
  const { attributes = [], tags = [], consents = [] } = fields;
  if (
    attributes.length > limits.fields ||
    tags.length > limits.tags ||
    consents.length > mostConsents
  ) {
    throw new CodedError('limit_reached');
  }
  return fields;
}
