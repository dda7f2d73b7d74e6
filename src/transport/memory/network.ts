import { CodedError, toWireError, type ErrorCode } from '../../protocol/index.js';
import type { Clock } from '../clock.js';

/** The answer to a join or a push. */
export type Reply = { readonly ok: object } | { readonly error: object };

/** One joined topic of one connection, as the server's side sees it. */
export interface ChannelContext<Caller> {
  readonly topic: string;
  readonly caller: Caller;
  /** To this client only. */
  push(event: string, payload: object): void;
  /** To every subscriber of the topic. */
  broadcast(event: string, payload: object): void;
  /** To every subscriber but this one. */
  broadcastFrom(event: string, payload: object): void;
  /** Runs after the ok reply was sent. */
  afterJoin(hook: () => void): void;
  /** Shows this channel under `key` in the topic's presence until it ends. */
  track(key: string, meta: object): void;
  /** Ends the channel; the client does not rejoin. */
  stop(): void;
}

/** What happens on a topic. A throw in `handle` is a crash: the client rejoins. */
export interface Channel<Caller> {
  join(context: ChannelContext<Caller>, payload: unknown): Reply;
  handle(context: ChannelContext<Caller>, event: string, payload: unknown): Reply | void;
  terminate?(context: ChannelContext<Caller>): void;
}

export type ClientFrame =
  | { type: 'join'; ref: number; topic: string; payload: object }
  | { type: 'push'; ref: number; topic: string; event: string; payload: object }
  | { type: 'leave'; topic: string };

export type ServerFrame =
  | { type: 'reply'; ref: number; topic: string; reply: Reply }
  | { type: 'event'; topic: string; event: string; payload: object }
  | { type: 'presence'; topic: string; present: [string, Record<string, unknown>[]][] }
  | { type: 'crashed'; topic: string }
  | { type: 'closed'; topic: string };

/** The client's end of a connection. */
export interface Link {
  send(frame: ClientFrame): void;
  close(): void;
}

export interface LinkHandlers {
  onFrame(frame: ServerFrame): void;
  onCut(): void;
}

export interface NetworkOptions<Caller> {
  clock: Clock;
  /** Who a token names; throws a `CodedError` for a bad one. */
  identify(token: string): Caller;
  /** The channel of a topic; null for an unknown one. */
  channel(topic: string): Channel<Caller> | null;
}

/** Sockets without a network: topics, presence, latency, and what breaks connections. */
export interface MemoryNetwork<Caller> {
  /** Time of each frame from one side to the other, in ms. */
  latencyMs: number;
  /** While false, nothing connects. */
  up: boolean;
  /** While set, every connect is refused with it. */
  refusal: ErrorCode | null;
  /** Opens a connection; throws the `CodedError` of the refusal. */
  dial(token: string, handlers: LinkHandlers): Link;
  /** Breaks every connection, or those that `of` says; frames under way are lost. */
  cut(of?: (caller: Caller) => boolean): void;
  /** To every subscriber of the topic, or to those that `to` says. */
  broadcast(topic: string, event: string, payload: object, to?: (caller: Caller) => boolean): void;
  /** Calls for every frame that a client was sent; returns the way out. */
  watch(listener: (caller: Caller, frame: ServerFrame) => void): () => void;
}

interface Member<Caller> {
  context: ChannelContext<Caller>;
  channel: Channel<Caller>;
  tracked: Map<string, Record<string, unknown>>;
  send(frame: ServerFrame): void;
  end(): void;
}

export function createMemoryNetwork<Caller>({
  clock,
  identify,
  channel: channelOf,
}: NetworkOptions<Caller>): MemoryNetwork<Caller> {
  const members = new Map<string, Set<Member<Caller>>>();
  const cuts = new Map<() => void, Caller>();
  const watchers = new Set<(caller: Caller, frame: ServerFrame) => void>();

  function later(run: () => void): void {
    if (network.latencyMs > 0) clock.after(network.latencyMs, run);
    else queueMicrotask(run);
  }

  /** One direction of a connection: in order, whatever the latency does meanwhile. */
  function pipe(alive: () => boolean): (run: () => void) => void {
    const waiting: (() => void)[] = [];
    return (run) => {
      waiting.push(run);
      later(() => {
        const next = waiting.shift();
        if (alive()) next?.();
      });
    };
  }

  function broadcast(
    topic: string,
    event: string,
    payload: object,
    to: (member: Member<Caller>) => boolean = () => true,
  ): void {
    for (const member of members.get(topic) ?? []) {
      if (to(member)) member.send({ type: 'event', topic, event, payload });
    }
  }

  function tellPresence(topic: string): void {
    const present = new Map<string, Record<string, unknown>[]>();
    for (const { tracked } of members.get(topic) ?? []) {
      for (const [key, meta] of tracked) present.set(key, [...(present.get(key) ?? []), meta]);
    }
    for (const member of members.get(topic) ?? []) {
      member.send({ type: 'presence', topic, present: [...present] });
    }
  }

  function join(
    caller: Caller,
    topic: string,
    payload: object,
    joined: Map<string, Member<Caller>>,
    send: (frame: ServerFrame) => void,
  ): { reply: Reply; then(): void } {
    const channel = channelOf(topic);
    if (!channel) {
      return {
        reply: { error: toWireError(new CodedError('topic_unknown')) },
        then: () => undefined,
      };
    }
    const hooks: (() => void)[] = [];
    const member: Member<Caller> = {
      channel,
      send,
      tracked: new Map(),
      context: {
        topic,
        caller,
        push: (event, body) => send({ type: 'event', topic, event, payload: body }),
        broadcast: (event, body) => broadcast(topic, event, body),
        broadcastFrom: (event, body) => broadcast(topic, event, body, (other) => other !== member),
        afterJoin: (hook) => hooks.push(hook),
        track(key, meta) {
          member.tracked.set(key, { ...meta });
          if (joined.get(topic) === member) tellPresence(topic);
          else hooks.push(() => tellPresence(topic));
        },
        stop() {
          member.end();
          send({ type: 'closed', topic });
        },
      },
      end() {
        if (joined.get(topic) !== member) return;
        joined.delete(topic);
        members.get(topic)?.delete(member);
        channel.terminate?.(member.context);
        if (member.tracked.size > 0) tellPresence(topic);
      },
    };
    joined.get(topic)?.end();
    const reply = channel.join(member.context, payload);
    if ('ok' in reply) {
      joined.set(topic, member);
      members.set(topic, (members.get(topic) ?? new Set()).add(member));
    }
    return { reply, then: () => 'ok' in reply && hooks.splice(0).forEach((hook) => hook()) };
  }

  function push(
    member: Member<Caller> | undefined,
    event: string,
    payload: object,
  ): Reply | 'crashed' | void {
    if (!member) return { error: { reason: 'unmatched topic' } };
    try {
      return member.channel.handle(member.context, event, payload);
    } catch (error) {
      if (error instanceof CodedError) return { error: toWireError(error) };
      member.end();
      return 'crashed';
    }
  }

  const network: MemoryNetwork<Caller> = {
    latencyMs: 0,
    up: true,
    refusal: null,
    dial(token, handlers) {
      if (network.refusal) throw new CodedError(network.refusal);
      if (!network.up) throw new CodedError('connection_lost');
      const caller = identify(token);
      const joined = new Map<string, Member<Caller>>();
      let alive = true;
      const toServer = pipe(() => alive);
      const toClient = pipe(() => alive);
      const send = (frame: ServerFrame): void => {
        const copy = structuredClone(frame);
        if (alive) for (const watcher of watchers) watcher(caller, copy);
        toClient(() => handlers.onFrame(copy));
      };
      const end = (): void => {
        if (!alive) return;
        alive = false;
        cuts.delete(cut);
        for (const member of [...joined.values()]) member.end();
      };
      const cut = (): void => {
        end();
        handlers.onCut();
      };
      const receive = (frame: ClientFrame): void => {
        const { topic } = frame;
        if (frame.type === 'leave') return joined.get(topic)?.end();
        if (frame.type === 'join') {
          const { reply, then } = join(caller, topic, frame.payload, joined, send);
          send({ type: 'reply', ref: frame.ref, topic, reply });
          return then();
        }
        const reply = push(joined.get(topic), frame.event, frame.payload);
        if (reply === 'crashed') send({ type: 'crashed', topic });
        else if (reply) send({ type: 'reply', ref: frame.ref, topic, reply });
      };
      cuts.set(cut, caller);
      return {
        send(frame) {
          const copy = structuredClone(frame);
          toServer(() => receive(copy));
        },
        close: end,
      };
    },
    cut(of = () => true) {
      for (const [cut, caller] of [...cuts]) if (of(caller)) cut();
    },
    broadcast: (topic, event, payload, to = () => true) =>
      broadcast(topic, event, payload, ({ context }) => to(context.caller)),
    watch(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
  };
  return network;
}
