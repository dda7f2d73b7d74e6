import type { Attachment } from '#kit/domain/message.js';
import { CodedError } from '#kit/protocol/errors.js';
import { limits } from '#kit/protocol/limits.js';
import type { Caller } from '../auth/tokens.js';
import type { Uploader } from '../file-ports.js';
import type { Repositories } from '../ports.js';

export function uploaderOf(caller: Caller): Uploader {
  return caller.type === 'visitor'
    ? { type: 'contact', id: caller.contactId }
    : { type: 'agent', id: caller.agentId };
}

/** Throws `too_many_files` for more than one message holds. */
export function checkFileCount(ids: readonly string[]): void {
  if (ids.length > limits.attachments) throw new CodedError('too_many_files');
}

/**
 * Within a transaction: the files that a message is sent with, locked. Each was uploaded by its
 * author, by an agent for this very conversation or, before there is one, for none (null), and
 * belongs to no message; otherwise it rejects
 * with `file_not_found`.
 */
export async function claimFiles(
  { attachments }: Pick<Repositories, 'attachments'>,
  caller: Caller,
  ids: string[],
  conversationId: string | null,
): Promise<Attachment[]> {
  if (ids.length === 0) return [];
  const claimed = await attachments.claim({
    ids,
    uploader: uploaderOf(caller),
    workspaceId: caller.workspaceId,
    conversationId: caller.type === 'visitor' ? null : conversationId,
  });
  if (claimed.length < ids.length) throw new CodedError('file_not_found');
  return claimed;
}
