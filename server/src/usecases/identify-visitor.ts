import { limits } from '#kit/protocol/limits.js';
import { CodedError } from '#kit/protocol/errors.js';
import { socketNames } from '../auth/socket-names.js';
import { visitorTokenMs, type VisitorCaller } from '../auth/tokens.js';
import type { VerifiedIdentity } from '../auth/visitor-identities.js';
import type { ContactFields, ContactRecord, IdentityClaims } from '../contact-ports.js';
import type { Repositories } from '../ports.js';
import { act, type Emit, type Ports } from './act.js';
import { cleanEmail, cleanLine } from './clean-text.js';
import { tellConversation } from './locked-conversation.js';
import { mergedFields } from './merged-fields.js';
import { newContact } from './new-contact.js';
import { contactView } from './views.js';

export interface Identification {
  workspaceId: string;
  identity: VerifiedIdentity;
  /** Whom the browser's token names so far; null when it brought none. */
  browser: Omit<VisitorCaller, 'type'> | null;
  network: string;
}

/** Who the browser is from now on. A new `tokenId` means that the former token was revoked. */
export interface Identified {
  contactId: string;
  tokenId: string;
}

/** What the browser was to the identity before. */
type Standing =
  | 'nobody'
  | 'anonymous'
  /** It is the identity's already. */
  | 'same'
  /** Another tab of it came first, and took its conversation along. */
  | 'moved'
  /** Somebody else signed in here before. */
  | 'other';

/**
 * Makes the browser one of a signed id's devices. Its anonymous conversation comes along if the
 * contact has no live one, and is kept as an earlier one for agents otherwise; the same identity
 * once more changes nothing. Rejects with `identity_reused`, `token_invalid`, `chat_unavailable`.
 */
export async function identifyVisitor(
  ports: Ports,
  { workspaceId, identity: verified, browser, network }: Identification,
): Promise<Identified> {
  const { identity, claims, once } = verified;
  return act(ports, async (repositories, emit) => {
    const { contacts, access } = repositories;
    const now = ports.clock.now();
    const { own, known } = await lockBoth(repositories, workspaceId, browser, identity);
    const standing = standingOf(own, known, identity);
    const isRepeated = standing === 'same' || standing === 'moved';
    const revoked = browser !== null && (await access.isRevoked(browser.tokenId));
    // The other tab revoked the token that both of them had.
    if (revoked && !isRepeated) throw new CodedError('token_invalid');
    const fresh = once === null || (await access.useOnce({ workspaceId, ...once }, now));
    if (!fresh && !isRepeated) throw new CodedError('identity_reused');

    let contact = standing === 'same' ? own : known;
    if (standing === 'anonymous' && own) {
      contact = known
        ? await merge(repositories, emit, own, known)
        : await adopt(repositories, own, identity);
    }
    contact ??= await newContact(ports, contacts, { workspaceId, identity, network });
    if (contact.blocked === 'address') throw new CodedError('chat_unavailable');
    await claim(repositories, emit, contact, claims);
    if (contact.network !== network) await contacts.note(contact.id, { network });

    const contactId = contact.id;
    if (standing === 'same' && browser && !revoked) return { contactId, tokenId: browser.tokenId };
    if (browser && !revoked) {
      // Whoever else holds the anonymous token must not follow into what is signed from here on.
      await access.revoke({ id: browser.tokenId, expiresAt: now + visitorTokenMs }, now);
      const socket =
        standing === 'anonymous'
          ? socketNames.contact(browser.contactId)
          : socketNames.browser(browser.tokenId);
      emit({ type: 'access', workspaceId, sockets: [socket] });
    }
    return { contactId, tokenId: ports.ids.next('vt') };
  });
}

interface Both {
  /** Of the browser. */
  own: ContactRecord | null;
  /** Of the identity. */
  known: ContactRecord | null;
}

/** Both under their locks, which are always taken in one order. */
async function lockBoth(
  { contacts, conversations }: Repositories,
  workspaceId: string,
  browser: Identification['browser'],
  identity: string,
): Promise<Both> {
  const found = await contacts.byIdentity(workspaceId, identity);
  const ids = [browser?.contactId, found?.id].filter((id) => id !== undefined);
  for (const id of [...new Set(ids)].sort()) await conversations.lockContact(id);
  const own = browser && (await contacts.get(browser.contactId));
  if (browser && own?.workspaceId !== workspaceId) throw new CodedError('token_invalid');
  return { own, known: found && (await contacts.get(found.id)) };
}

function standingOf(
  own: ContactRecord | null,
  known: ContactRecord | null,
  identity: string,
): Standing {
  if (own === null) return 'nobody';
  if (own.mergedInto !== null) {
    if (own.mergedInto === known?.id) return 'moved';
    throw new CodedError('token_invalid');
  }
  if (own.identity === null) return 'anonymous';
  return own.identity === identity ? 'same' : 'other';
}

/** The anonymous contact is the identity's from now on. */
async function adopt(
  { contacts }: Repositories,
  own: ContactRecord,
  identity: string,
): Promise<ContactRecord> {
  await contacts.note(own.id, { identity });
  return { ...own, identity };
}

/** The anonymous contact turned out to be a known one. */
async function merge(
  repositories: Repositories,
  emit: Emit,
  own: ContactRecord,
  known: ContactRecord,
): Promise<ContactRecord> {
  const { contacts, conversations } = repositories;
  const { workspaceId, id: contactId } = known;
  const live = await conversations.live(contactId, 'chat');
  const moved = await contacts.merge(own.id, contactId);
  // A signature is no way round a block.
  const block: Partial<ContactFields> =
    own.blocked !== null && known.blocked !== 'address'
      ? { blocked: own.blocked, blockedAt: own.blockedAt, blockedBy: own.blockedBy }
      : {};
  if (!live) await contacts.note(contactId, waitingFor(known, own));
  await contacts.note(contactId, { claims: mergedClaims(known, own) });
  const merged = await contacts.update(contactId, { ...mergedFields(known, own), ...block });
  if (!merged) throw new CodedError('token_invalid');
  for (const id of moved)
    await tellConversation(repositories, emit, { id, workspaceId, contactId });
  emit({ type: 'contact', workspaceId, contact: contactView(merged), conversationIds: moved });
  return merged;
}

/** What was chosen and answered for a conversation that did not begin yet; the browser's is the later word. */
function waitingFor(
  known: ContactRecord,
  own: ContactRecord,
): Pick<ContactRecord, 'chosenGroup' | 'formAnswered'> {
  const answered = new Set([...(known.formAnswered ?? []), ...(own.formAnswered ?? [])]);
  return {
    chosenGroup: own.chosenGroup ?? known.chosenGroup,
    formAnswered: answered.size > 0 ? [...answered] : null,
  };
}

/** Of each field those of whose it is now. */
function mergedClaims(known: ContactRecord, own: ContactRecord): IdentityClaims {
  const of = (field: keyof IdentityClaims) =>
    (known[field] === null ? own : known).claims?.[field] ?? known.claims?.[field] ?? null;
  return { name: of('name'), email: of('email') };
}

/**
 * What the host claims fills an empty field, and takes the place of what it claimed before and of
 * what the visitor said of themselves; what an agent wrote stays.
 */
async function claim(
  { contacts, conversations }: Repositories,
  emit: Emit,
  contact: ContactRecord,
  given: IdentityClaims,
): Promise<void> {
  const claims = { name: nameOf(given), email: emailOf(given) };
  const before = contact.claims ?? { name: null, email: null };
  const patch: Partial<IdentityClaims> = {};
  for (const field of ['name', 'email'] as const) {
    const value = claims[field];
    const isOpen = contact[field] === null || contact[field] === before[field];
    if (value !== null && value !== contact[field] && isOpen) patch[field] = value;
  }
  const latest = { name: claims.name ?? before.name, email: claims.email ?? before.email };
  if (latest.name !== before.name || latest.email !== before.email) {
    await contacts.note(contact.id, { claims: latest });
  }
  if (Object.keys(patch).length === 0) return;
  const changed = await contacts.update(contact.id, patch);
  const live = await conversations.live(contact.id, 'chat');
  if (!changed) return;
  const { workspaceId, id: contactId } = contact;
  const told = { type: 'contact', workspaceId, contact: contactView(changed) } as const;
  emit({ ...told, conversationIds: live ? [live.id] : [] });
  if (!live) return;
  await tellConversation({ conversations }, emit, { id: live.id, workspaceId, contactId });
}

function nameOf({ name }: IdentityClaims): string | null {
  return name === null ? null : (cleanLine(name)?.slice(0, limits.nameLength) ?? null);
}

/** A host's word for an email is no reason to refuse its visitor. */
function emailOf({ email }: IdentityClaims): string | null {
  if (email === null || email.length > limits.emailLength) return null;
  try {
    return cleanEmail(email);
  } catch {
    return null;
  }
}
