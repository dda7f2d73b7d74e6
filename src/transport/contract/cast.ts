import type { Routing, WorkspaceSettings } from '../../domain/index.js';
import {
  CodedError,
  events,
  topics,
  type ConversationJoined,
  type InboxJoined,
  type MessageStored,
  type VisitorJoined,
} from '../../protocol/index.js';
import type { Transport } from '../transport.js';

/** A whole server with one workspace: its owner, one more agent, and as many visitors as asked for. */
export interface ServerHarness {
  readonly workspaceId: string;
  readonly agents: Readonly<Record<AgentName, string>>;
  /** A client that was not yet told to connect. */
  client(who: AgentName): Transport;
  /** A new visitor. */
  visitor(): Promise<{ contactId: string; transport: Transport }>;
  /** Changes the workspace's setting of who is given a conversation. */
  setRouting(routing: Routing): void | Promise<void>;
  /** Changes what the workspace decides of its widget, and tells widgets. */
  setWidget(choices: WidgetChoices): void | Promise<void>;
  /** Makes the live conversation an earlier one, as 30 closed days do. */
  end(conversationId: string): void | Promise<void>;
  /** From now on the mail server refuses emails for good with these words; null takes them. */
  failMail(words: string | null): void | Promise<void>;
  /** Resolves once searches find what was written until now. */
  indexed(): void | Promise<void>;
  close(): void | Promise<void>;
}

export type WidgetChoices = Partial<
  Pick<WorkspaceSettings, 'form' | 'targeted' | 'askGroup' | 'askRating'>
>;

export type AgentName = 'owner' | 'agent';

/** One joined topic of one client: what it was told, and what it says. */
export interface Wire<Joined> {
  readonly reply: Joined;
  readonly heardSoFar: readonly (readonly [event: string, payload: unknown])[];
  push<Reply>(event: string, payload: object): Promise<Reply>;
  /** The code that a push is refused with; throws where it is not. */
  refusal(event: string, payload: object): Promise<string>;
  /** The first such event of all that was heard or will be. */
  heard<Payload>(event: string, fits?: (payload: Payload) => boolean): Promise<Payload>;
  leave(): void;
}

/** The people of one test. */
export interface Cast {
  readonly harness: ServerHarness;
  inbox(who?: AgentName): Promise<Wire<InboxJoined>>;
  conversation(id: string, who?: AgentName): Promise<Wire<ConversationJoined>>;
  visitor(): Promise<CastVisitor>;
  leave(): void;
}

export interface CastVisitor {
  readonly contactId: string;
  readonly wire: Wire<VisitorJoined>;
  /** Writes; returns the conversation's id. */
  write(text: string): Promise<string>;
}

let made = 0;

/** UUIDv7 with a counter in place of time. */
export function nextClientId(): string {
  return `01980000-0000-7000-8000-${(++made).toString(16).padStart(12, '0')}`;
}

/** A word that no other test wrote. */
export function nextWord(): string {
  const letters = Array.from(String(++made), (digit) => 'abcdefghij'[Number(digit)] ?? '');
  return `wort${letters.join('')}`;
}

export function assemble(harness: ServerHarness): Cast {
  const clients = new Map<AgentName, Transport>();
  const open: Transport[] = [];

  function connected(transport: Transport): Transport {
    open.push(transport);
    transport.connect();
    return transport;
  }

  function agent(who: AgentName): Transport {
    const client = clients.get(who) ?? connected(harness.client(who));
    clients.set(who, client);
    return client;
  }

  return {
    harness,
    inbox: (who = 'owner') => join(agent(who), topics.inbox(harness.workspaceId)),
    conversation: (id, who = 'owner') => join(agent(who), topics.conversation(id)),
    async visitor() {
      const { contactId, transport } = await harness.visitor();
      const wire = await join<VisitorJoined>(connected(transport), topics.visitor(contactId));
      return {
        contactId,
        wire,
        async write(text) {
          const sent = { clientId: nextClientId(), text };
          const { message } = await wire.push<MessageStored>(events.messageSend, sent);
          return message.conversationId;
        },
      };
    },
    leave: () => open.forEach((transport) => transport.disconnect()),
  };
}

/** Joins a topic; rejects with the code of a refusal. */
export function join<Joined>(transport: Transport, topic: string): Promise<Wire<Joined>> {
  return new Promise((resolve, reject) => {
    const heard: (readonly [string, unknown])[] = [];
    const waiting = new Set<() => void>();
    const subscription = transport.subscribe<Joined>(topic, {
      joinPayload: () => ({}),
      onRefused: (code) => reject(new CodedError(code)),
      onEvent(event, payload) {
        heard.push([event, payload]);
        for (const look of [...waiting]) look();
      },
      onJoin: (reply) =>
        resolve({
          reply,
          heardSoFar: heard,
          push: (event, payload) => subscription.push(event, payload),
          leave: () => subscription.leave(),
          async refusal(event, payload) {
            const reply = await subscription.push(event, payload).then(
              (answer) => ({ answer }),
              (error: unknown) => ({ error }),
            );
            if ('error' in reply && reply.error instanceof CodedError) return reply.error.code;
            throw new Error(`"${event}" was not refused: ${JSON.stringify(reply)}`);
          },
          heard: <Payload>(event: string, fits: (payload: Payload) => boolean = () => true) =>
            new Promise<Payload>((found) => {
              const look = (): void => {
                const frame = heard.find(([name, body]) => name === event && fits(body as Payload));
                if (!frame) return;
                waiting.delete(look);
                found(frame[1] as Payload);
              };
              waiting.add(look);
              look();
            }),
        }),
    });
  });
}

export type ServerTest = (title: string, body: (cast: Cast) => Promise<void>) => void;
