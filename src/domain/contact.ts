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
  /** What an agent closed to this contact; always null where a visitor sees it. */
  blocked: ContactBlock | null;
  version: number;
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
  /** Newest last, the latest 20. */
  pages: PageView[];
}
