import { events } from '#kit/protocol/events.js';
import type { MessagePage } from '#kit/protocol/payloads.js';
import type { Cluster } from '../cluster/index.js';
import type { Metrics } from '../metrics.js';
import type { PhoenixServer } from '../phoenix/index.js';
import type { Assigns } from './assigns.js';
import { CatchUp } from './catch-up.js';
import { deliverEvents } from './deliver-events.js';
import type { JoinedAgents } from './joined-agents.js';
import type { JoinedVisitors } from './joined-visitors.js';
import { LocalAudience } from './local-audience.js';
import { directFeed, OrderedFeed } from './message-feed.js';
import { recheckSockets } from './recheck-sockets.js';
import type { ChannelPorts } from './topic-channel.js';

export interface DeliveryOptions {
  channelPorts: ChannelPorts;
  phoenix: Pick<PhoenixServer<Assigns>, 'subscriberCount' | 'disconnect' | 'sockets'>;
  visitors: JoinedVisitors;
  agents: JoinedAgents;
  cluster?: Cluster | undefined;
  metrics: Metrics;
}

/** From what the use-cases publish, on whichever server, to those who joined a topic on this one. */
export function startDelivery(options: DeliveryOptions): {
  joining: ChannelPorts['joining'];
  joined: ChannelPorts['joined'];
  close(): void;
} {
  const { channelPorts, phoenix, visitors, agents, cluster, metrics } = options;
  const { ports, broadcast, log } = channelPorts;
  const onFault = (fault: unknown) => log.error({ err: fault }, 'an event could not be delivered');
  const subscribers = (topic: string) => phoenix.subscriberCount(topic);
  const send = (topic: string, message: object) =>
    broadcast(topic, events.messageChanged, { message });
  const shared = {
    visitors,
    agents,
    hasSubscribers: (topic: string) => subscribers(topic) > 0,
    disconnect: (name: string) => phoenix.disconnect(name),
    onFault,
  };

  if (!cluster) {
    const { deliver, close } = deliverEvents(channelPorts, { ...shared, feed: directFeed(send) });
    const unsubscribe = ports.events.subscribe(deliver);
    return {
      joining: () => undefined,
      joined: () => undefined,
      close() {
        unsubscribe();
        close();
      },
    };
  }

  const { messages } = ports.storage;
  const feed = new OrderedFeed({ messages, send, subscribers, onFault });
  const audience = new LocalAudience(subscribers);
  const { deliver, close } = deliverEvents(channelPorts, { ...shared, feed });
  const { bus, sweepMs } = cluster;
  const catchUp = new CatchUp({
    ports,
    bus,
    audience,
    feed,
    deliver,
    recheck: () => recheckSockets(ports, phoenix.sockets(), shared.disconnect),
    onFault,
    swept: (missed) => metrics.bus.swept(missed),
    ...(sweepMs !== undefined && { everyMs: sweepMs }),
  });
  const unsubscribe = ports.events.subscribe((event) => {
    deliver(event);
    catchUp.delivered(event);
  });
  return {
    // A look between a join's reading and its reply has to tell what was committed meanwhile.
    joining: (topic, caller) => audience.joined(topic, caller.workspaceId),
    joined(topic, caller, reply) {
      const page = (reply as { messages?: MessagePage | null }).messages;
      const reader = caller.type === 'agent' ? 'agent' : 'visitor';
      if (page) feed.joined(topic, page.conversationId, reader, page.seq);
    },
    close() {
      unsubscribe();
      catchUp.close();
      close();
    },
  };
}
