import { createHmac } from 'node:crypto';
import type { FileLinks, FileSubject, FileVariant, Uploader } from '../file-ports.js';
import type { Clock } from '../ports.js';
import { deriveKey, equalSecrets } from './secret-codes.js';

const lifetimeMs = 10 * 60_000;
/** Addresses asked for within it are the same, so that browsers find them in their caches. */
const roundMs = 5 * 60_000;

const letters = { contact: 'v', agent: 'a' } as const;

/** Addresses under `/v1/files/`, each bound to a file, its variant, who looks at it, and a time. */
export function createFileLinks(secret: string, clock: Clock): FileLinks {
  const key = deriveKey(secret, 'file link');
  const signatureOf = (id: string, variant: string, viewer: string, expires: string): string =>
    createHmac('sha256', key).update([id, variant, viewer, expires].join('\n')).digest('base64url');

  return {
    sign({ id, variant, viewer }) {
      const expiresAt = Math.ceil(clock.now() / roundMs) * roundMs + lifetimeMs;
      const words = [letters[viewer.type], viewer.id].join('.');
      const expires = String(expiresAt / 1000);
      const query = new URLSearchParams({
        viewer: words,
        expires,
        signature: signatureOf(id, variant, words, expires),
      });
      return { url: `/v1/files/${encodeURIComponent(id)}/${variant}?${query}`, expiresAt };
    },

    verify({ id, variant, viewer, expires, signature }): FileSubject | null {
      if (!equalSecrets(signature, signatureOf(id, variant, viewer, expires))) return null;
      if (Number(expires) * 1000 <= clock.now()) return null;
      const who = viewerOf(viewer);
      return who && isVariant(variant) ? { id, variant, viewer: who } : null;
    },
  };
}

function viewerOf(words: string): Uploader | null {
  const id = words.slice(2);
  if (words.startsWith('v.')) return { type: 'contact', id };
  return words.startsWith('a.') ? { type: 'agent', id } : null;
}

function isVariant(word: string): word is FileVariant {
  return word === 'original' || word === 'thumbnail';
}
