import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer, type RawData, type Server, type ServerOptions } from 'ws';
import type { Frame } from './frame.js';
import { decide, offeredToken, openSocket, originAllowed, type Handshake } from './handshake.js';
import type { Limits } from './limits.js';
import { following, isPromise } from './maybe-promise.js';
import { toWire, type SharedFrame } from './shared-frame.js';
import {
  CLOSE_GOING_AWAY,
  type Accept,
  type Accepted,
  type Connection,
  type PhoenixSocket,
} from './socket.js';
import type { Log, PhoenixOptions } from './types.js';

/** How long a client may take to answer a close before it is cut off. */
const CLOSE_TIMEOUT_MS = 2_000;

/**
 * A WebSocket that knows its connection: all of them share their listeners, and nothing of the
 * request that opened it is kept.
 */
class ChannelWebSocket extends WebSocket {
  connection: WebSocketConnection<unknown> | undefined;
}

/** Answers upgrade requests and turns WebSockets into connections. */
export class WebSocketTransport<Assigns> {
  readonly limits: Limits;
  readonly #options: PhoenixOptions<Assigns>;
  readonly #log: Log;
  readonly #accept: Accept<Assigns>;
  readonly #open = new Set<WebSocketConnection<Assigns>>();
  readonly #server: Server<typeof ChannelWebSocket>;
  readonly #sweep: NodeJS.Timeout;
  #closing = false;
  #onDrained: (() => void) | undefined;

  constructor(options: PhoenixOptions<Assigns>, limits: Limits, log: Log, accept: Accept<Assigns>) {
    this.#options = options;
    this.limits = limits;
    this.#log = log;
    this.#accept = accept;
    const settings: ServerOptions<typeof ChannelWebSocket> & { closeTimeout: number } = {
      WebSocket: ChannelWebSocket,
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

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (request.method !== 'GET') return refuse(socket, 400);
    if (this.#closing) return refuse(socket, 503);
    const handshake = decide(this.#log, this.limits.connectTimeoutMs, () =>
      following(originAllowed(this.#options, request), (allowed) =>
        allowed
          ? openSocket(this.#options, request, 'websocket', offeredToken(request))
          : ({ status: 403 } as const),
      ),
    );
    if (!isPromise(handshake)) return this.#answer(handshake, request, socket, head);
    socket.on('error', ignore);
    void handshake.then((decided) => {
      socket.off('error', ignore);
      this.#answer(decided, request, socket, head);
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
  drained(): Promise<void> {
    if (this.#open.size === 0) return Promise.resolve();
    return new Promise((resolve) => (this.#onDrained = resolve));
  }

  forget(connection: WebSocketConnection<Assigns>): void {
    this.#open.delete(connection);
    if (this.#open.size === 0) this.#onDrained?.();
  }

  #answer(
    handshake: Handshake<Assigns>,
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): void {
    if (handshake.status !== 200) return refuse(socket, handshake.status);
    if (this.#closing) return refuse(socket, 503);
    this.#server.handleUpgrade(request, socket, head, (webSocket) =>
      this.#admit(webSocket, socket, request.socket.remoteAddress, handshake),
    );
  }

  #admit(
    webSocket: ChannelWebSocket,
    stream: Duplex,
    remoteAddress: string | undefined,
    accepted: Accepted<Assigns>,
  ): void {
    const connection = new WebSocketConnection(this, webSocket, stream, remoteAddress);
    this.#open.add(connection);
    connection.attach(this.#accept(connection, accepted));
  }

  #closeIdle(): void {
    const oldest = Date.now() - this.limits.idleTimeoutMs;
    for (const connection of this.#open) connection.closeIfSilentSince(oldest);
  }
}

class WebSocketConnection<Assigns> implements Connection {
  readonly remoteAddress: string | undefined;
  readonly #transport: WebSocketTransport<Assigns>;
  readonly #webSocket: ChannelWebSocket;
  readonly #stream: Duplex;
  #socket: PhoenixSocket<Assigns> | undefined;
  #heardAt = Date.now();

  constructor(
    transport: WebSocketTransport<Assigns>,
    webSocket: ChannelWebSocket,
    stream: Duplex,
    remoteAddress: string | undefined,
  ) {
    this.#transport = transport;
    this.#webSocket = webSocket;
    this.#stream = stream;
    this.remoteAddress = remoteAddress;
  }

  get transport(): 'websocket' {
    return 'websocket';
  }

  attach(socket: PhoenixSocket<Assigns>): void {
    this.#socket = socket;
    const webSocket = this.#webSocket;
    webSocket.connection = this as WebSocketConnection<unknown>;
    webSocket.on('message', onMessage);
    webSocket.on('ping', onHeard);
    webSocket.on('pong', onHeard);
    webSocket.on('error', onError);
    webSocket.on('close', onClose);
  }

  heard(): void {
    this.#heardAt = Date.now();
  }

  receive(frame: Frame): void {
    this.heard();
    this.#socket?.receive(frame);
  }

  lost(): void {
    this.#socket?.lost();
  }

  gone(): void {
    this.#transport.forget(this);
    this.lost();
  }

  send(frame: Frame): void {
    if (this.#webSocket.readyState === WebSocket.OPEN) this.#write(toWire(frame));
  }

  sendShared(frame: SharedFrame): void {
    if (this.#webSocket.readyState === WebSocket.OPEN) this.#write(frame.wire);
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

  /** Past ws, which writes header and body apart; without deflate it queues nothing itself. */
  #write(wire: Buffer): void {
    this.#stream.write(wire);
    if (this.#isOverfull()) this.#socket?.overflow();
  }

  #isOverfull(): boolean {
    return this.#webSocket.bufferedAmount > this.#transport.limits.maxBufferedBytes;
  }
}

function onMessage(this: WebSocket, message: RawData, isBinary: boolean): void {
  const bytes = message as Buffer;
  connectionOf(this)?.receive(isBinary ? bytes : bytes.toString('utf8'));
}

function onHeard(this: WebSocket): void {
  connectionOf(this)?.heard();
}

/** An oversized or malformed WebSocket frame: ws closes with the right code by itself. */
function onError(this: WebSocket): void {
  connectionOf(this)?.lost();
}

function onClose(this: WebSocket): void {
  connectionOf(this)?.gone();
}

function connectionOf(webSocket: WebSocket): WebSocketConnection<unknown> | undefined {
  return (webSocket as ChannelWebSocket).connection;
}

function ignore(): void {
  // A client that leaves during its handshake.
}

function refuse(socket: Duplex, status: 400 | 403 | 500 | 503): void {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}
