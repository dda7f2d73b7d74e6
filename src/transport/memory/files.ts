import { isPublic, type Attachment } from '../../domain/index.js';
import { CodedError, limits, type FilesSigned } from '../../protocol/index.js';
import type { FileUpload, LocalFile } from '../api.js';
import type { Caller } from './caller.js';
import { conversationOf, type StoredMessage, type Workspace } from './workspace.js';

/** A file that was uploaded; the message that names it, once there is one. */
export interface StoredFile {
  attachment: Attachment;
  file: LocalFile;
  uploaderId: string;
  message: StoredMessage | null;
}

const linkLifeMs = 15 * 60_000;

/** Nobody looks into a file here: a picture is what calls itself one. */
const pictureSize = { width: 640, height: 480 };

const idOf = (caller: Caller): string =>
  caller.type === 'agent' ? caller.agentId : caller.contactId;

export function storeFile(
  workspace: Workspace,
  caller: Caller,
  { file, conversationId }: FileUpload,
): Attachment {
  // Without one it is for an email that starts a conversation.
  if (caller.type === 'agent' && conversationId) conversationOf(workspace, conversationId);
  if (file.size === 0) throw new CodedError('file_empty');
  if (file.size > limits.fileSize) throw new CodedError('file_too_large');
  const attachment: Attachment = {
    id: workspace.nextId('at'),
    name: file.name,
    size: file.size,
    mediaType: file.type || 'application/octet-stream',
    image: file.type.startsWith('image/') ? pictureSize : null,
  };
  workspace.files.set(attachment.id, {
    attachment,
    file,
    uploaderId: idOf(caller),
    message: null,
  });
  return attachment;
}

/** The files that a message is sent with; each was uploaded by its author and is in no message. */
export function filesFor(
  workspace: Workspace,
  uploaderId: string,
  ids: readonly string[],
): StoredFile[] {
  return ids.map((id) => {
    const stored = workspace.files.get(id);
    if (!stored || stored.uploaderId !== uploaderId || stored.message) {
      throw new CodedError('file_not_found');
    }
    return stored;
  });
}

/** Addresses of those that the caller may see. */
export function signFiles(
  workspace: Workspace,
  caller: Caller,
  ids: readonly string[],
): FilesSigned {
  const files = ids.flatMap((id) => {
    const stored = workspace.files.get(id);
    if (!stored || !maySee(workspace, caller, stored)) return [];
    const url = addressOf(stored);
    const thumbnailUrl = stored.attachment.image ? url : null;
    return [{ id, url, thumbnailUrl, expiresAt: workspace.now() + linkLifeMs }];
  });
  return { files };
}

function maySee(
  workspace: Workspace,
  caller: Caller,
  { message, uploaderId }: StoredFile,
): boolean {
  if (!message) return uploaderId === idOf(caller);
  if (caller.type === 'agent') return true;
  const { contactId, live } = conversationOf(workspace, message.conversationId);
  return live && contactId === caller.contactId && isPublic(message);
}

/** Where the page's own runtime can make one; a file that is none has an address that leads nowhere. */
function addressOf({ file, attachment }: StoredFile): string {
  try {
    const { createObjectURL } = URL as unknown as { createObjectURL(file: LocalFile): string };
    return createObjectURL(file);
  } catch {
    return `/v1/files/${attachment.id}/original`;
  }
}
