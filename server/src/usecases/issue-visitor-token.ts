import { CodedError } from '#kit/protocol/errors.js';
import type { VisitorTokenReply, VisitorTokenRequest } from '#kit/protocol/http.js';
import type { Tokens } from '../auth/tokens.js';
import type { VisitorIdentities } from '../auth/visitor-identities.js';
import type { Ports } from './act.js';
import { identifyVisitor, type Identified } from './identify-visitor.js';
import { newContact } from './new-contact.js';
import { welcome } from './welcome.js';

export interface TokenPorts extends Ports {
  tokens: Tokens;
  identities: VisitorIdentities;
}

/** Where a request comes from, and what may refuse it by rejecting. */
export interface Origin {
  /** Hash of the network. */
  network: string;
  beforeNewContact?(): Promise<void>;
  beforeIdentity?(): Promise<void>;
}

/**
 * A channel token for the contact that `visitorToken` or `identity` names, or for a new contact
 * without either. Rejects with `workspace_not_found`, `token_invalid`, `token_expired`,
 * `identity_invalid`, `identity_reused`, `chat_unavailable`.
 */
export async function issueVisitorToken(
  ports: TokenPorts,
  { workspaceId, visitorToken, identity }: VisitorTokenRequest,
  origin: Origin,
): Promise<VisitorTokenReply> {
  const { storage, tokens } = ports;
  const { network } = origin;
  const workspace = await storage.workspaces.get(workspaceId);
  if (!workspace) throw new CodedError('workspace_not_found');
  if (await storage.access.isNetworkBlocked(workspaceId, network)) {
    throw new CodedError('chat_unavailable');
  }
  const browser = visitorToken === undefined ? null : await tokens.verifyVisitor(visitorToken);
  if (browser && browser.workspaceId !== workspaceId) throw new CodedError('token_invalid');

  let identified: Identified;
  if (identity !== undefined) {
    await origin.beforeIdentity?.();
    const verified = await ports.identities.verify(identity, workspace);
    const asked = { workspaceId, identity: verified, browser, network };
    identified = await identifyVisitor(ports, asked);
  } else if (browser) {
    await welcome(ports, { type: 'visitor', ...browser }, network);
    identified = browser;
  } else {
    await origin.beforeNewContact?.();
    const given = { workspaceId, identity: null, network };
    const contact = await newContact(ports, storage.contacts, given);
    identified = { contactId: contact.id, tokenId: ports.ids.next('vt') };
  }

  const { contactId, tokenId } = identified;
  const caller = { type: 'visitor', contactId, workspaceId, tokenId } as const;
  const { token, expiresAt } = await tokens.signChannel(caller);
  return { contactId, visitorToken: await tokens.signVisitor(caller), token, expiresAt };
}
