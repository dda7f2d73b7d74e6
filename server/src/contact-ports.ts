import type { Contact } from '#kit/domain/index.js';

/** What is stored of visitors, and whether they may come. Times are epoch ms. */

/** A contact as stored, with what only the server needs. */
export interface ContactRecord extends Contact {
  workspaceId: string;
  /** `id:` and the host's id, or `secret:` and the hash of a bare visitor id; null while anonymous. */
  identity: string | null;
  /** As the host claimed them last, or the contact said before; what an agent wrote is no claim. */
  claims: IdentityClaims | null;
  /** The contact that this one turned out to be; its conversations are there now. */
  mergedInto: string | null;
  /** Where it came from last: a keyed hash of the network. */
  network: string | null;
  /** Epoch ms, and the name that the agent had; null while nothing is closed. */
  blockedAt: number | null;
  blockedBy: string | null;
  /** Whom they asked for before there was a conversation: of the next one. */
  chosenGroup: string | null;
  /** Questions that they answered before there was a conversation: the next one begins with them. */
  formAnswered: string[] | null;
}

export interface IdentityClaims {
  name: string | null;
  email: string | null;
}

export interface Contacts {
  create(contact: NewContact): Promise<void>;
  get(id: string): Promise<ContactRecord | null>;
  byIdentity(workspaceId: string, identity: string): Promise<ContactRecord | null>;
  /** Those with that address in any case, who turned out to be nobody else; the latest first. */
  byEmail(workspaceId: string, email: string): Promise<ContactRecord[]>;
  /** Who may not write, the latest first, after one of them or from the start. */
  blocked(query: {
    workspaceId: string;
    before: { blockedAt: number; id: string } | null;
    limit: number;
  }): Promise<{ contacts: ContactRecord[]; more: boolean }>;
  /** Their latest conversations, earlier ones among them, at most 50. */
  conversationIds(id: string): Promise<string[]>;
  /** Changes the named fields only; raises `version`, and that of conversations whose card shows them. */
  update(id: string, patch: ContactFields): Promise<ContactRecord | null>;
  /** What agents are not shown; raises no `version`. */
  note(
    id: string,
    patch: Partial<
      Pick<ContactRecord, 'identity' | 'claims' | 'network' | 'chosenGroup' | 'formAnswered'>
    >,
  ): Promise<void>;
  /**
   * Gives all that one contact has, its conversations with what it wrote in them, its files and
   * visits, to another one, and marks it as merged. Where both have a live conversation the moved
   * one becomes an earlier one. Gives the ids of the conversations that were moved.
   */
  merge(fromId: string, intoId: string): Promise<string[]>;
}

export type NewContact = Contact &
  Pick<ContactRecord, 'workspaceId'> &
  Partial<Pick<ContactRecord, 'identity' | 'claims' | 'network'>>;

export type ContactFields = Partial<
  Pick<
    ContactRecord,
    | 'name'
    | 'email'
    | 'phone'
    | 'language'
    | 'attributes'
    | 'notes'
    | 'tags'
    | 'groupId'
    | 'consents'
    | 'data'
    | 'blocked'
    | 'blockedAt'
    | 'blockedBy'
  >
>;

/** Whether somebody may still come: revoked and used tokens, closed networks. */
export interface Access {
  /** Kept until `expiresAt`; doing it again keeps the later one. */
  revoke(token: { id: string; expiresAt: number }, now: number): Promise<void>;
  isRevoked(tokenId: string): Promise<boolean>;
  /** False when it was used before. */
  useOnce(
    token: { workspaceId: string; hash: string; expiresAt: number },
    now: number,
  ): Promise<boolean>;
  blockNetwork(block: {
    workspaceId: string;
    network: string;
    contactId: string;
    blockedAt: number;
  }): Promise<void>;
  /** Opens what was closed for this contact. */
  unblockNetworks(contactId: string): Promise<void>;
  isNetworkBlocked(workspaceId: string, network: string): Promise<boolean>;
  /** What a connection asks, in one statement; null where there is no such contact. */
  visitor(query: {
    contactId: string;
    tokenId: string;
    network: string;
  }): Promise<VisitorAccess | null>;
}

export interface VisitorAccess {
  workspaceId: string;
  blocked: Contact['blocked'];
  mergedInto: string | null;
  /** Where it came from before. */
  network: string | null;
  tokenRevoked: boolean;
  networkBlocked: boolean;
}
