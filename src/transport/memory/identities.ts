import { CodedError, type VisitorIdentity } from '../../protocol/index.js';
import { addContact, sentKey } from './additions.js';
import type { Caller } from './caller.js';
import type { MemoryNetwork } from './network.js';
import type { Tell } from './tell.js';
import { conversationsOf, liveConversation, type Workspace } from './workspace.js';

/** What names a browser of a visitor, as its token does. */
export interface Browser {
  contactId: string;
  token: string;
}

/** Who a token of this server names. */
export function identify(workspace: Workspace, token: string): Caller {
  const [kind, id = ''] = token.split('|');
  if (kind === 'agent' && workspace.agents.has(id)) return { type: 'agent', agentId: id };
  if (kind === 'visitor' && workspace.contacts.has(id) && !workspace.revoked.has(token)) {
    return { type: 'visitor', contactId: id, token };
  }
  throw new CodedError('token_invalid');
}

export function browserOf(workspace: Workspace, token: string): Browser {
  const caller = identify(workspace, token);
  if (caller.type !== 'visitor') throw new CodedError('token_invalid');
  return { contactId: caller.contactId, token };
}

export interface Identities {
  /** A browser of whom nothing is known. */
  newBrowser(): Browser;
  /** Makes the browser one of a signed id's; nobody checks the signature here, only its age. */
  signIn(identity: VisitorIdentity, visitorToken: string | undefined): Browser;
  /** From now on the token is worth nothing. */
  revoke(browser: Browser): void;
}

export function createIdentities(
  workspace: Workspace,
  network: MemoryNetwork<Caller>,
  tell: Tell,
): Identities {
  const { identities, contacts, revoked } = workspace;
  /** Anonymous contacts that turned out to be known ones. */
  const merged = new Map<string, string>();
  let tokens = 0;

  function revoke({ token }: Browser): void {
    revoked.add(token);
    network.cut((caller) => caller.type === 'visitor' && caller.token === token);
  }

  function tokenOf(contactId: string): Browser {
    return { contactId, token: `visitor|${contactId}|${++tokens}` };
  }

  /** Its live conversation comes along if the known contact has none, else it is kept for agents. */
  function merge(from: string, into: string): void {
    const hasLive = liveConversation(workspace, into) !== undefined;
    const moved = conversationsOf(workspace, from);
    for (const conversation of moved) {
      conversation.contactId = into;
      if (hasLive) conversation.live = false;
      for (const message of conversation.messages) {
        // Sent again after the answer was lost, it is found as the known contact's.
        const { author, clientId } = message;
        if (author.id !== from || clientId === null) continue;
        workspace.sent.set(sentKey(into, clientId), message);
      }
    }
    workspace.byContact.set(into, [...conversationsOf(workspace, into), ...moved]);
    workspace.byContact.delete(from);
    merged.set(from, into);
    for (const conversation of moved) tell.conversation(conversation);
  }

  return {
    newBrowser() {
      const { id } = addContact(workspace);
      return { contactId: id, token: `visitor|${id}` };
    },
    signIn(identity, visitorToken) {
      const id = signedId(identity, workspace.now());
      const [, own] = visitorToken?.split('|') ?? [];
      const known = identities.get(id);
      const isRepeated = own !== undefined && (own === known || merged.get(own) === known);
      if (own !== undefined && visitorToken !== undefined && known === own) {
        if (!revoked.has(visitorToken)) return { contactId: own, token: visitorToken };
        return tokenOf(own);
      }
      if (own !== undefined && known !== undefined && isRepeated) return tokenOf(known);
      const browser = visitorToken === undefined ? null : browserOf(workspace, visitorToken);
      const isAnonymous = browser !== null && ![...identities.values()].includes(browser.contactId);
      let contactId = known;
      if (browser && isAnonymous) {
        if (known === undefined) contactId = browser.contactId;
        else merge(browser.contactId, known);
      }
      contactId ??= addContact(workspace).id;
      identities.set(id, contactId);
      if (browser) revoke(browser);
      return tokenOf(contactId);
    },
    revoke(browser) {
      if (contacts.has(browser.contactId)) revoke(browser);
    },
  };
}

function signedId(identity: VisitorIdentity, now: number): string {
  if ('visitorId' in identity) return identity.visitorId;
  if ('token' in identity) return identity.token;
  if (identity.expiresAt * 1_000 <= now) throw new CodedError('identity_invalid');
  return identity.id;
}
