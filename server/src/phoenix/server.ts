import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { memoryFanout, type FanoutMessage } from './fanout.js';
import { pathOf } from './handshake.js';
import { defaultLimits } from './limits.js';
import { LongpollTransport } from './longpoll.js';
import { Presence } from './presence.js';
import { PresenceReplica } from './presence-replica.js';
import { Routes } from './routes.js';
import {
  CLOSE_GOING_AWAY,
  PhoenixSocket,
  type Accepted,
  type Connection,
  type Endpoint,
} from './socket.js';
import { Topics } from './topics.js';
import type {
  CloseOptions,
  PhoenixOptions,
  PresenceState,
  SocketId,
  SocketView,
  TransportName,
} from './types.js';
import { WebSocketTransport } from './websocket.js';

export interface PhoenixServer<Assigns = unknown> {
  /** For the `upgrade` event of a node http.Server; false when the path is not ours. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Longpoll, with the raw request and response; reads the body itself. False when not ours. */
  handleRequest(request: IncomingMessage, response: ServerResponse): boolean;
  /** To all subscribers of the topic on all nodes. */
  broadcast(topic: string, event: string, payload: object): void;
  /** To the subscribers of the topic on this node; for what reaches every node by another way. */
  broadcastLocal(topic: string, event: string, payload: object): void;
  /** Closes the sockets, on all nodes, that `connect()` gave this id, alone or among others. */
  disconnect(id: string, code?: number): void;
  readonly presence: { list(topic: string): PresenceState };
  /** On this node. */
  subscriberCount(topic: string): number;
  /** On this node, over both transports; of a name that `connect()` gave, or all. */
  socketCount(id?: string): number;
  /** On this node, as their channels see them; those of the moment. */
  sockets(): SocketView<Assigns>[];
  /** On this node, of one transport. */
  socketsBy(transport: TransportName): number;
  /** Refuses new clients, closes those that are here, and resolves when their channels ended. */
  close(options?: CloseOptions): Promise<void>;
}

/** Makes a server of Phoenix Channels V2; it listens to nothing until it is given requests. */
export function createPhoenixServer<Assigns>(
  options: PhoenixOptions<Assigns>,
): PhoenixServer<Assigns> {
  return new Server(options);
}

const silent = { warn: () => undefined, error: () => undefined };

class Server<Assigns> implements PhoenixServer<Assigns> {
  readonly presence: Presence;
  readonly #node: string;
  readonly #path: string;
  readonly #endpoint: Endpoint<Assigns>;
  readonly #topics: Topics;
  readonly #replica: PresenceReplica;
  readonly #webSockets: WebSocketTransport<Assigns>;
  readonly #longpoll: LongpollTransport<Assigns>;
  readonly #unsubscribe: () => void;
  readonly #sockets = new Set<PhoenixSocket<Assigns>>();
  readonly #byId = new Map<string, Set<PhoenixSocket<Assigns>>>();
  /** Sockets whose connection is gone and whose channels are finishing. */
  readonly #finishing = new Set<Promise<void>>();

  constructor(options: PhoenixOptions<Assigns>) {
    const limits = { ...defaultLimits, ...options.limits };
    const log = options.log ?? silent;
    const fanout = options.fanout ?? memoryFanout();
    this.#path = options.path;
    this.#node = options.nodeId ?? randomUUID();
    this.#topics = new Topics(fanout, this.#node);
    this.presence = new Presence(
      this.#node,
      (topic, diff) => this.#topics.broadcastLocal(topic, 'presence_diff', diff),
      (change) => this.#replica.changed(change),
    );
    this.#replica = new PresenceReplica(this.#node, fanout, this.presence, limits.presenceBeatMs);
    this.#endpoint = {
      hub: { topics: this.#topics, presence: this.presence, limits, log },
      routes: new Routes(options.channels),
      dismiss: (socket) => this.#dismiss(socket),
    };
    this.#webSockets = new WebSocketTransport(options, limits, log, (connection, accepted) =>
      this.#admit(connection, accepted),
    );
    this.#longpoll = new LongpollTransport(
      options,
      this.#node,
      fanout,
      limits,
      log,
      (connection, accepted) => this.#admit(connection, accepted),
    );
    this.#unsubscribe = fanout.subscribe((message) => this.#receive(message));
    this.#replica.start();
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    if (pathOf(request) !== `${this.#path}/websocket`) return false;
    this.#webSockets.upgrade(request, socket, head);
    return true;
  }

  handleRequest(request: IncomingMessage, response: ServerResponse): boolean {
    if (pathOf(request) === `${this.#path}/websocket`) {
      response.writeHead(400).end();
      return true;
    }
    if (pathOf(request) !== `${this.#path}/longpoll`) return false;
    void this.#longpoll.handle(request, response);
    return true;
  }

  broadcast(topic: string, event: string, payload: object): void {
    this.#topics.broadcast(topic, event, payload);
  }

  broadcastLocal(topic: string, event: string, payload: object): void {
    this.#topics.broadcastLocal(topic, event, payload);
  }

  disconnect(id: string, code = CLOSE_GOING_AWAY): void {
    this.#disconnectLocal(id, code);
    this.#topics.announce({ type: 'disconnect', node: this.#node, id, code });
  }

  subscriberCount(topic: string): number {
    return this.#topics.count(topic);
  }

  socketCount(id?: string): number {
    return id === undefined ? this.#sockets.size : (this.#byId.get(id)?.size ?? 0);
  }

  sockets(): SocketView<Assigns>[] {
    return [...this.#sockets].map(({ view }) => view);
  }

  socketsBy(transport: TransportName): number {
    let count = 0;
    for (const { view } of this.#sockets) if (view.transport === transport) count++;
    return count;
  }

  async close({ code = 1001, overMs = 0 }: CloseOptions = {}): Promise<void> {
    this.#webSockets.refuseNew();
    this.#longpoll.refuseNew();
    const sockets = [...this.#sockets];
    const startedAt = Date.now();
    for (const [index, socket] of sockets.entries()) {
      const dueAt = startedAt + (overMs * index) / sockets.length;
      if (dueAt > Date.now())
        await new Promise((resolve) => setTimeout(resolve, dueAt - Date.now()));
      socket.close(code);
    }
    await Promise.all(this.#finishing);
    this.#webSockets.close();
    this.#longpoll.close();
    await this.#webSockets.drained();
    this.#replica.close();
    this.#unsubscribe();
  }

  #admit(connection: Connection, accepted: Accepted<Assigns>): PhoenixSocket<Assigns> {
    const socket = new PhoenixSocket(this.#endpoint, connection, accepted);
    this.#sockets.add(socket);
    for (const id of namesOf(accepted.id)) {
      const named = this.#byId.get(id);
      if (named) named.add(socket);
      else this.#byId.set(id, new Set([socket]));
    }
    return socket;
  }

  #dismiss(socket: PhoenixSocket<Assigns>): void {
    this.#sockets.delete(socket);
    for (const id of namesOf(socket.view.id)) {
      const named = this.#byId.get(id);
      if (named?.delete(socket) && named.size === 0) this.#byId.delete(id);
    }
    const finished = socket.finished();
    if (!finished) return;
    const finishing = finished.finally(() => this.#finishing.delete(finishing));
    this.#finishing.add(finishing);
  }

  #disconnectLocal(id: string, code: number): void {
    for (const socket of this.#byId.get(id) ?? []) socket.close(code);
  }

  #receive(message: FanoutMessage): void {
    if (message.node === this.#node) return;
    switch (message.type) {
      case 'broadcast':
        this.#topics.receive(message.topic, message.frame);
        break;
      case 'disconnect':
        this.#disconnectLocal(message.id, message.code);
        break;
      case 'presence':
        this.#replica.receive(message);
        break;
      case 'relay':
        this.#longpoll.relay.receive(message);
        break;
    }
  }
}

function namesOf(id: SocketId | undefined): readonly string[] {
  if (id === undefined) return [];
  return typeof id === 'string' ? [id] : id;
}
