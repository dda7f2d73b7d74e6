/** What is known of a person. Empty strings are stored as null. */
export interface Contact {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  avatarUrl: string | null;
  /** BCP 47 tag of the browser, or as set by an agent. */
  language: string | null;
  createdAt: number;
  /** What an agent closed to this contact. */
  blocked: ContactBlock | null;
  /** What agents keep besides, in the order of adding (S3.31). */
  attributes: Field[];
  notes: string;
  tags: string[];
  groupId: string | null;
  consents: Consent[];
  /** What the page or the host's server told, in their order; agents only read it (S3.33). */
  data: Field[];
  version: number;
}

/** What a visitor is told of their own contact. */
export interface VisitorContact extends Pick<
  Contact,
  'id' | 'name' | 'email' | 'phone' | 'avatarUrl' | 'language' | 'version'
> {
  /** Questions of the workspace's form that are answered: keys of fields, names of consents. */
  given: string[];
}

export interface Field {
  key: string;
  value: string;
}

/** What the person agreed to, or did not. */
export interface Consent {
  /** Such as `terms` or `marketing`. */
  name: string;
  given: boolean;
  /** Epoch ms. */
  at: number;
}

/** `contact`: may not write. `address`: nor may anybody from the address that the contact came from. */
export type ContactBlock = 'contact' | 'address';

/** The part of a contact that a card in the list shows. */
export type ContactSummary = Pick<Contact, 'id' | 'name' | 'email' | 'avatarUrl'>;

/** The fields that an agent edits in place; two agents' edits of different fields both last (S3.35). */
export interface ContactPatch {
  name?: string | null;
  email?: string | null;
  phone?: string | null;
  language?: string | null;
  notes?: string;
  groupId?: string | null;
  /** One attribute each; null takes it away. */
  attributes?: Record<string, string | null>;
  addTags?: string[];
  removeTags?: string[];
  /** One consent each. */
  consents?: Record<string, boolean>;
}

/**
 * The contact with a patch on it, trimmed; its version stays. What it does not name stays, so that
 * patches of different fields give the same in any order. `now`, epoch ms, is the time of a consent.
 */
export function applyPatch(contact: Contact, patch: ContactPatch, now: number): Contact {
  const { name, email, phone, language, groupId, notes, attributes, consents } = patch;
  const removed = new Set(patch.removeTags?.map(cleanWord));
  const added = (patch.addTags ?? []).map(cleanWord).filter((tag) => tag !== '');
  return {
    ...contact,
    name: line(name, contact.name),
    email: line(email, contact.email),
    phone: line(phone, contact.phone),
    language: line(language, contact.language),
    groupId: line(groupId, contact.groupId),
    notes: notes ?? contact.notes,
    attributes: attributes
      ? withFields(
          contact.attributes,
          Object.entries(attributes).map(([key, value]) => ({ key, value })),
        )
      : contact.attributes,
    tags: [...new Set([...contact.tags, ...added])].filter((tag) => !removed.has(tag)),
    consents: consents ? withConsents(contact.consents, consents, now) : contact.consents,
  };
}

/** Fields with some set, each in its old place or at the end; null takes one away. */
export function withFields(
  fields: readonly Field[],
  changes: readonly { key: string; value: string | null }[],
): Field[] {
  const values = new Map(fields.map(({ key, value }) => [key, value]));
  for (const { key, value } of changes) {
    const name = cleanWord(key);
    if (value === null) values.delete(name);
    else if (name !== '') values.set(name, value.trim());
  }
  return [...values].map(([key, value]) => ({ key, value }));
}

/** One that stays as it was keeps its time. */
function withConsents(
  consents: readonly Consent[],
  given: Readonly<Record<string, boolean>>,
  now: number,
): Consent[] {
  const byName = new Map(consents.map((consent) => [consent.name, consent]));
  for (const [name, value] of Object.entries(given)) {
    if (byName.get(name)?.given !== value) byName.set(name, { name, given: value, at: now });
  }
  return [...byName.values()];
}

function line(next: string | null | undefined, before: string | null): string | null {
  if (next === undefined) return before;
  return cleanWord(next ?? '') || null;
}

function cleanWord(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** One page seen during a visit. */
export interface PageView {
  url: string;
  title: string;
  /** Epoch ms. */
  at: number;
}

/** Technical facts of the contact's latest visit (S3.34). */
export interface Visit {
  id: string;
  startedAt: number;
  lastSeenAt: number;
  userAgent: string | null;
  browser: string | null;
  system: string | null;
  referrer: string | null;
  language: string | null;
  /** IANA name, such as `Europe/Stockholm`. */
  timeZone: string | null;
  /** As the server saw it. */
  ip: string | null;
  /** ISO 3166 code, such as `SE`; null where the server cannot tell. */
  country: string | null;
  city: string | null;
  /** Newest last, the latest 20. */
  pages: PageView[];
}

/** What agents keep of a contact besides, of whom nothing is known yet. */
export function noDetails(): Pick<
  Contact,
  'attributes' | 'notes' | 'tags' | 'groupId' | 'consents' | 'data'
> {
  return { attributes: [], notes: '', tags: [], groupId: null, consents: [], data: [] };
}
