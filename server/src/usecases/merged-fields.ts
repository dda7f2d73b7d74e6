import { withFields, type Consent, type Field } from '#kit/domain/contact.js';
import { limits } from '#kit/protocol/limits.js';
import type { ContactFields, ContactRecord } from '../contact-ports.js';

/**
 * What changes in a contact that another one turned out to be. What both have is the known one's;
 * of one consent the later word counts.
 */
export function mergedFields(known: ContactRecord, other: ContactRecord): ContactFields {
  const notes = [known.notes, other.notes].filter((text) => text.trim() !== '');
  return {
    name: known.name ?? other.name,
    email: known.email ?? other.email,
    phone: known.phone ?? other.phone,
    language: known.language ?? other.language,
    groupId: known.groupId ?? other.groupId,
    notes: [...new Set(notes)].join('\n\n').slice(0, limits.notesLength),
    tags: [...new Set([...known.tags, ...other.tags])].slice(0, limits.tags),
    attributes: mergeFields(known.attributes, other.attributes),
    data: mergeFields(known.data, other.data),
    consents: mergeConsents(known.consents, other.consents),
  };
}

function mergeFields(known: readonly Field[], other: readonly Field[]): Field[] {
  const keys = new Set(known.map(({ key }) => key));
  const fresh = other.filter(({ key }) => !keys.has(key));
  return withFields(known, fresh).slice(0, limits.fields);
}

function mergeConsents(known: readonly Consent[], other: readonly Consent[]): Consent[] {
  const byName = new Map(known.map((consent) => [consent.name, consent]));
  for (const consent of other) {
    if ((byName.get(consent.name)?.at ?? -1) < consent.at) byName.set(consent.name, consent);
  }
  return [...byName.values()];
}
