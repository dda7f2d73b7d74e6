import { CodedError, type VisitorTokenReply } from '../protocol/index.js';
import type { ServerApi } from '../transport/api.js';
import type { GetToken } from '../transport/transport.js';
import type { KeyValue } from './storage.js';

export interface VisitorIdentity {
  /**
   * The stored visitor token; empty when the visitor acted and has none yet, null when this browser
   * knows of no visitor. Stores nothing.
   */
  recall(): Promise<string | null>;
  readonly getToken: GetToken;
  /** Asked for each token before all else; null takes it back. */
  claim(claim: Claim | null): void;
  /** Is nobody from now on; what is stored stays. */
  forget(): void;
}

/**
 * Says who the browser is in another way than by the token that it has, where it has one. Resolves
 * with null where that was refused.
 */
export type Claim = (
  known: string | null,
  options: { signal: AbortSignal },
) => Promise<VisitorTokenReply | null>;

export interface VisitorIdentityOptions {
  api: Pick<ServerApi, 'visitorToken'>;
  workspaceId: string;
  storage: KeyValue;
  /** The contact that the token names, before each connect. */
  onContact(contactId: string): void;
  /** The stored token was taken away: another tab logged out. */
  onGone(): void;
}

/** Who this browser is: a contact that the server makes with the first token. */
export function createVisitorIdentity({
  api,
  workspaceId,
  storage,
  onContact,
  onGone,
}: VisitorIdentityOptions): VisitorIdentity {
  const key = `visitor/${workspaceId}`;
  let visitorToken: string | null = null;
  let isKept = false;
  /** Rises with each time that it is forgotten. */
  let life = 0;
  let claim: Claim | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  async function recall(): Promise<string | null> {
    // Asked each time: another tab may have a token by now.
    const stored = await storage.get(key).catch(() => null);
    if (typeof stored === 'string') {
      visitorToken = stored;
      isKept = true;
    } else if (isKept && stored === undefined) {
      forget();
      onGone();
    }
    return visitorToken;
  }

  function keep(token: string): void {
    visitorToken = token;
    storage.set(key, token).then(
      () => (isKept = visitorToken !== null),
      () => undefined,
    );
  }

  function forget(): void {
    visitorToken = claim = null;
    isKept = false;
    life++;
  }

  function ask(known: string | null, signal: AbortSignal): Promise<VisitorTokenReply> {
    const request = known ? { workspaceId, visitorToken: known } : { workspaceId };
    return api.visitorToken(request, { signal });
  }

  /** What was asked for by who logged out meanwhile is nobody's. */
  function requireLife(mine: number): void {
    if (mine !== life) throw new CodedError('token_invalid');
  }

  async function exchange({ signal }: { signal: AbortSignal }): Promise<string> {
    const mine = life;
    const known = await recall();
    requireLife(mine);
    // What is written before the first answer is sent by the next page.
    if (known === null) keep('');
    const claimed = await claim?.(known, { signal });
    let reply =
      claimed ??
      (await ask(known, signal).catch((error: unknown) => {
        // A server that knows the old token no more makes a new contact.
        const stale = error instanceof CodedError && /^token_/.test(error.code);
        if (!stale || !known) throw error;
        return ask(null, signal);
      }));
    // Another tab was faster; both are one contact.
    const faster = await recall();
    if (!claimed && faster && faster !== known) reply = await ask(faster, signal);
    requireLife(mine);
    // Kept even when this connect is given up: the contact was made.
    if (reply.visitorToken !== visitorToken) keep(reply.visitorToken);
    if (!signal.aborted) onContact(reply.contactId);
    return reply.token;
  }

  return {
    recall,
    // One at a time: what is claimed counts for the contact that was made before.
    getToken(options) {
      const mine = turn.then(() => exchange(options));
      turn = mine.catch(() => undefined);
      return mine;
    },
    claim: (next) => void (claim = next),
    forget,
  };
}
