import type { Contact, Message, Visit } from '../domain/index.js';
import {
  CodedError,
  events,
  topics,
  type ContactReply,
  type ConversationJoined,
  type ConversationReply,
  type Marks,
  type MessageStored,
  type Since,
  type Typing,
  type VisitChanged,
} from '../protocol/index.js';
import type { Clock } from '../transport/clock.js';
import type { PresenceKeys, TopicSubscription, Transport } from '../transport/transport.js';
import type { ShownError } from './thread-item.js';

export interface ConversationTopicHandlers {
  since(): Since | undefined;
  onJoin(reply: ConversationJoined): void;
  onMessage(message: Message): void;
  onConversation(reply: ConversationReply): void;
  /** Somebody deleted it. */
  onRemoved(): void;
  onContact(contact: Contact): void;
  onVisit(visit: Visit): void;
  onMarks(marks: Marks): void;
  onTyping(typing: Typing): void;
  onPresence(present: PresenceKeys): void;
  onLost(): void;
  onRefused(error: ShownError): void;
}

export interface ConversationTopic {
  readonly joined: boolean;
  open(): void;
  close(): void;
  /** Rejects with `connection_lost` at once when there is no connection, else waits for the join. */
  push<Reply>(event: string, payload: object): Promise<Reply>;
}

/** How long an act waits for the join, in ms. */
const joinTimeoutMs = 10_000;

/** The topic of one conversation: joins, sorts events, and lets acts wait for the join. */
export function createConversationTopic(
  id: string,
  transport: Transport,
  clock: Clock,
  handlers: ConversationTopicHandlers,
): ConversationTopic {
  let subscription: TopicSubscription | null = null;
  let refusal: ShownError | null = null;
  let waiting = new Set<(error: CodedError | null) => void>();

  function settle(error: CodedError | null): void {
    const settled = waiting;
    waiting = new Set();
    for (const resolve of settled) resolve(error);
  }

  function onEvent(event: string, payload: unknown): void {
    if (event === events.messageChanged) handlers.onMessage((payload as MessageStored).message);
    else if (event === events.conversationChanged)
      handlers.onConversation(payload as ConversationReply);
    else if (event === events.conversationRemoved) handlers.onRemoved();
    else if (event === events.contactChanged) handlers.onContact((payload as ContactReply).contact);
    else if (event === events.visitChanged) handlers.onVisit((payload as VisitChanged).visit);
    else if (event === events.marks) handlers.onMarks(payload as Marks);
    else if (event === events.typing) handlers.onTyping(payload as Typing);
  }

  function joining(): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = clock.after(joinTimeoutMs, () => done(new CodedError('timeout')));
      const done = (error: CodedError | null): void => {
        cancel();
        waiting.delete(done);
        if (error) reject(error);
        else resolve();
      };
      waiting.add(done);
    });
  }

  return {
    get joined() {
      return subscription?.joined ?? false;
    },
    open() {
      refusal = null;
      subscription = transport.subscribe<ConversationJoined>(topics.conversation(id), {
        joinPayload() {
          const since = handlers.since();
          return since ? { since } : {};
        },
        onJoin(reply) {
          handlers.onJoin(reply);
          settle(null);
        },
        onEvent,
        onPresence: handlers.onPresence,
        onLost() {
          handlers.onLost();
          settle(new CodedError('connection_lost'));
        },
        onRefused(code, message) {
          refusal = { code, message };
          handlers.onRefused(refusal);
          settle(new CodedError(code, { message }));
        },
      });
    },
    close() {
      subscription?.leave();
      subscription = null;
      settle(new CodedError('connection_lost'));
    },
    async push(event, payload) {
      if (refusal) throw new CodedError(refusal.code, { message: refusal.message });
      if (!subscription || transport.connection.state !== 'online') {
        throw new CodedError('connection_lost');
      }
      if (!subscription.joined) await joining();
      return subscription.push(event, payload);
    },
  };
}
