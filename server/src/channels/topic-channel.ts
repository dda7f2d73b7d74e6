import { toWireError } from '#kit/protocol/error-entries.js';
import { CodedError } from '#kit/protocol/errors.js';
import { events, type EventName } from '#kit/protocol/events.js';
import { parseTopic, type TopicKind } from '#kit/protocol/topics.js';
import type { Caller } from '../auth/tokens.js';
import { overloaded } from '../overload.js';
import type { Channel, Reply } from '../phoenix/index.js';
import type { Ports } from '../usecases/act.js';
import type { RateLimitName, RateLimits } from '../rate-limits.js';
import { welcome } from '../usecases/welcome.js';
import type { Assigns, Context } from './assigns.js';
import { checkJoin, checkPush } from './validate.js';

const welcomeMs = 60_000;

/** What one person may do so often, on all their sockets together. */
const limitOf: Readonly<Record<string, RateLimitName>> = {
  [events.typing]: 'typingPerMinute',
  [events.mark]: 'marksPerMinute',
  [events.pageView]: 'pageViewsPerMinute',
  [events.contactData]: 'contactDataPerMinute',
};

/** Each is something to read for others. */
const writing: ReadonlySet<string> = new Set([
  events.messageSend,
  events.conversationStart,
  events.formSubmit,
  events.ratingSet,
  events.groupChoose,
  events.conversationRestart,
]);

export interface Log {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What every channel works with. */
export interface ChannelPorts {
  ports: Ports;
  rateLimits: RateLimits;
  log: Log;
  /** To those who joined the topic on this server; every server is told of every event. */
  broadcast(topic: string, event: EventName, payload: object): void;
  isOverloaded(): boolean;
  /** Somebody is about to join a topic here; what changes from now on concerns them. */
  joining(topic: string, caller: Caller): void;
  /** Somebody joined a topic here and was told what the reply says. */
  joined(topic: string, caller: Caller, reply: object): void;
}

/** One joined topic: who joined it and which thing it is about. */
export interface Scope<C extends Caller> {
  context: Context;
  caller: C;
  id: string;
}

/** `payload` was checked against the contract before. */
export type Handler<C extends Caller> = (scope: Scope<C>, payload: never) => Promise<object>;

export interface TopicDefinition<C extends Caller> {
  kind: TopicKind;
  presence: boolean;
  callerType: C['type'];
  /** Whether a caller of that type may join this very topic. */
  mayJoin(caller: C, id: string): boolean;
  join(scope: Scope<C>, payload: never): Promise<object>;
  handlers: Partial<Record<EventName, Handler<C>>>;
  terminate?(scope: Scope<C>): void | Promise<void>;
}

/** Turns a definition into a channel that authorises, validates, limits, and answers with codes. */
export function topicChannel<C extends Caller>(
  { ports, rateLimits, log, isOverloaded, joining, joined }: ChannelPorts,
  definition: TopicDefinition<C>,
): Channel<Assigns> {
  const { kind } = definition;

  /** The event that closes a socket may be lost between servers: who stays is asked again. */
  const stillWelcome = async ({ socket: { assigns } }: Context): Promise<void> => {
    const now = ports.clock.now();
    if (now - assigns.welcomeAt < welcomeMs) return;
    await welcome(ports, assigns.caller, assigns.network);
    assigns.welcomeAt = now;
  };

  const spend = async (caller: Caller, event: string): Promise<void> => {
    const limit = Object.hasOwn(limitOf, event) ? limitOf[event] : undefined;
    if (limit) await rateLimits[limit].spend(subjectOf(caller));
    if (!writing.has(event)) return;
    const { type, workspaceId } = caller;
    const own = type === 'visitor' ? 'visitorMessagesPerMinute' : 'agentMessagesPerMinute';
    // Side by side: each may have to ask another machine.
    await Promise.all([
      rateLimits.workspaceMessagesPerMinute.spend(workspaceId),
      rateLimits[own].spend(subjectOf(caller)),
    ]);
  };

  const scopeOf = (context: Context): Scope<C> => {
    const { caller } = context.socket.assigns;
    const topic = parseTopic(context.topic);
    if (!topic || topic.kind !== kind) throw new CodedError('topic_unknown');
    const mayJoin = isOfType(caller, definition.callerType) && definition.mayJoin(caller, topic.id);
    if (!mayJoin) throw new CodedError('forbidden');
    return { context, caller, id: topic.id };
  };

  const answer = async (
    event: string,
    context: Context,
    work: () => Promise<object>,
  ): Promise<Reply> => {
    try {
      return { ok: await work() };
    } catch (fault) {
      if (fault instanceof CodedError) return { error: toWireError(fault) };
      log.error({ err: fault, topic: context.topic, event }, 'an event could not be handled');
      return { error: toWireError(new CodedError('internal', { cause: fault })) };
    }
  };

  return {
    presence: definition.presence,
    join: (context, payload) =>
      answer('phx_join', context, async () => {
        if (isOverloaded()) throw overloaded();
        await rateLimits.joinsPerMinute.spend(context.socket.assigns.socketKey);
        const scope = scopeOf(context);
        checkJoin(kind, payload);
        const { caller, network } = context.socket.assigns;
        await welcome(ports, caller, network);
        joining(context.topic, caller);
        const reply = await definition.join(scope, payload as never);
        joined(context.topic, caller, reply);
        return reply;
      }),
    handle: (context, event, payload) =>
      answer(event, context, async () => {
        const { caller, socketKey } = context.socket.assigns;
        await rateLimits.eventsPerMinute.spend(socketKey);
        const handler = definition.handlers[checkPush(kind, event, payload)];
        if (!handler) throw new CodedError('event_unknown');
        await spend(caller, event);
        await stillWelcome(context);
        return handler(scopeOf(context), payload as never);
      }),
    terminate: (context) => definition.terminate?.(scopeOf(context)),
  };
}

function isOfType<C extends Caller>(caller: Caller, type: C['type']): caller is C {
  return caller.type === type;
}

function subjectOf(caller: Caller): string {
  return caller.type === 'visitor' ? caller.contactId : caller.agentId;
}
