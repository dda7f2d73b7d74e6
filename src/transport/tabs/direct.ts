import type { PresenceKeys, TopicHandlers, TopicSubscription, Transport } from '../transport.js';

/** A topic straight over this tab's own connection, as long as no other tab is known. */
export interface DirectTopic {
  topic: string;
  handlers: TopicHandlers<unknown>;
  /** What the connection calls: those handlers, until a hub takes their place. */
  called: TopicHandlers<unknown>;
  /** Over the connection, until a spoke takes its place. */
  subscription: TopicSubscription;
  present: PresenceKeys | null;
}

/** Joins a topic, and keeps it in `topics` for as long as it is known. */
export function subscribeDirectly(
  topics: Set<DirectTopic>,
  own: Transport,
  topic: string,
  handlers: TopicHandlers<unknown>,
): TopicSubscription {
  const called: TopicHandlers<unknown> = {
    joinPayload: () => handlers.joinPayload(),
    onJoin: (reply) => handlers.onJoin(reply),
    onEvent: (event, payload) => handlers.onEvent(event, payload),
    onLost: () => handlers.onLost?.(),
    onPresence(present) {
      mine.present = present;
      handlers.onPresence?.(present);
    },
    onRefused(code, message) {
      topics.delete(mine);
      handlers.onRefused(code, message);
    },
    onClosed() {
      topics.delete(mine);
      handlers.onClosed?.();
    },
  };
  const subscription = own.subscribe(topic, called);
  const mine: DirectTopic = { topic, handlers, called, subscription, present: null };
  topics.add(mine);
  return {
    get joined() {
      return mine.subscription.joined;
    },
    push: (event, payload, options) => mine.subscription.push(event, payload, options),
    leave() {
      topics.delete(mine);
      mine.subscription.leave();
    },
  };
}
