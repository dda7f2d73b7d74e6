import { events } from '#kit/protocol/events.js';
import { topics } from '#kit/protocol/topics.js';
import { Coalescer } from '../coalescer.js';
import type { DomainEvent } from '../ports.js';
import { readMarks } from '../usecases/marks.js';
import { agentMessage, visitorMessage } from '../usecases/views.js';
import { CountsBroadcast } from './counts-broadcast.js';
import type { JoinedVisitors } from './joined-visitors.js';
import type { ChannelPorts } from './topic-channel.js';

/** Tells each topic what happened, in the form that those who joined it may see. Returns the way out. */
export function deliverEvents(
  { ports, broadcast, log }: ChannelPorts,
  visitors: JoinedVisitors,
  disconnect: (socketName: string) => void,
): () => void {
  const onFault = (fault: unknown) => log.error({ err: fault }, 'an event could not be delivered');
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

  const deliver = (event: DomainEvent): void => {
    switch (event.type) {
      case 'message': {
        const { message, contactId, live } = event;
        const conversation = topics.conversation(message.conversationId);
        broadcast(conversation, events.messageChanged, { message: agentMessage(message) });
        const shown = live ? visitorMessage(message) : null;
        if (shown) broadcast(topics.visitor(contactId), events.messageChanged, { message: shown });
        break;
      }
      case 'conversation': {
        const { conversation, workspaceId, contactId } = event;
        const payload = { conversation };
        broadcast(topics.inbox(workspaceId), events.conversationChanged, payload);
        broadcast(topics.conversation(conversation.id), events.conversationChanged, payload);
        counts.changed(workspaceId);
        visitors.conversationChanged(contactId);
        break;
      }
      case 'marks':
        agentMarks.request(event.conversationId);
        visitors.conversationChanged(event.contactId);
        break;
      case 'contact':
        for (const id of event.conversationIds) {
          const { contact } = event;
          broadcast(topics.conversation(id), events.contactChanged, { contact });
        }
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
      case 'settings':
        inboxSettings.request(event.workspaceId);
        visitors.settingsChanged(event.workspaceId);
        visitors.availabilityChanged(event.workspaceId);
        break;
      case 'access':
        for (const name of event.sockets) disconnect(name);
        break;
    }
  };

  const unsubscribe = ports.events.subscribe((event) => {
    try {
      deliver(event);
    } catch (fault) {
      onFault(fault);
    }
  });
  return () => {
    unsubscribe();
    counts.close();
    agentMarks.close();
    inboxSettings.close();
    visitors.close();
  };
}
