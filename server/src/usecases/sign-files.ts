import type { FilesSigned } from '#kit/protocol/payloads.js';
import type { Caller } from '../auth/tokens.js';
import type { FileVariant } from '../file-ports.js';
import type { Ports } from './act.js';
import { uploaderOf } from './claim-files.js';
import { visibleFiles } from './visible-files.js';

/**
 * Addresses of the files that the caller may see, in the order asked; others are left out. Agents
 * name the conversation, and are given its files only.
 */
export async function signFiles(
  { storage, fileLinks }: Pick<Ports, 'storage' | 'fileLinks'>,
  caller: Caller,
  ids: string[],
  conversationId: string | null,
): Promise<FilesSigned> {
  const viewer = uploaderOf(caller);
  const visible = await visibleFiles(storage, viewer, ids);
  const byId = new Map(
    visible
      .filter((file) => conversationId === null || file.conversationId === conversationId)
      .map((file) => [file.id, file]),
  );
  const files = ids.flatMap((id) => {
    const file = byId.get(id);
    if (!file) return [];
    const sign = (variant: FileVariant) => fileLinks.sign({ id, variant, viewer });
    const { url, expiresAt } = sign('original');
    return { id, url, thumbnailUrl: file.image ? sign('thumbnail').url : null, expiresAt };
  });
  return { files };
}
