import { CodedError } from '#kit/protocol/errors.js';
import type { VisitorTokenReply, VisitorTokenRequest } from '#kit/protocol/http.js';
import type { Tokens } from '../auth/tokens.js';
import type { Ports } from './act.js';

export interface TokenPorts extends Ports {
  tokens: Tokens;
}

/**
 * A channel token for the contact that `visitorToken` names, or for a new contact without one.
 * `beforeNewContact` may refuse by rejecting. Rejects with `workspace_not_found`, `token_invalid`,
 * `token_expired`.
 */
export async function issueVisitorToken(
  ports: TokenPorts,
  { workspaceId, visitorToken }: VisitorTokenRequest,
  beforeNewContact: () => Promise<void> = () => Promise.resolve(),
): Promise<VisitorTokenReply> {
  const { storage, tokens } = ports;
  if (!(await storage.workspaces.get(workspaceId))) throw new CodedError('workspace_not_found');
  let contactId: string;
  if (visitorToken === undefined) {
    await beforeNewContact();
    contactId = await newContact(ports, workspaceId);
  } else {
    const visitor = await tokens.verifyVisitor(visitorToken);
    const contact = await storage.contacts.get(visitor.contactId);
    if (visitor.workspaceId !== workspaceId || contact?.workspaceId !== workspaceId) {
      throw new CodedError('token_invalid');
    }
    contactId = contact.id;
  }
  const caller = { type: 'visitor', contactId, workspaceId } as const;
  const { token, expiresAt } = await tokens.signChannel(caller);
  return { contactId, visitorToken: await tokens.signVisitor(caller), token, expiresAt };
}

async function newContact(ports: Ports, workspaceId: string): Promise<string> {
  const id = ports.ids.next('ct');
  await ports.storage.contacts.create({
    id,
    workspaceId,
    name: null,
    email: null,
    phone: null,
    avatarUrl: null,
    language: null,
    createdAt: ports.clock.now(),
    blocked: null,
    version: 1,
  });
  return id;
}
