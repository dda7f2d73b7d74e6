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
  let visitorToken: string | null = null;

  async function recall(): Promise<string | null> {
    // Asked each time: another tab may have a token by now.
    const stored = await storage.get(key).catch(() => null);
    if (typeof stored === 'string') visitorToken = stored;
    return visitorToken;
  }

  function keep(token: string): void {
    visitorToken = token;
    storage.set(key, token).catch(() => undefined);
  }

  function ask(known: string | null, signal: AbortSignal): Promise<VisitorTokenReply> {
    const request = known ? { workspaceId, visitorToken: known } : { workspaceId };
    return api.visitorToken(request, { signal });
  }

  return {
    recall,
    async getToken({ signal }) {
      const known = await recall();
      // What is written before the first answer is sent by the next page.
      if (known === null) keep('');
      let reply = await ask(known, signal).catch((error: unknown) => {
        // A server that knows the old token no more makes a new contact.
        const stale = error instanceof CodedError && /^token_/.test(error.code);
        if (!stale || !known) throw error;
        return ask(null, signal);
      });
      // Another tab was faster; both are one contact.
      const faster = await recall();
      if (faster && faster !== known) reply = await ask(faster, signal);
      // Kept even when this connect is given up: the contact was made.
      if (reply.visitorToken !== visitorToken) keep(reply.visitorToken);
      if (!signal.aborted) onContact(reply.contactId);
      return reply.token;
    },
  };
}
