import type { VisitorConversation } from '#kit/domain/conversation.js';
import { publicAgent } from '../availability.js';
import type { ConversationRecord } from '../ports.js';
import type { Ports } from './act.js';
import { readMarks } from './marks.js';

/**
 * What a visitor may know of their live conversation. Its version is a stamp: the stored one rises
 * with comments too, and would let them be counted.
 */
export async function visitorConversation(
  ports: Ports,
  contactId: string,
): Promise<VisitorConversation | null> {
  const version = ports.stamp();
  const record = await ports.storage.conversations.live(contactId, 'chat');
  return record && describe(ports, record, version);
}

/** As above, for a record read after `version` was stamped. */
export async function describe(
  ports: Ports,
  record: ConversationRecord,
  version: number,
): Promise<VisitorConversation> {
  const { storage, roster } = ports;
  const [repliers, agents, marks] = await Promise.all([
    storage.messages.repliers(record.id),
    roster.list(record.workspaceId),
    readMarks(storage, record.id, 'visitor'),
  ]);
  const ids = new Set([...repliers, ...record.assigneeIds]);
  return {
    id: record.id,
    state: record.state,
    participants: agents.filter((agent) => ids.has(agent.id)).map(publicAgent),
    contactMark: marks.contactMark,
    agentMark: marks.agentMark,
    rating: record.rating,
    version,
  };
}
