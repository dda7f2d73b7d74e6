import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Beside the built server, or where the build puts the pages while the source runs; null: neither. */
export function findPublicDir(): string | null {
  const candidates = ['./public', '../../dist/public'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  return candidates.find((path) => existsSync(path)) ?? null;
}
