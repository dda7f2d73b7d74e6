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
export type VisitorContact = Pick<
  Contact,
  'id' | 'name' | 'email' | 'phone' | 'avatarUrl' | 'language' | 'version'
>;

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
