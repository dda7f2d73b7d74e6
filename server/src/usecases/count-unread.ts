import { CodedError, type ErrorCode } from '#kit/protocol/errors.js';
import type { Tokens } from '../auth/tokens.js';
import type { Ports } from './act.js';

/** A token that says nothing any more is no fault of whoever kept it. */
const worthless: ReadonlySet<ErrorCode> = new Set(['token_invalid', 'token_expired']);

/**
 * How many messages wait for the visitor whom a browser's token names; 0 for one that names nobody
 * who may come. `network` is the hash of where it comes from. Stores nothing and marks nothing: the
 * visitor did not act.
 */
export async function countUnread(
  { storage, tokens }: Pick<Ports, 'storage'> & { tokens: Tokens },
  { workspaceId, visitorToken }: { workspaceId: string; visitorToken: string },
  network: string,
): Promise<number> {
  const named = await tokens.verifyVisitor(visitorToken).catch((fault: unknown) => {
    if (fault instanceof CodedError && worthless.has(fault.code)) return null;
    throw fault;
  });
  if (named?.workspaceId !== workspaceId) return 0;
  const { contactId, tokenId } = named;
  const access = await storage.access.visitor({ contactId, tokenId, network });
  const mayCome =
    access?.workspaceId === workspaceId &&
    access.mergedInto === null &&
    access.blocked !== 'address' &&
    !access.tokenRevoked &&
    !access.networkBlocked;
  const live = mayCome ? await storage.conversations.live(contactId, 'chat') : null;
  if (!live) return 0;
  const { contact } = await storage.marks.get(live.id);
  return storage.messages.countReplies(live.id, contact.read);
}
