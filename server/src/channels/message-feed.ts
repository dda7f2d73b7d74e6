import { topics } from '#kit/protocol/topics.js';
import type { Message } from '#kit/domain/message.js';
import type { ChangedConversation } from '../change-ports.js';
import { Coalescer, type RetryTimes } from '../coalescer.js';
import type { Audience, DomainEvent, MessageRecord, Messages } from '../ports.js';
import { agentMessage, visitorMessage } from '../usecases/views.js';

type MessageEvent = Extract<DomainEvent, { type: 'message' }>;

/** To those who joined the topic on this server. */
type Send = (topic: string, message: Message) => void;

/** Brings changes of messages to the topics that may see them. */
export interface MessageFeed {
  changed(event: MessageEvent): void;
  close(): void;
}

/** Where every event arrives: each is passed on as it comes. */
export function directFeed(send: Send): MessageFeed {
  return {
    changed({ message, contactId, live }) {
      send(topics.conversation(message.conversationId), agentMessage(message));
      const shown = live ? visitorMessage(message) : null;
      if (shown) send(topics.visitor(contactId), shown);
    },
    close: () => undefined,
  };
}

/** One conversation on one topic: how far those who joined it here have been told. */
interface Line {
  topic: string;
  conversationId: string;
  audience: Audience;
  cursor: number;
}

export interface OrderedFeedOptions {
  messages: Pick<Messages, 'changedAfter'>;
  send: Send;
  /** How many have joined a topic here. */
  subscribers(topic: string): number;
  onFault(fault: unknown): void;
  /** When to read again what could not be read; as a `Coalescer` does by default. */
  retry?: RetryTimes;
}

const pageSize = 100;
/** Whoever is told of a conversation that this server did not follow reads what is older. */
const mostUnasked = 100;

/** Where events may be lost: what a number shows to be missing is read, each is told once, in order. */
export class OrderedFeed implements MessageFeed {
  readonly #options: OrderedFeedOptions;
  readonly #lines = new Map<string, Line>();
  readonly #filling: Coalescer;

  constructor(options: OrderedFeedOptions) {
    this.#options = options;
    this.#filling = new Coalescer((key) => this.#fill(key), options.onFault, options.retry);
  }

  changed({ message, contactId, live }: MessageEvent): void {
    const { conversationId } = message;
    this.#take(topics.conversation(conversationId), 'agent', message);
    if (live) this.#take(topics.visitor(contactId), 'visitor', message);
  }

  /** Somebody joined, and was told of everything up to a number of the topic's audience. */
  joined(topic: string, conversationId: string, audience: Audience, seq: number): void {
    const key = keyOf(topic, conversationId);
    const line = this.#lines.get(key);
    if (line && this.#options.subscribers(topic) > 1) return;
    const cursor = Math.max(line?.cursor ?? 0, seq);
    this.#lines.set(key, { topic, conversationId, audience, cursor });
  }

  /** The conversation has come so far: whoever joined it here is told what they were not. */
  reached({ id, contactId, live, lastSeq, lastPublicSeq }: ChangedConversation): void {
    this.#reach(topics.conversation(id), id, 'agent', lastSeq);
    if (live) this.#reach(topics.visitor(contactId), id, 'visitor', lastPublicSeq);
  }

  /** Forgets the topics that nobody has joined any more. */
  prune(): void {
    for (const [key, { topic }] of this.#lines) {
      if (this.#options.subscribers(topic) === 0) this.#lines.delete(key);
    }
  }

  close(): void {
    this.#filling.close();
  }

  #take(topic: string, audience: Audience, record: MessageRecord): void {
    const { conversationId } = record;
    const key = keyOf(topic, conversationId);
    if (this.#options.subscribers(topic) === 0) {
      this.#lines.delete(key);
      return;
    }
    const message = seenBy(audience, record);
    if (!message) return;
    const { seq } = message;
    const line = this.#lines.get(key);
    if (!line) {
      this.#lines.set(key, { topic, conversationId, audience, cursor: seq });
      this.#options.send(topic, message);
    } else if (seq === line.cursor + 1) {
      line.cursor = seq;
      this.#options.send(topic, message);
    } else if (seq > line.cursor) {
      this.#filling.request(key);
    }
  }

  #reach(topic: string, conversationId: string, audience: Audience, last: number): void {
    const key = keyOf(topic, conversationId);
    if (this.#options.subscribers(topic) === 0) {
      this.#lines.delete(key);
      return;
    }
    const line = this.#lines.get(key);
    if (!line) {
      const cursor = Math.max(0, last - mostUnasked);
      this.#lines.set(key, { topic, conversationId, audience, cursor });
    }
    if ((line?.cursor ?? 0) < last) this.#filling.request(key);
  }

  async #fill(key: string): Promise<void> {
    for (;;) {
      const line = this.#lines.get(key);
      if (!line) return;
      const { topic, conversationId, audience, cursor } = line;
      const range = { conversationId, audience, limit: pageSize, after: cursor };
      const page = await this.#options.messages.changedAfter(range);
      for (const record of page.messages) {
        const message = seenBy(audience, record);
        // One of them may have come by itself meanwhile.
        if (!message || message.seq <= line.cursor) continue;
        line.cursor = message.seq;
        this.#options.send(topic, message);
      }
      if (!page.more) return;
    }
  }
}

function seenBy(audience: Audience, record: MessageRecord): Message | null {
  return audience === 'agent' ? agentMessage(record) : visitorMessage(record);
}

function keyOf(topic: string, conversationId: string): string {
  return `${topic} ${conversationId}`;
}
