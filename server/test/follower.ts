import type { Message } from '#kit/domain/message.js';
import { limits } from '#kit/protocol/limits.js';
import type { MessagePage } from '#kit/protocol/payloads.js';
import { RawSocket } from './raw-socket.js';

/** Small, so that what was missed takes several pages. */
const pageSize = 3;

/** The least that a client must do to keep a thread right: a cursor, and asking after a gap. */
export class Follower {
  readonly frames: string[] = [];
  readonly #url: string;
  readonly #token: string;
  readonly #topic: string;
  readonly #messages = new Map<string, Message>();
  #conversationId: string | null = null;
  #cursor = 0;
  #socket: RawSocket | null = null;
  #read = 0;

  constructor(url: string, token: string, topic: string) {
    this.#url = url;
    this.#token = token;
    this.#topic = topic;
  }

  get cursor(): number {
    return this.#cursor;
  }

  /** As shown: by place. */
  get thread(): Message[] {
    return [...this.#messages.values()].sort((a, b) => a.position - b.position);
  }

  async join(): Promise<void> {
    if (this.#socket) return;
    this.#socket = await RawSocket.open(this.#url, this.#token);
    this.#read = 0;
    const since =
      this.#conversationId === null
        ? {}
        : { since: { conversationId: this.#conversationId, seq: this.#cursor } };
    const { messages } = await this.#socket.join<{ messages: MessagePage | null }>(
      this.#topic,
      since,
    );
    if (messages) await this.#takeAll(messages);
  }

  /** Loses what has arrived and was not looked at. */
  async cut(): Promise<void> {
    if (!this.#socket) return;
    this.frames.push(...this.#socket.frames);
    await this.#socket.close();
    this.#socket = null;
  }

  /** Takes in what has arrived; `loses` says which of it never did. */
  async look(loses: (index: number) => boolean = () => false): Promise<void> {
    while (this.#socket && this.#read < this.#socket.received.length) {
      const received = this.#socket.received[this.#read];
      const lost = loses(this.#read);
      this.#read += 1;
      if (received?.event !== 'message:changed' || lost) continue;
      const { message } = received.payload as unknown as { message: Message };
      await this.#follow(message);
    }
  }

  async send(event: string, payload: object): Promise<Message | null> {
    if (!this.#socket) return null;
    return (await this.#socket.push<{ message: Message }>(this.#topic, event, payload)).message;
  }

  async #follow(message: Message): Promise<void> {
    this.#conversationId ??= message.conversationId;
    if (message.seq === this.#cursor + 1) {
      this.#messages.set(message.id, message);
      this.#cursor = message.seq;
    } else if (message.seq > this.#cursor) {
      await this.#takeAll(await this.#list({ after: this.#cursor }));
    }
  }

  async #takeAll(first: MessagePage): Promise<void> {
    if (first.reset) this.#messages.clear();
    this.#conversationId = first.conversationId;
    this.#cursor = first.seq;
    this.#keep(first.messages);
    let page = first;
    while (page.more) {
      if (first.reset) {
        page = await this.#list({ before: page.messages[0]?.position ?? 1 });
      } else {
        page = await this.#list({ after: page.seq });
        this.#cursor = page.seq;
      }
      this.#keep(page.messages);
    }
  }

  #keep(messages: Message[]): void {
    for (const message of messages) {
      if ((this.#messages.get(message.id)?.seq ?? 0) <= message.seq) {
        this.#messages.set(message.id, message);
      }
    }
  }

  async #list(range: object): Promise<MessagePage> {
    const socket = this.#socket;
    if (!socket) throw new Error('not joined');
    return socket.push<MessagePage>(this.#topic, 'messages:list', {
      conversationId: this.#conversationId,
      limit: Math.min(pageSize, limits.maxPageSize),
      ...range,
    });
  }
}
