import type { Attachment } from '#kit/domain/message.js';
import { CodedError } from '#kit/protocol/errors.js';
import { limits } from '#kit/protocol/limits.js';
import type { Caller } from '../auth/tokens.js';
import type { AttachmentRecord, Inspected, ReceivedFile, Uploader } from '../file-ports.js';
import type { Repositories } from '../ports.js';
import type { Ports } from './act.js';
import { uploaderOf } from './claim-files.js';

/** What one uploader may have on the server that no message names yet. */
export interface WaitingLimits {
  waitingFiles: number;
  waitingMegabytes: number;
}

export interface Upload {
  name: string;
  content: AsyncIterable<Uint8Array>;
  /** Where an agent will send it; null for the first message of a conversation. */
  conversationId: string | null;
}

const retryAfterMs = 60_000;

/**
 * Whether the caller may upload, before the first byte is read. Rejects with
 * `conversation_not_found`, `conversation_ended`, `contact_not_found`, `agent_not_found`,
 * `message_refused` and `rate_limited`.
 */
export async function mayUpload(
  { storage }: Pick<Ports, 'storage'>,
  caller: Caller,
  conversationId: string | null,
  waiting: WaitingLimits,
): Promise<void> {
  if (caller.type === 'agent') await checkAgent(storage, caller, conversationId);
  else await checkContact(storage, caller);
  await checkWaiting(storage, uploaderOf(caller), waiting);
}

/**
 * Takes in a file: its bytes first, then the row that names them, so that whatever ends in between
 * leaves nothing that can be seen. Rejects with `file_too_large`, `file_empty`, `file_incomplete`,
 * `file_type_refused`, `file_damaged`, `storage_full`, `storage_unavailable` and `rate_limited`.
 */
export async function uploadFile(
  ports: Ports,
  caller: Caller,
  { name, content, conversationId }: Upload,
  waiting: WaitingLimits,
): Promise<Attachment> {
  const { files, inspector, ids, clock } = ports;
  const received = await files.receive(content, limits.fileSize);
  let inspected: Inspected | null = null;
  try {
    if (received.size === 0) throw new CodedError('file_empty');
    inspected = await inspector.inspect(received, name);
    const { picture } = inspected;
    const attachment: Attachment = {
      id: ids.next('at'),
      name: inspected.name,
      size: received.size,
      mediaType: inspected.mediaType,
      image: picture && { width: picture.width, height: picture.height },
    };
    await keep(
      ports,
      received,
      picture?.thumbnail ?? null,
      {
        ...attachment,
        workspaceId: caller.workspaceId,
        conversationId: caller.type === 'agent' ? conversationId : null,
        messageId: null,
        uploader: uploaderOf(caller),
        createdAt: clock.now(),
      },
      waiting,
    );
    return attachment;
  } finally {
    await files.discard(received);
    if (inspected?.picture) await files.discard(inspected.picture.thumbnail);
  }
}

async function keep(
  { files, storage }: Pick<Ports, 'files' | 'storage'>,
  original: ReceivedFile,
  thumbnail: ReceivedFile | null,
  record: AttachmentRecord,
  waiting: WaitingLimits,
): Promise<void> {
  try {
    if (thumbnail) await files.put(record.id, 'thumbnail', thumbnail);
    await files.put(record.id, 'original', original);
    await storage.transaction(async (repositories) => {
      await repositories.attachments.create(record);
      await checkWaiting(repositories, record.uploader, waiting);
    });
  } catch (error) {
    // What cannot be deleted now is found by the sweep.
    await files.delete(record.id).catch(() => undefined);
    throw error;
  }
}

async function checkAgent(
  storage: Pick<Repositories, 'agents' | 'conversations'>,
  caller: Extract<Caller, { type: 'agent' }>,
  conversationId: string | null,
): Promise<void> {
  const agent = await storage.agents.get(caller.agentId);
  if (agent?.workspaceId !== caller.workspaceId) throw new CodedError('agent_not_found');
  // For an email to somebody new: there is no conversation yet.
  if (conversationId === null) return;
  const conversation = await storage.conversations.get(conversationId);
  if (conversation?.workspaceId !== caller.workspaceId) {
    throw new CodedError('conversation_not_found');
  }
  if (!conversation.live) throw new CodedError('conversation_ended');
}

async function checkContact(
  storage: Pick<Repositories, 'contacts'>,
  caller: Extract<Caller, { type: 'visitor' }>,
): Promise<void> {
  const contact = await storage.contacts.get(caller.contactId);
  if (contact?.workspaceId !== caller.workspaceId) throw new CodedError('contact_not_found');
  if (contact.blocked !== null) throw new CodedError('message_refused');
}

async function checkWaiting(
  { attachments }: Pick<Repositories, 'attachments'>,
  uploader: Uploader,
  { waitingFiles, waitingMegabytes }: WaitingLimits,
): Promise<void> {
  const { count, bytes } = await attachments.waiting(uploader);
  if (count > waitingFiles || bytes > waitingMegabytes * 1_048_576) {
    throw new CodedError('rate_limited', { retryAfterMs });
  }
}
