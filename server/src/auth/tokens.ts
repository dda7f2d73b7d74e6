import { errors, jwtVerify, SignJWT } from 'jose';
import { CodedError } from '#kit/protocol/errors.js';
import type { Clock } from '../ports.js';
import { deriveKey, hashSecretCode } from './secret-codes.js';

/** Who a channel token speaks for. */
export type Caller = VisitorCaller | AgentCaller;

export interface VisitorCaller {
  type: 'visitor';
  contactId: string;
  workspaceId: string;
  /** Names the browser's visitor token through all its renewals; revoking it ends all of them. */
  tokenId: string;
}

export interface AgentCaller {
  type: 'agent';
  agentId: string;
  workspaceId: string;
  /** Names the browser session, so that signing out can close its sockets; null for host tokens. */
  sessionId: string | null;
}

export interface SignedToken {
  token: string;
  /** Epoch ms. */
  expiresAt: number;
}

export interface Tokens {
  signVisitor(visitor: Omit<VisitorCaller, 'type'>): Promise<string>;
  /** Rejects with `token_invalid` or `token_expired`. */
  verifyVisitor(token: string): Promise<Omit<VisitorCaller, 'type'>>;
  signChannel(caller: Caller): Promise<SignedToken>;
  /** Rejects with `token_invalid` or `token_expired`. */
  verifyChannel(token: string): Promise<Caller>;
}

const issuer = 'convkit';
const channelTokenMs = 10 * 60_000;
export const visitorTokenMs = 400 * 86_400_000;

export function createTokens(secret: string, clock: Clock): Tokens {
  const visitorKey = deriveKey(secret, 'visitor token');
  const channelKey = deriveKey(secret, 'channel token');

  const sign = async (
    key: Uint8Array,
    audience: string,
    subject: string,
    lifetimeMs: number,
    claims: Record<string, unknown>,
  ): Promise<SignedToken> => {
    const now = clock.now();
    const expiresAt = now + lifetimeMs;
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(subject)
      .setIssuedAt(Math.floor(now / 1000))
      .setExpirationTime(Math.floor(expiresAt / 1000))
      .sign(key);
    return { token, expiresAt };
  };

  const verify = async (key: Uint8Array, audience: string, token: string) => {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        issuer,
        audience,
        requiredClaims: ['sub', 'exp'],
        currentDate: new Date(clock.now()),
      });
      return payload;
    } catch (cause) {
      throw new CodedError(cause instanceof errors.JWTExpired ? 'token_expired' : 'token_invalid', {
        cause,
      });
    }
  };

  return {
    async signVisitor({ contactId, workspaceId, tokenId }) {
      const claims = { workspace: workspaceId, jti: tokenId };
      return (await sign(visitorKey, 'visitor', contactId, visitorTokenMs, claims)).token;
    },
    async verifyVisitor(token) {
      const claims = await verify(visitorKey, 'visitor', token);
      // The first tokens had no id: such a one is named by itself.
      const tokenId = claims.jti === undefined ? hashSecretCode(token) : text(claims.jti);
      return { contactId: text(claims.sub), workspaceId: text(claims['workspace']), tokenId };
    },
    signChannel(caller) {
      const { workspaceId: workspace, type: role } = caller;
      return caller.type === 'visitor'
        ? sign(channelKey, 'channel', caller.contactId, channelTokenMs, {
            workspace,
            role,
            browser: caller.tokenId,
          })
        : sign(channelKey, 'channel', caller.agentId, channelTokenMs, {
            workspace,
            role,
            session: caller.sessionId,
          });
    },
    async verifyChannel(token) {
      const claims = await verify(channelKey, 'channel', token);
      const workspaceId = text(claims['workspace']);
      const subject = text(claims.sub);
      if (claims['role'] === 'visitor') {
        const tokenId = text(claims['browser']);
        return { type: 'visitor', contactId: subject, workspaceId, tokenId };
      }
      if (claims['role'] !== 'agent') throw new CodedError('token_invalid');
      const session = claims['session'];
      const sessionId = typeof session === 'string' ? session : null;
      return { type: 'agent', agentId: subject, workspaceId, sessionId };
    },
  };
}

function text(claim: unknown): string {
  if (typeof claim !== 'string' || claim === '') throw new CodedError('token_invalid');
  return claim;
}
