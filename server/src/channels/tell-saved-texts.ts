import { events } from '#kit/protocol/events.js';
import { topics } from '#kit/protocol/topics.js';
import type { DomainEvent } from '../ports.js';
import type { JoinedAgents } from './joined-agents.js';
import type { ChannelPorts } from './topic-channel.js';

type ReplyEvent = Extract<DomainEvent, { type: 'reply' }>;

/** A saved reply changed: an agent's own is told to nobody else. */
export function tellReply(
  { workspaceId, before, saved }: ReplyEvent,
  broadcast: ChannelPorts['broadcast'],
  agents: Pick<JoinedAgents, 'tell'>,
): void {
  const everybody = topics.inbox(workspaceId);
  const gone = before && { deletedId: before.id };
  if (saved?.ownerId === null) broadcast(everybody, events.repliesChanged, { saved });
  else if (before?.ownerId === null) broadcast(everybody, events.repliesChanged, { ...gone });
  else if (before && !saved && before.ownerId !== null) {
    agents.tell(before.ownerId, events.repliesChanged, { ...gone });
  }
  if (saved && saved.ownerId !== null) {
    agents.tell(saved.ownerId, events.repliesChanged, { saved });
  }
}
