import { createHmac } from 'node:crypto';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { CodedError } from '#kit/protocol/errors.js';
import type { VisitorIdentity } from '#kit/protocol/http.js';
import type { IdentityClaims } from '../contact-ports.js';
import type { Clock, VisitorAuth } from '../ports.js';
import { deriveKey, equalSecrets, hashSecretCode } from './secret-codes.js';

/** Who a visitor is, by the word of the host. */
export interface VerifiedIdentity {
  /** As `ContactRecord.identity`. */
  identity: string;
  claims: IdentityClaims;
  /** What may be used once only; null where the form of the identity knows no such thing. */
  once: { hash: string; expiresAt: number } | null;
}

export interface VisitorIdentities {
  /** Rejects with `identity_invalid`, `token_expired`. */
  verify(
    identity: VisitorIdentity,
    workspace: { id: string; visitorAuth: VisitorAuth },
  ): Promise<VerifiedIdentity>;
}

const maxIdLength = 200;
/** A token that is good for longer would have to be remembered for longer. */
const maxLifetimeMs = 366 * 86_400_000;
const nothingClaimed: IdentityClaims = { name: null, email: null };

/** `secret` is the server's: the key that bare visitor ids are hashed with is made of it. */
export function createVisitorIdentities(secret: string, clock: Clock): VisitorIdentities {
  const visitorIdKey = deriveKey(secret, 'visitor id');

  const ofToken = async (token: string, workspaceId: string, secrets: string[]) => {
    const claims = await claimsOf(token, secrets, clock.now());
    const { sub, jti, exp, workspace } = claims;
    if (workspace !== undefined && workspace !== workspaceId) throw invalid();
    if (typeof jti !== 'string' || jti === '' || exp === undefined) throw invalid();
    const expiresAt = exp * 1_000;
    if (expiresAt > clock.now() + maxLifetimeMs) throw invalid();
    return {
      identity: signedIdentity(sub),
      claims: { name: text(claims['name']), email: text(claims['email']) },
      once: { hash: hashSecretCode(jti), expiresAt: Math.ceil(expiresAt) },
    };
  };

  const ofSignature = (
    { id, expiresAt, signature }: { id: string; expiresAt: number; signature: string },
    secrets: string[],
  ): VerifiedIdentity => {
    const signed = secrets.some((key) =>
      equalSecrets(createHmac('sha256', key).update(`${id}.${expiresAt}`).digest('hex'), signature),
    );
    if (!signed) throw invalid();
    if (expiresAt * 1_000 <= clock.now()) throw new CodedError('token_expired');
    return { identity: signedIdentity(id), claims: nothingClaimed, once: null };
  };

  const ofVisitorId = (visitorId: string): VerifiedIdentity => {
    const hash = createHmac('sha256', visitorIdKey).update(visitorId).digest('base64url');
    return { identity: `secret:${hash}`, claims: nothingClaimed, once: null };
  };

  return {
    async verify(identity, { id, visitorAuth }) {
      const { secrets, acceptBrevoVisitorIds } = visitorAuth;
      if ('token' in identity) return ofToken(identity.token, id, secrets);
      if ('signature' in identity) return ofSignature(identity, secrets);
      if (!acceptBrevoVisitorIds) throw invalid();
      return ofVisitorId(identity.visitorId);
    },
  };
}

async function claimsOf(token: string, secrets: string[], now: number): Promise<JWTPayload> {
  for (const key of secrets) {
    try {
      const { payload } = await jwtVerify(token, new TextEncoder().encode(key), {
        algorithms: ['HS256'],
        requiredClaims: ['sub', 'exp', 'jti'],
        currentDate: new Date(now),
      });
      return payload;
    } catch (cause) {
      if (cause instanceof errors.JWTExpired) throw new CodedError('token_expired', { cause });
      // Only another key can help against a wrong signature.
      if (!(cause instanceof errors.JWSSignatureVerificationFailed)) throw invalid(cause);
    }
  }
  throw invalid();
}

/** An id that the database would change could be another person's after it. */
export function signedIdentity(id: unknown): string {
  const good =
    typeof id === 'string' &&
    id !== '' &&
    id.length <= maxIdLength &&
    !id.includes('\0') &&
    !/\p{Surrogate}/u.test(id);
  if (!good) throw invalid();
  return `id:${id}`;
}

function text(claim: unknown): string | null {
  return typeof claim === 'string' && claim.trim() !== '' ? claim : null;
}

function invalid(cause?: unknown): CodedError {
  return new CodedError('identity_invalid', { cause });
}
