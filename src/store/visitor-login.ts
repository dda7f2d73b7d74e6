import {
  CodedError,
  type VisitorIdentity as SignedIdentity,
  type VisitorTokenReply,
} from '../protocol/index.js';
import { mayPass } from '../transport/refusal.js';
import type { GetIdentity } from './visitor.js';
import type { VisitorParts } from './visitor-acts.js';
import type { Claim } from './visitor-identity.js';

/** Who the host says its visitor is, and how they become nobody again. */
export interface VisitorLogin {
  identify(identity: SignedIdentity | GetIdentity): Promise<void>;
  logout(): Promise<void>;
  forget(): void;
}

export function createVisitorLogin(parts: VisitorParts, onForget: () => void): VisitorLogin {
  const { api, workspaceId, storage, identity, outbox, draft, thread } = parts;
  /** The identity that was told last, or is to be. */
  let told: { signed: SignedIdentity | GetIdentity; done: Promise<void> } | null = null;

  /** Gone from memory at once; resolves when storage is empty as well. */
  async function forget(): Promise<void> {
    told = null;
    identity.forget();
    parts.leave();
    const written = outbox.forget();
    draft.forget();
    parts.$contact.set(null);
    parts.$group.set(undefined);
    parts.$shown.set([]);
    parts.$connection.set({ state: 'idle', code: null });
    thread.leave();
    onForget();
    await written;
    // As in `outbox/<workspace>/visitor/<key>`; an agent of the same browser has keys of their own.
    const own = new RegExp(`^(visitor/${workspaceId}|[^/]+/${workspaceId}/visitor(/.*)?)$`);
    const kept = [
      ...(await storage.entries('').catch(() => [])),
      ...(await storage.entries(`outbox/${workspaceId}/visitor/`).catch(() => [])),
    ];
    for (const [key] of kept) if (own.test(key)) await storage.delete(key).catch(() => undefined);
  }

  async function present(
    signed: SignedIdentity | GetIdentity,
    visitorToken: string | null,
    options: { signal: AbortSignal },
  ): Promise<VisitorTokenReply> {
    const given = typeof signed === 'function' ? await signed() : signed;
    const asked = { workspaceId, identity: given };
    const known = visitorToken ? { visitorToken } : {};
    return api.visitorToken({ ...asked, ...known }, options).catch((error: unknown) => {
      // The token that this browser had is worth nothing any more; the identity is.
      const stale = error instanceof CodedError && /^token_/.test(error.code);
      if (!stale || !visitorToken) throw error;
      return api.visitorToken(asked, options);
    });
  }

  return {
    identify(signed) {
      if (told && isSame(told.signed, signed)) return told.done;
      const done = new Promise<void>((resolve, reject) => {
        const claim: Claim = async (known, options) => {
          try {
            const reply = await present(signed, known, options);
            identity.claim(null);
            resolve();
            return reply;
          } catch (error) {
            options.signal.throwIfAborted();
            if (error instanceof CodedError && mayPass(error.code)) throw error;
            identity.claim(null);
            told = null;
            reject(error instanceof CodedError ? error : new CodedError('identity_invalid'));
            return null;
          }
        };
        identity.claim(claim);
      });
      done.catch(() => undefined);
      told = { signed, done };
      // What fails on the way is tried with the next token.
      if (parts.connected()) {
        identity.getToken({ signal: new AbortController().signal }).catch(() => undefined);
      }
      return done;
    },
    async logout() {
      const visitorToken = await identity.recall();
      parts.connected()?.tabs?.say({ about: 'logout' });
      await forget();
      if (!visitorToken) return;
      await api.visitorSignOut({ workspaceId, visitorToken }).catch((error: unknown) => {
        if (!(error instanceof CodedError) || !/^token_/.test(error.code)) throw error;
      });
    },
    forget: () => void forget(),
  };
}

function isSame(a: SignedIdentity | GetIdentity, b: SignedIdentity | GetIdentity): boolean {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
}
