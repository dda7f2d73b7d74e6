import type { Readable } from 'node:stream';
import { CodedError } from '#kit/protocol/errors.js';
import type { SignedFileLink } from '../file-ports.js';
import type { Ports } from './act.js';
import { visibleFiles } from './visible-files.js';

export interface FileContent {
  name: string;
  mediaType: string;
  size: number;
  content: Readable;
  /** A picture that a page may show. */
  isPicture: boolean;
  /** Epoch ms until which the address holds. */
  expiresAt: number;
}

/**
 * The bytes behind a signed address, when whom it was signed for may see them still. Rejects with
 * `file_not_found` in every other case, and with `storage_unavailable`.
 */
export async function readFile(
  { storage, files, fileLinks }: Pick<Ports, 'storage' | 'files' | 'fileLinks'>,
  link: SignedFileLink,
): Promise<FileContent> {
  const subject = fileLinks.verify(link);
  if (!subject) throw new CodedError('file_not_found');
  const { id, variant, viewer } = subject;
  const [file] = await visibleFiles(storage, viewer, [id]);
  const stored = file && (await files.get(id, variant));
  if (!stored) throw new CodedError('file_not_found');
  return {
    ...stored,
    name: file.name,
    mediaType: variant === 'thumbnail' ? 'image/webp' : file.mediaType,
    isPicture: file.image !== null,
    expiresAt: Number(link.expires) * 1000,
  };
}
