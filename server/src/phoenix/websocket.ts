import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type ServerOptions, type WebSocket } from 'ws';
import type { Frame } from './frame.js';
import { decide, offeredToken, openSocket, originAllowed } from './handshake.js';
import type { Limits } from './limits.js';
import type { SharedFrame } from './shared-frame.js';
import { CLOSE_GOING_AWAY, type Accept, type Connection, type PhoenixSocket } from './socket.js';
import type { Log, PhoenixOptions } from './types.js';

/** How long a client may take to answer a close before it is cut off. */
const CLOSE_TIMEOUT_MS = 2_000;

/** Answers upgrade requests and turns WebSockets into connections. */
export class WebSocketTransport<Assigns> {
  readonly #options: PhoenixOptions<Assigns>;
  readonly #limits: Limits;
  readonly #log: Log;
  readonly #accept: Accept<Assigns>;
  readonly #open = new Set<WebSocketConnection<Assigns>>();
  readonly #server: WebSocketServer;
  readonly #sweep: NodeJS.Timeout;
  #closing = false;

  constructor(options: PhoenixOptions<Assigns>, limits: Limits, log: Log, accept: Accept<Assigns>) {
    this.#options = options;
    this.#limits = limits;
    this.#log = log;
    this.#accept = accept;
    const settings: ServerOptions & { closeTimeout: number } = {
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: limits.maxFrameBytes,
      closeTimeout: CLOSE_TIMEOUT_MS,
      handleProtocols: (offered) => (offered.has('phoenix') ? 'phoenix' : false),
    };
    this.#server = new WebSocketServer(settings);
    const every = Math.max(10, Math.min(limits.idleTimeoutMs / 4, 5_000));
    this.#sweep = setInterval(() => this.#closeIdle(), every).unref();
  }

  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const ignore = (): void => undefined;
    socket.on('error', ignore);
    if (request.method !== 'GET') return refuse(socket, 400);
    if (this.#closing) return refuse(socket, 503);
    const handshake = await decide(this.#log, this.#limits.connectTimeoutMs, async () => {
      if (!(await originAllowed(this.#options, request))) return { status: 403 } as const;
      return openSocket(this.#options, request, 'websocket', offeredToken(request));
    });
    if (handshake.status !== 200) return refuse(socket, handshake.status);
    if (this.#closing) return refuse(socket, 503);
    socket.off('error', ignore);
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      const remoteAddress = request.socket.remoteAddress;
      const connection = new WebSocketConnection<Assigns>(
        webSocket,
        socket,
        remoteAddress,
        this.#limits,
      );
      this.#open.add(connection);
      webSocket.on('close', () => this.#open.delete(connection));
      connection.attach(this.#accept(connection, handshake));
    });
  }

  /** Refuses new clients from here on. */
  refuseNew(): void {
    this.#closing = true;
  }

  close(): void {
    this.#closing = true;
    clearInterval(this.#sweep);
    this.#server.close();
  }

  /** Resolves when no WebSocket is left. */
  async drained(): Promise<void> {
    await Promise.all([...this.#open].map((connection) => connection.gone));
  }

  #closeIdle(): void {
    const oldest = Date.now() - this.#limits.idleTimeoutMs;
    for (const connection of this.#open) connection.closeIfSilentSince(oldest);
  }
}

class WebSocketConnection<Assigns> implements Connection {
  readonly transport = 'websocket';
  readonly remoteAddress: string | undefined;
  readonly gone: Promise<void>;
  readonly #webSocket: WebSocket;
  readonly #stream: Duplex;
  readonly #limits: Limits;
  #socket: PhoenixSocket<Assigns> | undefined;
  #heardAt = Date.now();

  constructor(
    webSocket: WebSocket,
    stream: Duplex,
    remoteAddress: string | undefined,
    limits: Limits,
  ) {
    this.#webSocket = webSocket;
    this.#stream = stream;
    this.remoteAddress = remoteAddress;
    this.#limits = limits;
    this.gone = new Promise((resolve) => webSocket.once('close', () => resolve()));
  }

  attach(socket: PhoenixSocket<Assigns>): void {
    this.#socket = socket;
    const webSocket = this.#webSocket;
    const heard = (): void => void (this.#heardAt = Date.now());
    webSocket.on('message', (data: RawData, isBinary: boolean) => {
      heard();
      const bytes = data as Buffer;
      socket.receive(isBinary ? bytes : bytes.toString('utf8'));
    });
    webSocket.on('ping', heard);
    webSocket.on('pong', heard);
    // An oversized or malformed WebSocket frame: ws closes with the right code by itself.
    webSocket.on('error', () => socket.lost());
    webSocket.on('close', () => socket.lost());
  }

  send(frame: Frame): void {
    if (this.#webSocket.readyState !== this.#webSocket.OPEN) return;
    this.#webSocket.send(frame);
    this.#checkBuffer();
  }

  /** Past ws, which would frame it anew for every receiver; without deflate it queues nothing. */
  sendShared(frame: SharedFrame): void {
    if (this.#webSocket.readyState !== this.#webSocket.OPEN) return;
    this.#stream.write(frame.wire);
    this.#checkBuffer();
  }

  pause(): void {
    this.#webSocket.pause();
  }

  resume(): void {
    this.#webSocket.resume();
  }

  close(code: number): void {
    if (this.#isOverfull()) this.#webSocket.terminate();
    else this.#webSocket.close(code);
    this.#webSocket.resume();
  }

  closeIfSilentSince(time: number): void {
    if (this.#heardAt < time) this.#socket?.close(CLOSE_GOING_AWAY);
  }

  #checkBuffer(): void {
    if (this.#isOverfull()) this.#socket?.overflow();
  }

  #isOverfull(): boolean {
    return this.#webSocket.bufferedAmount > this.#limits.maxBufferedBytes;
  }
}

function refuse(socket: Duplex, status: 400 | 403 | 500 | 503): void {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}
