import type { Frame } from './frame.js';
import type { Limits } from './limits.js';
import type { SharedFrame } from './shared-frame.js';
import { CLOSE_INVALID, type Connection, type PhoenixSocket } from './socket.js';
import type { Log } from './types.js';

/** 204: nothing came within the window. 410: the server closed the session. */
export interface PollResult {
  readonly status: 200 | 204 | 410;
  readonly messages: readonly string[];
}

/** 408: the session's events were not handled in time. 410: it is over. */
export type PushStatus = 200 | 408 | 410;

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** A socket whose client comes for its messages; it dies when the client stays away. */
export class LongpollSession<Assigns> implements Connection {
  readonly transport = 'longpoll';
  readonly remoteAddress: string | undefined;
  readonly #limits: Limits;
  readonly #log: Log;
  readonly #onEnd: () => void;
  #socket: PhoenixSocket<Assigns> | undefined;
  #messages: string[] = [];
  #length = 0;
  /** Answers the poll that waits. */
  #answer: ((result: PollResult) => void) | undefined;
  #flushing = false;
  #ended = false;
  #death: NodeJS.Timeout | undefined;
  #pushed: Promise<unknown> = Promise.resolve();

  constructor(remoteAddress: string | undefined, limits: Limits, log: Log, onEnd: () => void) {
    this.remoteAddress = remoteAddress;
    this.#limits = limits;
    this.#log = log;
    this.#onEnd = onEnd;
  }

  attach(socket: PhoenixSocket<Assigns>): void {
    this.#socket = socket;
    this.#awaitPoll();
  }

  /** Resolves with the messages that wait, or with the first that come within the window. */
  poll(signal: AbortSignal): Promise<PollResult> {
    this.#settle({ status: 204, messages: [] });
    if (this.#ended) return Promise.resolve({ status: 410, messages: [] });
    clearTimeout(this.#death);
    return new Promise((resolve) => {
      const window = setTimeout(() => give(), this.#limits.longpollWindowMs);
      const give = (): void => this.#settle({ status: 204, messages: [] });
      const answer = (result: PollResult): void => {
        clearTimeout(window);
        signal.removeEventListener('abort', give);
        resolve(result);
      };
      this.#answer = answer;
      signal.addEventListener('abort', give);
      if (signal.aborted) give();
      else if (this.#messages.length > 0) this.#flush();
    });
  }

  /** Takes the lines of one POST, after those of earlier ones. */
  push(lines: readonly string[]): Promise<PushStatus> {
    const pushing = this.#pushed.then(() => this.#push(lines));
    this.#pushed = pushing;
    return pushing;
  }

  send(frame: Frame): void {
    if (this.#ended) return;
    if (typeof frame !== 'string') {
      this.#log.warn({}, 'a binary frame was not sent to a longpoll client');
      return;
    }
    this.#messages.push(frame);
    this.#length += frame.length;
    if (this.#length > this.#limits.maxBufferedBytes) this.#socket?.overflow();
    else this.#flushSoon();
  }

  sendShared(frame: SharedFrame): void {
    this.send(frame.frame);
  }

  // Reading pauses by making the POST wait.
  pause(): void {}
  resume(): void {}

  close(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#death);
    if (this.#messages.length > 0) this.#flush();
    else this.#settle({ status: 410, messages: [] });
    this.#messages = [];
    this.#onEnd();
  }

  async #push(lines: readonly string[]): Promise<PushStatus> {
    const socket = this.#socket;
    if (!socket) return 410;
    if (lines.length > this.#limits.longpollMaxLines) socket.close(CLOSE_INVALID);
    for (const line of lines) {
      if (this.#ended) break;
      if (!(await this.#hasRoom(socket))) return 408;
      const frame = this.#frame(line);
      if (frame === undefined) socket.close(CLOSE_INVALID);
      else socket.receive(frame);
    }
    return this.#ended ? 410 : 200;
  }

  async #hasRoom(socket: PhoenixSocket<Assigns>): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), this.#limits.longpollWindowMs);
    });
    const room = await Promise.race([socket.ready().then(() => true), late]);
    clearTimeout(timer);
    return room;
  }

  /** Text begins with a bracket; what does not is a binary frame in base64. */
  #frame(line: string): Frame | undefined {
    if (Buffer.byteLength(line) > this.#limits.maxFrameBytes) return undefined;
    if (line.startsWith('[')) return line;
    return BASE64.test(line) ? Buffer.from(line, 'base64') : undefined;
  }

  /** Waits for the end of the turn, so that what belongs together goes in one answer. */
  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    setImmediate(() => {
      this.#flushing = false;
      if (this.#messages.length > 0) this.#flush();
    });
  }

  #flush(): void {
    if (!this.#answer) return;
    const messages = this.#messages;
    this.#messages = [];
    this.#length = 0;
    this.#settle({ status: 200, messages });
  }

  #settle(result: PollResult): void {
    const answer = this.#answer;
    if (!answer) return;
    this.#answer = undefined;
    this.#awaitPoll();
    answer(result);
  }

  #awaitPoll(): void {
    clearTimeout(this.#death);
    if (this.#ended) return;
    this.#death = setTimeout(() => this.#die(), this.#limits.longpollSessionMs).unref();
  }

  #die(): void {
    this.#socket?.lost();
    this.close();
  }
}
