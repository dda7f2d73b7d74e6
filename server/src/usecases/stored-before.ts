import type { Author, MessageKind } from '#kit/domain/message.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { MessageRecord, Repositories } from '../ports.js';

/**
 * The message that the author's `clientId` already names, or null. Rejects with `client_id_reused`
 * when it names something else; an edited or deleted one has lost its first text and is believed.
 */
export async function storedBefore(
  repositories: Pick<Repositories, 'messages'>,
  author: Pick<Author, 'type' | 'id'>,
  sent: {
    clientId: string;
    kind: MessageKind;
    text: string;
    attachmentIds: readonly string[];
    conversationId: string | null;
  },
): Promise<MessageRecord | null> {
  const stored = await repositories.messages.byClientId(author, sent.clientId);
  if (!stored) return null;
  const untouched = stored.editedAt === null && stored.deletedAt === null;
  const same =
    stored.kind === sent.kind &&
    (sent.conversationId === null || stored.conversationId === sent.conversationId) &&
    (!untouched || (stored.text === sent.text && hasFiles(stored, sent.attachmentIds)));
  if (!same) throw new CodedError('client_id_reused');
  return stored;
}

function hasFiles({ attachments }: MessageRecord, ids: readonly string[]): boolean {
  return attachments.length === ids.length && attachments.every(({ id }, at) => id === ids[at]);
}
