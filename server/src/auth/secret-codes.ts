import { createHash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits in letters that may stand in an address or a cookie. */
export function newSecretCode(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a code: the code is random, so a plain hash cannot be turned round. */
export function hashSecretCode(code: string): string {
  return createHash('sha256').update(code).digest('base64url');
}

export function equalSecrets(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}

/** One key per purpose, so that what was signed for one is worth nothing for another. */
export function deriveKey(secret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, 'convkit', purpose, 32));
}
