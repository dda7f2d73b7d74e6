import { CodedError, type VisitorTokenReply } from '../protocol/index.js';
import type { ServerApi } from '../transport/api.js';
import type { GetToken } from '../transport/transport.js';
import type { KeyValue } from './storage.js';

export interface VisitorIdentity {
  /** The stored visitor token; null when this browser has none. Stores nothing. */
  recall(): Promise<string | null>;
  readonly getToken: GetToken;
}

export interface VisitorIdentityOptions {
  api: Pick<ServerApi, 'visitorToken'>;
  workspaceId: string;
  storage: KeyValue;
  /** The contact that the token names, before each connect. */
  onContact(contactId: string): void;
}

/** Who this browser is: a contact that the server makes with the first token. */
export function createVisitorIdentity({
  api,
  workspaceId,
  storage,
  onContact,
}: VisitorIdentityOptions): VisitorIdentity {
  const key = `visitor/${workspaceId}`;
  /** Undefined until the storage was asked. */
  let visitorToken: string | null | undefined;

  async function recall(): Promise<string | null> {
    if (visitorToken !== undefined) return visitorToken;
    const stored = await storage.get(key).catch(() => null);
    return (visitorToken ??= typeof stored === 'string' ? stored : null);
  }

  function ask(known: string | null, signal: AbortSignal): Promise<VisitorTokenReply> {
    const request = known === null ? { workspaceId } : { workspaceId, visitorToken: known };
    return api.visitorToken(request, { signal });
  }

  return {
    recall,
    async getToken({ signal }) {
      const known = await recall();
      const reply = await ask(known, signal).catch((error: unknown) => {
        // A server that knows the old token no more makes a new contact.
        const stale = error instanceof CodedError && error.code === 'token_invalid';
        if (!stale || known === null) throw error;
        return ask(null, signal);
      });
      // Kept even when this connect is given up: the contact was made.
      if (reply.visitorToken !== visitorToken) {
        visitorToken = reply.visitorToken;
        storage.set(key, visitorToken).catch(() => undefined);
      }
      if (!signal.aborted) onContact(reply.contactId);
      return reply.token;
    },
  };
}
