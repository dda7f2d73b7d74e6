import { connect, type Socket } from 'node:net';
import { clientFrame, FrameSplitter, type TextListener } from './frames.js';

/** Ports that one source address may use towards one server, with room to spare. */
const PORTS_PER_ADDRESS = 20_000;
const RETRY_MS = 50;
const RETRIES = 100;

// What is read is done with before the next read, so that all sockets share one buffer.
const buffer = Buffer.allocUnsafe(65_536);
const ignore: TextListener = () => undefined;

/** A WebSocket client that costs the measuring machine as little as it can. */
export class Client {
  onText: TextListener = ignore;
  readonly #port: number;
  readonly #index: number;
  readonly #protocols: string;
  #splitter = new FrameSplitter();
  #socket: Socket | undefined;

  /** `token` is offered as a sub-protocol, where the server asks for one. */
  constructor(port: number, index: number, token?: string) {
    this.#port = port;
    this.#index = index;
    this.#protocols =
      token === undefined
        ? ''
        : `Sec-WebSocket-Protocol: phoenix, base64url.bearer.phx.${Buffer.from(token).toString('base64url')}\r\n`;
  }

  /** Connects and upgrades; tries again when the server turns it down or drops it. */
  async open(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#open();
      } catch (error) {
        if (attempt === RETRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  /** Resolves with the server's ok; joins again, after `cut` and `open`, are the same. */
  join(topic: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const previous = this.onText;
      this.onText = (bytes, start, end) => {
        const text = bytes.toString('latin1', start, end);
        if (!text.includes('"phx_reply"')) return;
        this.onText = previous;
        if (text.includes('"status":"ok"')) resolve();
        else reject(new Error(`the join was refused: ${text}`));
      };
      this.write(clientFrame(['1', '1', topic, 'phx_join', {}]));
    });
  }

  write(frame: Buffer): void {
    this.#socket?.write(frame);
  }

  /** Goes without a word, as a lost network does, and leaves no port waiting. */
  cut(): void {
    this.#socket?.resetAndDestroy();
    this.#socket = undefined;
    this.onText = ignore;
  }

  #open(): Promise<void> {
    this.#splitter = new FrameSplitter();
    return new Promise((resolve, reject) => {
      let opening = '';
      let isOpen = false;
      const onBytes = (count: number): boolean => {
        const bytes = buffer.subarray(0, count);
        if (isOpen) {
          this.#splitter.take(bytes, this.onText);
          return true;
        }
        opening += bytes.toString('latin1');
        const end = opening.indexOf('\r\n\r\n');
        if (end < 0) return true;
        if (opening.startsWith('HTTP/1.1 101')) {
          isOpen = true;
          this.#socket = socket;
          resolve();
        } else socket.destroy(new Error(opening.slice(0, opening.indexOf('\r'))));
        return true;
      };
      const address = 1 + Math.floor(this.#index / PORTS_PER_ADDRESS);
      const socket = connect({
        host: '127.0.0.1',
        port: this.#port,
        ...(address > 1 ? { localAddress: `127.0.0.${address}` } : {}),
        noDelay: true,
        onread: { buffer, callback: onBytes },
      });
      socket.on('error', reject);
      socket.on('close', () => reject(new Error('closed')));
      socket.write(
        `GET /socket/websocket?vsn=2.0.0 HTTP/1.1\r\nHost: 127.0.0.1:${this.#port}\r\n` +
          'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
          `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${this.#protocols}\r\n`,
      );
    });
  }
}
