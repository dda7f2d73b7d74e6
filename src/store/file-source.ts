import type { FilesSigned } from '../protocol/index.js';

/** Where one file can be fetched from for a while. */
export interface FileLink {
  id: string;
  url: string;
  /** A small picture of it. */
  thumbnailUrl: string | null;
  /** Epoch ms on the server's clock. */
  expiresAt: number;
}

/** What gives addresses of files: a visitor's client, or an agent's conversation. */
export interface FileSource {
  /** At most 50 at a time; those that are gone are left out. Rejects with a `CodedError`. */
  signFiles(ids: string[]): Promise<FileLink[]>;
  /** Epoch ms on the server's clock. */
  now(): number;
}

/** Signed paths as addresses on the server. */
export function absolute({ files }: FilesSigned, address: (path: string) => string): FileLink[] {
  return files.map(({ url, thumbnailUrl, ...file }) => ({
    ...file,
    url: address(url),
    thumbnailUrl: thumbnailUrl && address(thumbnailUrl),
  }));
}
