import { createContext } from '@lit/context';
import type { ReadableAtom } from 'nanostores';
import type { Me } from '../domain/index.js';
import type { ProfilePatch } from '../protocol/index.js';

/** The signed-in agent's own account; there is none where the host application signs agents in. */
export interface Account {
  /** As the latest change left it; null before the first. */
  readonly $profile: ReadableAtom<Me | null>;
  /** Rejects with a `CodedError`. */
  updateProfile(patch: ProfilePatch): Promise<void>;
  /** Ends the session and the connection. Rejects with a `CodedError`. */
  signOut(): Promise<void>;
}

export const accountContext = createContext<Account | undefined>(Symbol.for('convkit:account'));
