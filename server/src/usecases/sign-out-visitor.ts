import { CodedError } from '#kit/protocol/errors.js';
import type { VisitorSignOutRequest } from '#kit/protocol/http.js';
import { socketNames } from '../auth/socket-names.js';
import { visitorTokenMs, type Tokens } from '../auth/tokens.js';
import { act, type Ports } from './act.js';

/**
 * Revokes a browser's token with all its renewals, and closes its sockets; again changes nothing.
 * Rejects with `token_invalid`, `token_expired`.
 */
export async function signOutVisitor(
  ports: Ports & { tokens: Tokens },
  { workspaceId, visitorToken }: VisitorSignOutRequest,
): Promise<void> {
  const browser = await ports.tokens.verifyVisitor(visitorToken);
  if (browser.workspaceId !== workspaceId) throw new CodedError('token_invalid');
  await act(ports, async ({ access }, emit) => {
    const now = ports.clock.now();
    await access.revoke({ id: browser.tokenId, expiresAt: now + visitorTokenMs }, now);
    emit({ type: 'access', workspaceId, sockets: [socketNames.browser(browser.tokenId)] });
  });
}
