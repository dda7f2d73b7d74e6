import { randomUUID } from 'node:crypto';
import { nodeTopic, type Fanout } from './fanout.js';
import type { Limits } from './limits.js';
import type { PollResult, PushStatus } from './longpoll-session.js';
import type { SessionAddress } from './longpoll-token.js';

/**
 * What nodes say to each other when a request for a session lands on a node that does not hold
 * it. `asked` names the exchange; the holder acknowledges at once and answers when it can.
 */
export type RelayMessage = {
  readonly type: 'relay';
  readonly node: string;
  readonly to: string;
  readonly asked: string;
} & (
  | { readonly op: 'poll'; readonly session: string }
  | { readonly op: 'push'; readonly session: string; readonly lines: readonly string[] }
  | { readonly op: 'cancel' }
  | { readonly op: 'ack' }
  | { readonly op: 'gone' }
  | { readonly op: 'polled'; readonly result: PollResult }
  | { readonly op: 'pushed'; readonly status: PushStatus }
);

export interface LostPoll {
  readonly status: 500;
  readonly messages: readonly [];
}

/** A session, wherever it lives. */
export interface SessionLink {
  poll(signal: AbortSignal): Promise<PollResult>;
  push(lines: readonly string[]): Promise<PushStatus>;
}

type Answer = PollResult | PushStatus | 'gone' | 'late';

interface Exchange {
  acknowledge(): void;
  settle(answer: Answer): void;
}

/** Both ends of the exchange: asks the node that holds a session, and answers those who ask. */
export class LongpollRelay {
  readonly #node: string;
  readonly #fanout: Fanout;
  readonly #limits: Limits;
  readonly #find: (session: string) => SessionLink | undefined;
  readonly #asking = new Map<string, Exchange>();
  readonly #polls = new Map<string, AbortController>();

  constructor(
    node: string,
    fanout: Fanout,
    limits: Limits,
    find: (session: string) => SessionLink | undefined,
  ) {
    this.#node = node;
    this.#fanout = fanout;
    this.#limits = limits;
    this.#find = find;
  }

  /**
   * Undefined when no node says that it holds the session. 500 when the answer did not arrive: what
   * was in it is lost, and the client has to begin anew.
   */
  async poll(
    address: SessionAddress,
    signal: AbortSignal,
  ): Promise<PollResult | LostPoll | undefined> {
    const { node, session } = address;
    const asked = randomUUID();
    const cancel = (): void => this.#send(node, asked, { op: 'cancel' });
    signal.addEventListener('abort', cancel, { once: true });
    const answer = await this.#ask(node, asked, { op: 'poll', session });
    signal.removeEventListener('abort', cancel);
    if (typeof answer === 'object') return answer;
    if (answer === 'gone') return undefined;
    cancel();
    return { status: 500, messages: [] };
  }

  async push({ node, session }: SessionAddress, lines: readonly string[]): Promise<PushStatus> {
    const answer = await this.#ask(node, randomUUID(), { op: 'push', session, lines });
    if (typeof answer === 'number') return answer;
    return answer === 'gone' ? 410 : 408;
  }

  receive(message: RelayMessage): void {
    if (message.to !== this.#node) return;
    const { node, asked } = message;
    switch (message.op) {
      case 'poll':
        void this.#answerPoll(node, asked, message.session);
        break;
      case 'push':
        void this.#answerPush(node, asked, message.session, message.lines);
        break;
      case 'cancel':
        this.#polls.get(asked)?.abort();
        break;
      case 'ack':
        this.#asking.get(asked)?.acknowledge();
        break;
      case 'gone':
        this.#asking.get(asked)?.settle('gone');
        break;
      case 'polled':
        this.#asking.get(asked)?.settle(message.result);
        break;
      case 'pushed':
        this.#asking.get(asked)?.settle(message.status);
        break;
    }
  }

  /** Answers whoever still waits for another node. */
  close(): void {
    for (const exchange of [...this.#asking.values()]) exchange.settle('late');
  }

  #ask(to: string, asked: string, request: Said): Promise<Answer> {
    const { longpollRelayMs, longpollWindowMs } = this.#limits;
    return new Promise((resolve) => {
      const settle = (answer: Answer): void => {
        clearTimeout(timer);
        this.#asking.delete(asked);
        resolve(answer);
      };
      let timer = setTimeout(() => settle('gone'), longpollRelayMs);
      const acknowledge = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => settle('late'), longpollWindowMs + longpollRelayMs);
      };
      this.#asking.set(asked, { acknowledge, settle });
      this.#send(to, asked, request);
    });
  }

  async #answerPoll(to: string, asked: string, name: string): Promise<void> {
    const session = this.#find(name);
    this.#send(to, asked, session ? { op: 'ack' } : { op: 'gone' });
    if (!session) return;
    const controller = new AbortController();
    this.#polls.set(asked, controller);
    const result = await session.poll(controller.signal);
    this.#polls.delete(asked);
    this.#send(to, asked, { op: 'polled', result });
  }

  async #answerPush(
    to: string,
    asked: string,
    name: string,
    lines: readonly string[],
  ): Promise<void> {
    const session = this.#find(name);
    this.#send(to, asked, session ? { op: 'ack' } : { op: 'gone' });
    if (!session) return;
    this.#send(to, asked, { op: 'pushed', status: await session.push(lines) });
  }

  #send(to: string, asked: string, said: Said): void {
    this.#fanout.publish(nodeTopic(to), { type: 'relay', node: this.#node, to, asked, ...said });
  }
}

type Said = RelayMessage extends infer Message
  ? Message extends RelayMessage
    ? Omit<Message, 'type' | 'node' | 'to' | 'asked'>
    : never
  : never;
