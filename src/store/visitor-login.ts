import {
  CodedError,
  type VisitorIdentity as SignedIdentity,
  type VisitorTokenReply,
} from '../protocol/index.js';
import { fullJitter } from '../transport/random.js';
import { mayPass } from '../transport/refusal.js';
import type { GetIdentity } from './visitor.js';
import type { VisitorParts } from './visitor-acts.js';

/** Who the host says its visitor is, and how they become nobody again (S5.13). */
export interface VisitorLogin {
  identify(identity: SignedIdentity | GetIdentity): Promise<void>;
  logout(): Promise<void>;
  forget(): void;
  stop(): void;
}

interface Told {
  signed: SignedIdentity | GetIdentity;
  done: Promise<void>;
  resolve(outcome: void | Promise<void>): void;
  reject(error: CodedError): void;
}

/** The part of a browser's IndexedDB that is used. */
interface Databases {
  deleteDatabase(name: string): unknown;
}

const backoff = { baseMs: 1_000, capMs: 30_000 };
/** How long the page may take to sign, in ms. */
const hostLimitMs = 10_000;

export function createVisitorLogin(parts: VisitorParts, onForget: () => void): VisitorLogin {
  const { api, clock, random, workspaceId, storage, identity, outbox, draft, thread } = parts;
  /** The identity that was told last, or is to be. */
  let told: Told | null = null;
  let cancel = (): void => undefined;

  /** Gone from memory at once; resolves when storage is empty as well. */
  async function forget(): Promise<void> {
    cancel();
    told?.reject(new CodedError('token_invalid'));
    told = null;
    identity.forget();
    parts.leave();
    onForget();
    const written = outbox.forget();
    draft.forget();
    parts.$contact.set(null);
    parts.$group.set(undefined);
    parts.$shown.set([]);
    parts.$connection.set({ state: 'idle', code: null });
    thread.leave();
    await written;
    await empty();
  }

  /** An agent of the same browser keeps what is theirs. */
  async function empty(): Promise<void> {
    const kept = await Promise.all(
      ['', 'outbox/', 'tab/'].map((prefix) => storage.entries(prefix).catch(() => [])),
    );
    const isOwn = (key: string): boolean => {
      const [kind = '', workspace, owner] = key.split('/');
      return workspace === workspaceId && (/^(?:visitor|tab)$/.test(kind) || owner === 'visitor');
    };
    const keys = [...new Set(kept.flat().map(([key]) => key))];
    for (const key of keys.filter(isOwn)) await storage.delete(key).catch(() => undefined);
    const { database } = storage;
    if (database === undefined || keys.some((key) => key.startsWith('outbox/') && !isOwn(key)))
      return;
    // Its name alone says that somebody chatted here.
    (globalThis as { indexedDB?: Databases }).indexedDB?.deleteDatabase(database);
  }

  /** A page that gives no answer must not keep its visitor from writing. */
  async function askHost(signed: Told['signed']): Promise<SignedIdentity> {
    if (typeof signed !== 'function') return signed;
    let stop = (): void => undefined;
    const late = new Promise<never>((_, reject) => {
      stop = clock.after(hostLimitMs, () => reject(new CodedError('timeout')));
    });
    try {
      return await Promise.race([signed(), late]);
    } finally {
      stop();
    }
  }

  async function present(
    given: SignedIdentity,
    visitorToken: string | null,
    options: { signal: AbortSignal },
  ): Promise<VisitorTokenReply> {
    const asked = { workspaceId, identity: given };
    if (!visitorToken) return api.visitorToken(asked, options);
    return api.visitorToken({ ...asked, visitorToken }, options).catch((error: unknown) => {
      // The token that this browser had is worth nothing any more; the identity is.
      if (!isStale(error)) throw error;
      return api.visitorToken(asked, options);
    });
  }

  /** The visitor goes on as before. */
  function refuse(mine: Told, error: unknown): null {
    if (told === mine) {
      identity.claim(null);
      told = null;
    }
    const isCoded = error instanceof CodedError;
    mine.reject(isCoded ? error : new CodedError('identity_invalid', { cause: error }));
    return null;
  }

  /** Goes with the next token; null once it was refused. */
  async function claim(
    mine: Told,
    known: string | null,
    options: { signal: AbortSignal },
  ): Promise<VisitorTokenReply | null> {
    let given: SignedIdentity;
    try {
      given = await askHost(mine.signed);
    } catch (error) {
      return refuse(mine, error);
    }
    try {
      const reply = await present(given, known, options);
      if (told === mine) identity.claim(null);
      mine.resolve();
      return reply;
    } catch (error) {
      options.signal.throwIfAborted();
      const passes = error instanceof CodedError && mayPass(error.code);
      if (passes && !isStale(error)) throw error;
      return refuse(mine, error);
    }
  }

  /** Of a browser that is connected; another one tells it with its first token. */
  function tellNow(mine: Told, tries = 0): void {
    if (told !== mine || !parts.connected()) return;
    identity.getToken({ signal: new AbortController().signal }).catch(() => {
      cancel = clock.after(fullJitter(tries, random, backoff), () => tellNow(mine, tries + 1));
    });
  }

  return {
    identify(signed) {
      if (told && isSame(told.signed, signed)) return told.done;
      const { promise: done, ...settle } = withResolvers();
      const mine: Told = { signed, done, ...settle };
      done.catch(() => undefined);
      // Who asked before is told what becomes of this one.
      told?.resolve(done);
      told = mine;
      cancel();
      identity.claim((known, options) => claim(mine, known, options));
      tellNow(mine);
      return done;
    },
    async logout() {
      const visitorToken = await identity.recall();
      parts.connected()?.tabs?.say({ about: 'logout' });
      await forget();
      if (!visitorToken) return;
      await api.visitorSignOut({ workspaceId, visitorToken }).catch((error: unknown) => {
        if (!isStale(error)) throw error;
      });
    },
    forget: () => void forget(),
    stop: () => cancel(),
  };
}

function withResolvers(): { promise: Promise<void> } & Pick<Told, 'resolve' | 'reject'> {
  let settle: Pick<Told, 'resolve' | 'reject'> | undefined;
  const promise = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  if (!settle) throw new Error('A promise runs its executor at once.');
  return { promise, ...settle };
}

function isStale(error: unknown): boolean {
  return error instanceof CodedError && /^token_/.test(error.code);
}

function isSame(a: SignedIdentity | GetIdentity, b: SignedIdentity | GetIdentity): boolean {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
}
