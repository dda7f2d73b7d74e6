import {
  createRemoteJWKSet,
  decodeJwt,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyOptions,
} from 'jose';
import { CodedError } from '#kit/protocol/errors.js';
import type { Clock, HostAuth } from '../ports.js';

/** Who a host application says an agent is. */
export interface HostIdentity {
  /** The host's own id of the person. */
  subject: string;
  name: string | null;
  email: string | null;
}

export interface HostTokens {
  /** The `workspace` claim, unverified: it only says whose keys to verify with. */
  workspaceClaim(token: string): string | null;
  /** Rejects with `token_invalid` or `token_expired`. */
  verify(token: string, auth: HostAuth): Promise<HostIdentity>;
}

/** HS256 with a shared secret, or RS256 and ES256 with the keys of a JWKS. `sub` and `exp` are required. */
export function createHostTokens(clock: Clock): HostTokens {
  const keySets = new Map<string, ReturnType<typeof createRemoteJWKSet>>();
  const keySet = (url: string) => {
    const known = keySets.get(url);
    if (known) return known;
    const made = createRemoteJWKSet(new URL(url), { timeoutDuration: 5_000 });
    keySets.set(url, made);
    return made;
  };

  const claimsOf = async (token: string, auth: HostAuth): Promise<JWTPayload> => {
    const options: JWTVerifyOptions = {
      requiredClaims: ['sub', 'exp'],
      clockTolerance: 5,
      currentDate: new Date(clock.now()),
      ...(auth.issuer === null ? {} : { issuer: auth.issuer }),
      ...(auth.audience === null ? {} : { audience: auth.audience }),
    };
    if (auth.type === 'jwks') {
      const algorithms = ['RS256', 'ES256'];
      return (await jwtVerify(token, keySet(auth.url), { ...options, algorithms })).payload;
    }
    let fault: unknown = new CodedError('token_invalid');
    for (const secret of auth.secrets) {
      try {
        const key = new TextEncoder().encode(secret);
        return (await jwtVerify(token, key, { ...options, algorithms: ['HS256'] })).payload;
      } catch (error) {
        fault = error;
        // Only another key can help against a wrong signature.
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) break;
      }
    }
    throw fault;
  };

  return {
    workspaceClaim(token) {
      try {
        const claim = decodeJwt(token)['workspace'];
        return typeof claim === 'string' ? claim : null;
      } catch {
        return null;
      }
    },
    async verify(token, auth) {
      let claims: JWTPayload;
      try {
        claims = await claimsOf(token, auth);
      } catch (cause) {
        if (cause instanceof errors.JWTExpired) throw new CodedError('token_expired', { cause });
        if (isUnreachable(cause)) {
          throw new CodedError('unavailable', { retryAfterMs: 2_000, cause });
        }
        throw new CodedError('token_invalid', { cause });
      }
      if (!claims.sub || claims.sub.length > 255) throw new CodedError('token_invalid');
      return { subject: claims.sub, name: text(claims['name']), email: text(claims['email']) };
    },
  };
}

function text(claim: unknown): string | null {
  return typeof claim === 'string' && claim.trim() !== '' ? claim.trim() : null;
}

/** The host's key server did not answer, which says nothing of the token. */
function isUnreachable(fault: unknown): boolean {
  return (
    fault instanceof errors.JWKSTimeout ||
    !(fault instanceof errors.JOSEError || fault instanceof CodedError)
  );
}
