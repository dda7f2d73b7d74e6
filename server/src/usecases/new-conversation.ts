import type { ConversationRecord, Repositories } from '../ports.js';
import type { Ports } from './act.js';

type Beginning = Pick<
  ConversationRecord,
  'workspaceId' | 'contactId' | 'channel' | 'groupId' | 'subject'
>;

/** A live conversation, open, with nobody and without a message. */
export async function newConversation(
  ports: Pick<Ports, 'clock' | 'ids'>,
  { conversations }: Pick<Repositories, 'conversations'>,
  beginning: Beginning,
): Promise<ConversationRecord> {
  const now = ports.clock.now();
  const record: ConversationRecord = {
    ...beginning,
    id: ports.ids.next('cv'),
    state: 'open',
    live: true,
    assigneeIds: [],
    lastSeq: 0,
    lastPublicSeq: 0,
    lastMessageId: null,
    activeAt: now,
    waitingSince: null,
    lastContactPosition: 0,
    createdAt: now,
    closedAt: null,
    rating: null,
    mentions: {},
    deletedAt: null,
    version: 1,
  };
  await conversations.create(record);
  return record;
}
