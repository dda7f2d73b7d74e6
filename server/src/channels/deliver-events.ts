import { events } from '#kit/protocol/events.js';
import { topics } from '#kit/protocol/topics.js';
import { Coalescer } from '../coalescer.js';
import type { DomainEvent } from '../ports.js';
import { readMarks } from '../usecases/marks.js';
import { CountsBroadcast } from './counts-broadcast.js';
import type { JoinedAgents } from './joined-agents.js';
import type { JoinedVisitors } from './joined-visitors.js';
import type { MessageFeed } from './message-feed.js';
import { tellReply } from './tell-saved-texts.js';
import type { ChannelPorts } from './topic-channel.js';

export interface DeliverOptions {
  visitors: JoinedVisitors;
  agents: JoinedAgents;
  feed: MessageFeed;
  /** Whether somebody has joined the topic here. */
  hasSubscribers(topic: string): boolean;
  disconnect(socketName: string): void;
  onFault(fault: unknown): void;
}

export interface Delivery {
  deliver(event: DomainEvent): void;
  close(): void;
}

/** Tells each topic what happened, in the form that those who joined it here may see. */
export function deliverEvents(
  { ports, broadcast }: Pick<ChannelPorts, 'ports' | 'broadcast'>,
  { visitors, agents, feed, hasSubscribers, disconnect, onFault }: DeliverOptions,
): Delivery {
  const counts = new CountsBroadcast({
    read: (workspaceId) => ports.storage.conversations.counts(workspaceId),
    send: (workspaceId, payload) => broadcast(topics.inbox(workspaceId), events.counts, payload),
    onFault,
  });
  const agentMarks = new Coalescer(async (conversationId) => {
    const marks = await readMarks(ports.storage, conversationId, 'agent');
    broadcast(topics.conversation(conversationId), events.marks, marks);
  }, onFault);
  const inboxSettings = new Coalescer(async (workspaceId) => {
    const workspace = await ports.storage.workspaces.get(workspaceId);
    if (!workspace) return;
    const { id, name, settings, settingsVersion: version } = workspace;
    const { missedAfterMs } = settings;
    const payload = { workspace: { id, name }, missedAfterMs, version };
    broadcast(topics.inbox(workspaceId), events.settings, payload);
  }, onFault);

  const groups = new Coalescer(async (workspaceId) => {
    const payload = await ports.storage.groups.list(workspaceId);
    broadcast(topics.inbox(workspaceId), events.groupsChanged, payload);
  }, onFault);

  const deliver = (event: DomainEvent): void => {
    switch (event.type) {
      case 'message':
        feed.changed(event);
        break;
      case 'conversation': {
        const { conversation, workspaceId, contactId } = event;
        const payload = { conversation };
        broadcast(topics.inbox(workspaceId), events.conversationChanged, payload);
        broadcast(topics.conversation(conversation.id), events.conversationChanged, payload);
        if (hasSubscribers(topics.inbox(workspaceId))) counts.changed(workspaceId);
        visitors.cardChanged(contactId, conversation);
        break;
      }
      case 'removed': {
        const { workspaceId, contactId, conversationId } = event;
        const payload = { conversationId };
        broadcast(topics.inbox(workspaceId), events.conversationRemoved, payload);
        broadcast(topics.conversation(conversationId), events.conversationRemoved, payload);
        if (hasSubscribers(topics.inbox(workspaceId))) counts.changed(workspaceId);
        visitors.conversationChanged(contactId);
        break;
      }
      case 'marks':
        if (hasSubscribers(topics.conversation(event.conversationId))) {
          agentMarks.request(event.conversationId);
        }
        visitors.conversationChanged(event.contactId);
        break;
      case 'contact':
        for (const id of event.conversationIds) {
          const { contact } = event;
          broadcast(topics.conversation(id), events.contactChanged, { contact });
        }
        visitors.contactChanged(event.contact.id);
        break;
      case 'visit':
        if (event.conversationId !== null) {
          const { visit } = event;
          broadcast(topics.conversation(event.conversationId), events.visitChanged, { visit });
        }
        break;
      case 'agent':
        broadcast(topics.inbox(event.workspaceId), events.agentChanged, { agent: event.agent });
        visitors.availabilityChanged(event.workspaceId);
        if (event.newFace) visitors.participantsChanged(event.workspaceId);
        break;
      case 'me':
        agents.meChanged(event.agentId);
        break;
      case 'agent-removed':
        void ports.roster.removed(event.workspaceId, event.agentId).then(() => {
          const { workspaceId, agentId } = event;
          broadcast(topics.inbox(workspaceId), events.agentRemoved, { agentId });
          visitors.availabilityChanged(workspaceId);
          visitors.participantsChanged(workspaceId);
        });
        break;
      case 'reply':
        tellReply(event, broadcast, agents);
        break;
      case 'template':
        broadcast(topics.inbox(event.workspaceId), events.templatesChanged, event.change);
        break;
      case 'groups':
        if (hasSubscribers(topics.inbox(event.workspaceId))) groups.request(event.workspaceId);
        break;
      case 'settings':
        if (hasSubscribers(topics.inbox(event.workspaceId))) {
          inboxSettings.request(event.workspaceId);
        }
        visitors.settingsChanged(event.workspaceId);
        visitors.availabilityChanged(event.workspaceId);
        break;
      case 'access':
        for (const name of event.sockets) disconnect(name);
        break;
    }
  };

  return {
    deliver(event) {
      try {
        deliver(event);
      } catch (fault) {
        onFault(fault);
      }
    },
    close() {
      counts.close();
      agentMarks.close();
      inboxSettings.close();
      groups.close();
      agents.close();
      feed.close();
      visitors.close();
    },
  };
}
